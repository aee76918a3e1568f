"""The rows of a plan under review: every cell can be changed, rows come, go and are split."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from domain.errors import Conflict, Invalid
from office import review, time_choices
from office.doubts import is_repaired, open_doubts
from office.plan_values import roles_of
from office.plans import draft_plan
from office.units_binding import binder
from plans.pasting import read_pasted
from storage.tables import Activity, Plan
from storage.transactions import Work, reading
from web.cursors import read_id
from web.errors import sentence_of, status_of
from web.review_doubts import FIELD_WORDS
from web.review_page import paper_of, process_names
from web.session import current_now, current_user, today
from web.system import current_system

pages = Blueprint("review_rows", __name__, url_prefix="/reviews/<uuid:plan_id>/rows")

CELLS = ("number", "section", "task", "products", "lead_raw", "coordinating_raw", "timing_raw", "definition_key")


@pages.get("/<uuid:activity_id>")
def edit(plan_id: UUID, activity_id: UUID) -> str:
    return _edit(plan_id, activity_id, None, None)


@pages.post("/<uuid:activity_id>")
def save(plan_id: UUID, activity_id: UUID) -> ResponseReturnValue:
    """Write the cells that were sent and differ; a row changed meanwhile is shown again with what was typed."""
    user, now, form = current_user(), current_now(), request.form
    version = form.get("version", type=int) or 0
    typed = {name: form[name].strip() for name in CELLS if name in form}

    def command(work: Work) -> Activity:
        row = _row(work, plan_id, activity_id)
        changes = _changes(row, typed)
        if not changes and row.version == version:
            return row
        return review.edit_row(work, activity_id, changes, version, user, now)

    try:
        row = current_system().run(command)
    except (Invalid, Conflict) as error:
        return _edit(plan_id, activity_id, typed, sentence_of(error)), status_of(error)
    flash(_("Đã ghi %(row)s", row=review.name_of(row)), "done")
    return _after(plan_id, activity_id)


@pages.post("/<uuid:activity_id>/keep")
def keep(plan_id: UUID, activity_id: UUID) -> ResponseReturnValue:
    """Wave a doubt through under the person's name."""
    user, now = current_user(), current_now()
    index, version = request.form.get("index", -1, type=int), request.form.get("version", 0, type=int)
    _say_or(
        lambda work: review.keep_as_is(work, activity_id, index, version, user, now),
        _("Giữ nguyên, ghi tên %(name)s", name=user.name),
    )
    return _after(plan_id, activity_id)


@pages.post("/<uuid:activity_id>/time")
def choose_time(plan_id: UUID, activity_id: UUID) -> ResponseReturnValue:
    """Take one of the readings offered for the printed time."""
    user, now = current_user(), current_now()
    text, version = request.form.get("reading", ""), request.form.get("version", 0, type=int)
    _say_or(
        lambda work: time_choices.choose_time(work, activity_id, text, version, user, now),
        _("Đã hiểu thời gian là “%(text)s”", text=text),
    )
    return _after(plan_id, activity_id)


@pages.post("/<uuid:activity_id>/remove")
def remove(plan_id: UUID, activity_id: UUID) -> ResponseReturnValue:
    user, now, version = current_user(), current_now(), request.form.get("version", 0, type=int)
    _say_or(
        lambda work: review.remove_row(work, activity_id, version, user, now),
        _("Đã bỏ một dòng; có thể hoàn tác"),
    )
    return redirect(url_for("review.show", plan_id=plan_id), code=303)


@pages.get("/<uuid:activity_id>/split")
def ask_split(plan_id: UUID, activity_id: UUID) -> str:
    return _split(plan_id, activity_id, None, None)


@pages.post("/<uuid:activity_id>/split")
def split(plan_id: UUID, activity_id: UUID) -> ResponseReturnValue:
    """Make a row of each line typed."""
    user, now, version = current_user(), current_now(), request.form.get("version", 0, type=int)
    text = request.form.get("tasks", "")
    try:
        parts = current_system().run(
            lambda work: review.split_row(work, activity_id, text.splitlines(), version, user, now)
        )
    except (Invalid, Conflict) as error:
        return _split(plan_id, activity_id, text, sentence_of(error)), status_of(error)
    flash(_("Đã tách thành %(count)s dòng", count=len(parts)), "done")
    return _after(plan_id, activity_id)


@pages.get("/new")
def ask_add(plan_id: UUID) -> str:
    return _new(plan_id, None, None)


@pages.post("/new")
def add(plan_id: UUID) -> ResponseReturnValue:
    user, now, form = current_user(), current_now(), request.form
    typed = {name: form.get(name, "").strip() for name in CELLS[:-1]}
    after = read_id(form.get("after"))
    try:
        row = current_system().run(lambda work: review.add_row(work, plan_id, typed, user, now, after=after))
    except (Invalid, Conflict) as error:
        return _new(plan_id, typed, sentence_of(error)), status_of(error)
    flash(_("Đã thêm một dòng"), "done")
    return _after(plan_id, row.id)


@pages.get("/paste")
def ask_paste(plan_id: UUID) -> str:
    return _paste(plan_id, "", None)


@pages.post("/paste")
def paste(plan_id: UUID) -> ResponseReturnValue:
    """Read the cells typed or pasted as rows of the plan, behind the row named."""
    user, now, text = current_user(), current_now(), request.form.get("rows", "")
    after = read_id(request.form.get("after"))

    def command(work: Work) -> list[Activity]:
        found = read_pasted(text, draft_plan(work, plan_id).year)
        return review.paste_rows(work, plan_id, found, user, now, after=after)

    try:
        added = current_system().run(command)
    except (Invalid, Conflict) as error:
        return _paste(plan_id, text, sentence_of(error)), status_of(error)
    flash(
        ngettext("Đã thêm %(num)s dòng; có thể hoàn tác", "Đã thêm %(num)s dòng; có thể hoàn tác", len(added)), "done"
    )
    return _after(plan_id, added[0].id)


def shown_cells(row: Activity) -> dict[str, str]:
    """The row's cells as they stand in their fields."""
    values = {name: getattr(row, name) for name in CELLS}
    return {name: "\n".join(value) if isinstance(value, list) else value or "" for name, value in values.items()}


def _changes(row: Activity, typed: Mapping[str, str]) -> dict[str, Any]:
    stands = shown_cells(row)
    changed = {name: text for name, text in typed.items() if _plain(text) != _plain(stands[name])}
    return {name: text.splitlines() if name == "products" else text for name, text in changed.items()}


def _plain(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _row(work: Work, plan_id: UUID, activity_id: UUID) -> Activity:
    row = work.activities.get(activity_id)
    if row.plan_id != plan_id:
        raise Invalid("Dòng này thuộc kế hoạch khác", "this row is another plan's")
    return row


def _edit(plan_id: UUID, activity_id: UUID, typed: Mapping[str, str] | None, refusal: str | None) -> str:
    with reading(current_system().database) as work:
        plan = draft_plan(work, plan_id)
        row = _row(work, plan_id, activity_id)
        doubts = open_doubts(row)
        marks = [getattr(row, f"{doubt['field']}_raw", "") for doubt in doubts]
        source = paper_of(work, plan, row.lines, marks, request.args.get("page", type=int))
        names = binder(work, today())
        processes = process_names(work)
        rows = work.activities.of_plan(plan_id)
    stands = shown_cells(row)
    place = next(index for index, each in enumerate(rows) if each.id == row.id)
    return render_template(
        "reviews/row.html",
        plan=plan,
        row=row,
        stands=stands,
        typed={**stands, **(typed or {})},
        refusal=refusal,
        doubts=[{**doubt, "repaired": is_repaired(doubt)} for doubt in doubts],
        source=source,
        bound=[(name, names.bind(name), names.name(names.bind(name))) for name in (*row.lead, *row.coordinating)],
        roles={note.unit: note.role for note in roles_of(row)},
        processes=processes,
        unit_names=_unit_names(names),
        focus=request.args.get("field"),
        previous=rows[place - 1] if place else None,
        following=rows[place + 1] if place + 1 < len(rows) else None,
        field_words=FIELD_WORDS,
    )


def _new(plan_id: UUID, typed: Mapping[str, str] | None, refusal: str | None) -> str:
    with reading(current_system().database) as work:
        plan = draft_plan(work, plan_id)
        rows = work.activities.of_plan(plan_id)
        names = binder(work, today())
    after = read_id(request.values.get("after"))
    neighbour = next((row for row in rows if row.id == after), rows[-1] if rows else None)
    stands = dict.fromkeys(CELLS, "") | {"section": (neighbour.section or "") if neighbour else ""}
    return render_template(
        "reviews/new_row.html",
        plan=plan,
        typed=typed or stands,
        refusal=refusal,
        rows=rows,
        after=neighbour.id if neighbour else None,
        unit_names=_unit_names(names),
    )


def _paste(plan_id: UUID, typed: str, refusal: str | None) -> str:
    with reading(current_system().database) as work:
        plan = draft_plan(work, plan_id)
        rows = work.activities.of_plan(plan_id)
    after = read_id(request.values.get("after")) or (rows[-1].id if rows else None)
    return render_template("reviews/paste.html", plan=plan, rows=rows, after=after, typed=typed, refusal=refusal)


def _split(plan_id: UUID, activity_id: UUID, typed: str | None, refusal: str | None) -> str:
    with reading(current_system().database) as work:
        plan: Plan = draft_plan(work, plan_id)
        row = _row(work, plan_id, activity_id)
    text = typed if typed is not None else "\n".join(_pieces(row))
    return render_template("reviews/split.html", plan=plan, row=row, typed=text, refusal=refusal)


def _pieces(row: Activity) -> list[str]:
    """Where the task might be parted: at its semicolons, else a line a product."""
    parts = [part.strip() for part in row.task.split(";") if part.strip()]
    return parts if len(parts) > 1 else [row.task]


def _unit_names(names: Any) -> list[str]:
    return sorted({unit.name for unit in names.units.valid} | {group.name for group in names.groups.values()})


def _say_or(command: Any, done: str) -> None:
    try:
        current_system().run(command)
    except (Invalid, Conflict) as error:
        flash(sentence_of(error), "late")
    else:
        flash(done, "done")


def _after(plan_id: UUID, activity_id: UUID) -> ResponseReturnValue:
    """On to the next question or to what was mended when the form asks so, else back to the row in the grid."""
    if request.form.get("then") == "next":
        return redirect(url_for("review.show", plan_id=plan_id, _anchor="cho-can-quyet-dinh"), code=303)
    if request.form.get("then") == "repairs":
        return redirect(url_for("review.show", plan_id=plan_id, open="repairs", _anchor="cho-da-sua"), code=303)
    return redirect(url_for("review.show", plan_id=plan_id, row=activity_id, _anchor=f"r-{activity_id.hex}"), code=303)
