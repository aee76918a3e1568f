"""Many cases at once: choose, confirm, and see how far the background work is; timers and jobs beside it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from domain.errors import Invalid, NotFound
from domain.rights import may, require
from engine.batches import resume_batch, stop_batch
from office.bulk import ASSIGN, RESUME, SUSPEND, TERMINATE, VERBS, bulk
from storage.desk import plan_rows
from storage.tables import Batch, BatchItem
from storage.transactions import Work, reading
from storage.watching import open_task_ids
from web.cursors import next_address, read_id
from web.element_names import element_names
from web.session import current_now, current_units, current_user
from web.system import current_system
from web.watch import people_to_choose

pages = Blueprint("watch_batches", __name__, url_prefix="/watch")
MOST_AT_ONCE = 200
PAGE = 50
KINDS = {"suspend": SUSPEND, "resume": RESUME, "terminate": TERMINATE, "assign": ASSIGN}


@pages.get("/bulk")
def ask() -> ResponseReturnValue:
    """The question before a deed on several cases; back to the list when none was ticked."""
    if not request.args.getlist("case"):
        flash(_("Chưa chọn hồ sơ nào"), "late")
        return redirect(url_for("watch.cases"), code=303)
    return _question()


@pages.post("/bulk")
def begin() -> ResponseReturnValue:
    user, now, ids = current_user(), current_now(), _chosen()
    kind, reason = KINDS[_deed()], request.form.get("reason", "").strip()[:2000]
    person_id = read_id(request.form.get("person"))
    if kind == TERMINATE and not reason:
        return _question(_("Cần ghi lý do chấm dứt")), 422
    if kind == ASSIGN and person_id is None:
        return _question(_("Chưa chọn người nhận")), 422

    def command(work: Work) -> UUID:
        nouns = open_task_ids(work, ids) if kind == ASSIGN else ids
        return bulk(work, kind, nouns, user, now, reason=reason, person_id=person_id).id

    batch_id = current_system().run(command)
    return redirect(url_for(".show", batch_id=batch_id), code=303)


@pages.get("/batches")
def index() -> str:
    with reading(current_system().database) as work:
        rows = work.batches.newest(PAGE)
        names = work.people.named(each.created_by for each in rows if each.created_by)
    return render_template("watch/batches.html", rows=rows, names=names)


@pages.get("/batches/<uuid:batch_id>")
def show(batch_id: UUID) -> str:
    """How far it is and what failed; the page asks again by itself while work goes on."""
    with reading(current_system().database) as work:
        batch = work.batches.get(batch_id)
        failed = work.batches.items(batch_id, state="failed")[:PAGE]
        titles = _titles(work, batch, failed)
    return render_template(
        "watch/batch.html", batch=batch, failed=failed, titles=titles, may_act=may(current_user(), "suspend")
    )


@pages.post("/batches/<uuid:batch_id>/stop")
def stop(batch_id: UUID) -> ResponseReturnValue:
    current_system().run(lambda work: stop_batch(work, batch_id))
    flash(_("Đã dừng; những mục đã làm giữ nguyên"), "done")
    return redirect(url_for(".show", batch_id=batch_id), code=303)


@pages.post("/batches/<uuid:batch_id>/resume")
def resume(batch_id: UUID) -> ResponseReturnValue:
    """Go on with what is left, and once more with what failed."""
    now = current_now()
    current_system().run(lambda work: resume_batch(work, batch_id, now, failed_too=True))
    return redirect(url_for(".show", batch_id=batch_id), code=303)


@pages.get("/timers")
def timers() -> str:
    """What is due next."""
    with reading(current_system().database) as work:
        rows = work.timers.page(after=read_id(request.args.get("after")), limit=PAGE + 1)
        cases = plan_rows(work, {each.instance_id for each in rows if each.instance_id})
        names = element_names(work, rows, cases)
    more = next_address(rows[PAGE - 1].id.hex) if len(rows) > PAGE else None
    return render_template("watch/timers.html", rows=rows[:PAGE], cases=cases, names=names, next_page=more)


@pages.get("/jobs")
def jobs() -> str:
    """Automatic work, by what became of it; what failed first."""
    asked = request.args.get("state", "failed")
    state = asked if asked in ("failed", "ready", "running", "done", "cancelled") else "failed"
    with reading(current_system().database) as work:
        rows = work.jobs.page(state=state, after=read_id(request.args.get("after")), limit=PAGE + 1)
        counts = work.jobs.counts()
        cases = plan_rows(work, {each.instance_id for each in rows if each.instance_id})
        names = element_names(work, rows, cases)
    more = next_address(rows[PAGE - 1].id.hex) if len(rows) > PAGE else None
    return render_template(
        "watch/jobs.html", rows=rows[:PAGE], counts=counts, state=state, cases=cases, names=names, next_page=more
    )


def _question(refusal: str | None = None) -> str:
    deed, ids = _deed(), _chosen()
    require(current_user(), VERBS[KINDS[deed]])
    with reading(current_system().database) as work:
        cases = plan_rows(work, ids)
        tasks = len(open_task_ids(work, ids)) if deed == "assign" else 0
        people = people_to_choose(work) if deed == "assign" else []
    units = current_units()
    by_unit: dict[str, list[tuple[UUID, str]]] = {}
    for person_id, name, unit_id in people:
        by_unit.setdefault(units.name(unit_id), []).append((person_id, name))
    return render_template(
        "watch/bulk.html",
        deed=deed,
        cases=[cases[each] for each in ids if each in cases],
        tasks=tasks,
        people=sorted(by_unit.items()),
        refusal=refusal,
        action=url_for(".begin"),
        back=url_for("watch.cases"),
    )


def _deed() -> str:
    deed = request.values.get("deed", "")
    if deed not in KINDS:
        raise NotFound("Không có thao tác này", "there is no such deed")
    return deed


def _chosen() -> list[UUID]:
    """The cases ticked, in their order. Raises Invalid for none."""
    found = [case_id for each in request.values.getlist("case")[:MOST_AT_ONCE] if (case_id := read_id(each))]
    if not found:
        raise Invalid("Chưa chọn hồ sơ nào", "nothing was chosen")
    return list(dict.fromkeys(found))


def _titles(work: Work, batch: Batch, items: Sequence[BatchItem]) -> dict[UUID, str]:
    """What the items are about: cases, or tasks by their case."""
    if batch.kind == ASSIGN:
        return {}
    return {each: case.title for each, case in plan_rows(work, [item.noun_id for item in items]).items()}
