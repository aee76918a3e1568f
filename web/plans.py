"""Plans of the year: their list, one plan with its rows, its Excel file, its paper, the days things fall due."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import NotFound
from office.files import SHOWN_IN_BROWSER, content_of
from office.later_versions import amended_by
from office.papers import WRITERS, paper_of
from storage.due_days import due_days_between
from storage.plan_lists import begun_plans, drafts_with_rows
from storage.transactions import reading
from web.cursors import read_id
from web.downloads import disposition
from web.due_days import month_asked, months_around, weeks_of
from web.plan_export import plan_workbook
from web.plan_page import STATES, Filters, Progress, plan_page
from web.session import current_calendar, current_now, current_units, today
from web.system import current_system
from web.words import SOON_WORKING_DAYS

pages = Blueprint("plans", __name__, url_prefix="/plans")

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": EXCEL,
    "txt": "text/plain",
}


@pages.get("")
def index() -> str:
    calendar, day = current_calendar(), today()
    is_over = calendar.closes_at(day) < current_now()
    with reading(current_system().database) as work:
        plans = begun_plans(
            work, due_from=day + timedelta(days=is_over), soon_to=calendar.after(day, SOON_WORKING_DAYS)
        )
        drafts = drafts_with_rows(work)
    listed = [(each, Progress(0, "", each.rows, each.counts)) for each in plans]
    return render_template("plans/index.html", plans=listed, drafts=drafts)


@pages.get("/<uuid:plan_id>")
def show(plan_id: UUID) -> ResponseReturnValue:
    with reading(current_system().database) as work:
        page = plan_page(work, plan_id, _filters())
        province = page.plan.reading.get("plan", {}).get("province")
    if page.plan.state == "draft":
        return redirect(url_for("review.show", plan_id=plan_id), code=303)
    amended = amended_by(page.plan)
    if amended is not None:
        return redirect(url_for("amendments.index", plan_id=amended), code=303)
    return render_template("plans/plan.html", page=page, plan=page.plan, states=STATES, province=province)


@pages.get("/<uuid:plan_id>/export.xlsx")
def export(plan_id: UUID) -> Response:
    """The rows that the page with the same filters shows."""
    with reading(current_system().database) as work:
        page = plan_page(work, plan_id, _filters())
    name = (page.plan.number or page.plan.title).replace("/", "-")
    answer = Response(plan_workbook(page), mimetype=EXCEL)
    answer.headers["Content-Disposition"] = disposition("attachment", f"{name}.xlsx")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@pages.get("/<uuid:plan_id>/write.<kind>")
def write(plan_id: UUID, kind: str) -> Response:
    """The plan as a paper to be signed and issued, its rows as they stand now."""
    if kind not in WRITERS:
        raise NotFound("Không lập văn bản dạng này", f"plans are not written as .{kind}")
    with reading(current_system().database) as work:
        plan, written = paper_of(work, plan_id)
    name = (plan.number or plan.title).replace("/", "-")
    answer = Response(WRITERS[kind](written), mimetype=MEDIA_TYPES[kind])
    answer.headers["Content-Disposition"] = disposition("attachment", f"{name}.{kind}")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@pages.get("/<uuid:plan_id>/paper")
def paper(plan_id: UUID) -> Response:
    """The document the plan was read from, as it was uploaded."""
    with reading(current_system().database) as work:
        plan = work.plans.get(plan_id)
        if plan.file_id is None:
            raise NotFound("Kế hoạch này không có văn bản gốc", "this plan has no document")
        file, content = content_of(work, plan.file_id)
    charset = "; charset=utf-8" if file.media_type == "text/plain" else ""
    answer = Response(content, content_type=file.media_type + charset)
    answer.headers["Content-Disposition"] = disposition(
        "inline" if file.media_type in SHOWN_IN_BROWSER else "attachment", file.name
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@pages.get("/due-days")
def due_days() -> str:
    """A month of due days over all running plans."""
    month = month_asked(request.args.get("month"), today())
    units = current_units()
    unit_id = read_id(request.args.get("unit"))
    with reading(current_system().database) as work:
        found = due_days_between(work, month.first, month.last, unit_id=unit_id)
    return render_template(
        "plans/due_days.html",
        month=month,
        around=months_around(month),
        weeks=weeks_of(month, found, current_calendar(), today()),
        count=len(found),
        units=[unit for unit in units.valid if unit.has_accounts],
        unit_id=unit_id,
    )


def _filters() -> Filters:
    given = request.args
    state, part = given.get("state", ""), given.get("part", "")
    return Filters(
        unit_id=read_id(given.get("unit")),
        state=state if state in (*STATES, "open") else "",
        part=part if part in ("lead", "coordinating") else "",
        words=given.get("q", "").strip()[:120],
    )
