"""A plan's rows as an Excel file: what the page shows, a row a row, texts as texts."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO

import xlsxwriter
from flask_babel import gettext as _

from web.plan_page import STATES, PlanPage, PlanRow

WIDTHS = (8, 28, 60, 34, 34, 44, 20, 14, 24, 60)


def plan_workbook(page: PlanPage) -> bytes:
    """The rows shown as .xlsx; nothing in it is a formula, whatever a cell begins with."""
    file = BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet(_("Kế hoạch"))
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "font_name": "Times New Roman"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "border": 1, "font_name": "Times New Roman"})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1, "bg_color": "#E9EDF4"}
        | {"font_name": "Times New Roman"}
    )
    title = book.add_format({"bold": True, "font_size": 14, "font_name": "Times New Roman"})
    sheet.write_string(0, 0, page.plan.title, title)
    for column, (words, width) in enumerate(zip(_heads(), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, words, head)
    for index, row in enumerate((row for _section, rows in page.shown for row in rows), start=3):
        for column, value in enumerate(_cells(row)):
            sheet.write_string(index, column, value, text)
        if row.current is not None and row.current.due_date is not None:
            sheet.write_datetime(index, 7, datetime.combine(row.current.due_date, time.min), day)
    sheet.freeze_panes(3, 0)
    sheet.autofilter(2, 0, 2 + page.shown_rows, len(WIDTHS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    return file.getvalue()


def _heads() -> tuple[str, ...]:
    return (
        _("Dòng"),
        _("Mục"),
        _("Nhiệm vụ"),
        _("Sản phẩm"),
        _("Chủ trì"),
        _("Phối hợp"),
        _("Thời gian (như kế hoạch in)"),
        _("Hạn"),
        _("Tình trạng"),
        _("Cách tính hạn"),
    )


def _cells(row: PlanRow) -> tuple[str, ...]:
    activity = row.activity
    return (
        activity.number or "",
        activity.section or "",
        activity.task,
        "; ".join(activity.products),
        row.lead,
        "; ".join(name for _unit_id, name in row.coordinating),
        activity.timing_raw,
        "",
        f"{STATES[row.state]}: {row.due.phrase}" if row.state in ("late", "soon", "ok") else row.due.phrase,
        row.explanation,
    )
