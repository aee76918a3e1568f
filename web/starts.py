"""Starting a reviewed plan: why not yet, the question, and how far the background work is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from domain.errors import Conflict
from engine.batches import resume_batch, stop_batch
from office.readiness import REPAIRS, Reason, ready_to_start
from office.starting import start_plan
from office.units_binding import binder
from storage.tables import Activity, Batch, Plan
from storage.transactions import Work, reading
from web.errors import sentence_of
from web.language import current_language
from web.session import current_now, current_user, today
from web.system import current_system

pages = Blueprint("starts", __name__, url_prefix="/plans/<uuid:plan_id>/start")
FAILURES_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the plan may not start yet, and where that is mended."""

    text: str
    address: str | None
    deed: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What starting would do today."""

    rows: int
    units: int
    by_letter: int
    overdue: tuple[Activity, ...]
    undated: int


@pages.get("")
def ask(plan_id: UUID) -> ResponseReturnValue:
    """The reasons against starting, or the question whether to start."""
    with reading(current_system().database) as work:
        plan = work.plans.get(plan_id)
        if plan.state != "draft":
            return redirect(url_for(".progress", plan_id=plan_id), code=303)
        found = obstacles(work, plan)
        outlook = _outlook(work, plan)
    return render_template("plans/start.html", plan=plan, obstacles=found, outlook=outlook)


@pages.post("")
def begin(plan_id: UUID) -> ResponseReturnValue:
    user, now = current_user(), current_now()

    try:
        current_system().run(lambda work: start_plan(work, plan_id, user, now))
    except Conflict as error:
        flash(sentence_of(error), "late")
        return redirect(url_for(".ask", plan_id=plan_id), code=303)
    return redirect(url_for(".progress", plan_id=plan_id), code=303)


@pages.get("/progress")
def progress(plan_id: UUID) -> ResponseReturnValue:
    """How far it is; the page asks again by itself while work goes on."""
    with reading(current_system().database) as work:
        plan = work.plans.get(plan_id)
        batch = newest_batch(work, plan_id)
        failed = work.batches.items(batch.id, state="failed")[:FAILURES_SHOWN] if batch else []
        rows = {row.id: row for row in work.activities.of_plan(plan_id)} if failed else {}
    if batch is None:
        return redirect(url_for("plans.show" if plan.state != "draft" else ".ask", plan_id=plan_id), code=303)
    failures = [(rows.get(item.noun_id), item.error) for item in failed]
    return render_template("plans/progress.html", plan=plan, batch=batch, failures=failures)


@pages.post("/stop")
def stop(plan_id: UUID) -> ResponseReturnValue:
    def command(work: Work) -> Batch:
        return stop_batch(work, _batch(work, plan_id).id)

    current_system().run(command)
    flash(_("Đã dừng; các dòng đã bắt đầu vẫn chạy"), "done")
    return redirect(url_for(".progress", plan_id=plan_id), code=303)


@pages.post("/resume")
def resume(plan_id: UUID) -> ResponseReturnValue:
    """Go on with what is left, and once more with what failed."""
    now = current_now()

    def command(work: Work) -> Batch:
        return resume_batch(work, _batch(work, plan_id).id, now, failed_too=True)

    current_system().run(command)
    return redirect(url_for(".progress", plan_id=plan_id), code=303)


def obstacles(work: Work, plan: Plan) -> list[Obstacle]:
    """Every reason against starting, each with the place where it is mended."""
    english = current_language() == "en"
    return [
        Obstacle(reason.english if english else reason.text, *_mended_at(plan, reason))
        for reason in ready_to_start(work, plan, today())
    ]


def _mended_at(plan: Plan, reason: Reason) -> tuple[str | None, str]:
    if reason.activity_id:
        return url_for("review_rows.edit", plan_id=plan.id, activity_id=reason.activity_id), _("Sửa dòng")
    if reason.part:
        anchor = "cho-da-sua" if reason.part == REPAIRS else f"muc-{reason.part}"
        return url_for("review.show", plan_id=plan.id, open=reason.part, _anchor=anchor), _("Xem")
    return None, ""


def newest_batch(work: Work, plan_id: UUID) -> Batch | None:
    return next(iter(work.batches.of_subject(plan_id)), None)


def _batch(work: Work, plan_id: UUID) -> Batch:
    found = newest_batch(work, plan_id)
    if found is None:
        raise Conflict("Kế hoạch chưa bắt đầu", "the plan was not started")
    return found


def _outlook(work: Work, plan: Plan) -> Outlook:
    rows = work.activities.of_plan(plan.id)
    names = binder(work, today())
    units = {
        unit.id: unit
        for name in {name for row in rows for name in (*row.lead, *row.coordinating)}
        for unit in names.units_of(names.bind(name))
        if names.bind(name).is_sure
    }
    return Outlook(
        rows=len(rows),
        units=len(units),
        by_letter=sum(not unit.has_accounts for unit in units.values()),
        overdue=tuple(row for row in rows if row.due_date is not None and row.due_date < today()),
        undated=sum(row.due_date is None for row in rows),
    )
