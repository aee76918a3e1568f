"""Theo dõi điểm kẹt: what is stuck and why, where cases stand, and the deeds that free them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from domain.errors import Invalid, NotFound
from domain.rights import may
from engine.instances import resume_instance, suspend_instance, terminate_instance
from engine.user_tasks import assign_user_task
from office.digest_schedule import DIGEST_MAIL
from office.letters import NOTICE_MAIL
from office.reminders import remind_task
from storage.definition_lists import all_versions, open_cases
from storage.desk import plan_rows
from storage.mailing import unsent
from storage.tables import Definition, Instance, UserTask
from storage.transactions import Work, reading
from storage.unit_load import unit_loads
from storage.watching import KIND_NAMED, Kind, Narrowing, Watched, watch_counts, watched
from web.cursors import EPOCH, MICROSECOND, next_address, read_id
from web.flow_heat import flow_of
from web.language import said
from web.session import current_now, current_units, current_user, today
from web.system import current_system
from web.watch_rows import rows_of, staffed_keys

pages = Blueprint("watch", __name__, url_prefix="/watch")
PAGE = 30
SHOWN_UNITS = 8
AGES_DAYS = (7, 30, 90)
DEEDS = {"suspend": suspend_instance, "resume": resume_instance, "terminate": terminate_instance}
CURSOR = re.compile(r"([0-4])\.(x|[0-9]{1,17})\.([0-9a-f]{32})")


@pages.get("")
def index() -> str:
    """What is stuck, weightiest first; beside it where cases stand and what the machine is about."""
    user = current_user()
    with reading(current_system().database) as work:
        versions = _running_versions(work)
        listed = _listed(work, read_narrowing(), versions)
        flow = flow_of(work, versions, read_id(request.args.get("flow")))
        loads = unit_loads(work, current_now())[:SHOWN_UNITS]
        batches = work.batches.newest(3)
        timers = work.timers.page(limit=4) if may(user, "see_timers") else []
        unsent_mail = unsent(work, (NOTICE_MAIL, DIGEST_MAIL)) if may(user, "see_jobs") else None
        named = plan_rows(work, {each.instance_id for each in timers if each.instance_id})
    return render_template(
        "watch/index.html",
        **listed,
        flow=flow,
        versions=versions,
        loads=loads,
        batches=batches,
        timers=timers,
        named=named,
        unsent_mail=unsent_mail,
    )


@pages.get("/cases")
def cases() -> str:
    """Every open case that fits, to choose several from."""
    user = current_user()
    with reading(current_system().database) as work:
        listed = _listed(work, read_narrowing("all"), _running_versions(work))
    return render_template("watch/cases.html", **listed, may_act=may(user, "suspend"), may_assign=may(user, "assign"))


@pages.get("/cases/<uuid:instance_id>/<deed>")
def ask_deed(instance_id: UUID, deed: str) -> str:
    return _deed_page(instance_id, deed)


@pages.post("/cases/<uuid:instance_id>/<deed>")
def do_deed(instance_id: UUID, deed: str) -> ResponseReturnValue:
    """Suspend, resume or end one case, with the reason on record."""
    user, now, reason = current_user(), current_now(), request.form.get("reason", "").strip()[:2000]
    if deed not in DEEDS:
        raise _unknown_deed()
    if deed == "terminate" and not reason:
        return _deed_page(instance_id, deed, _("Cần ghi lý do chấm dứt")), 422

    def command(work: Work) -> Instance:
        return DEEDS[deed](work, instance_id, user, now, reason=reason)

    title = said(current_system().run(command).title)
    done = {
        "suspend": _("Đã tạm dừng “%(title)s”", title=title),
        "resume": _("“%(title)s” chạy tiếp", title=title),
        "terminate": _("Đã chấm dứt “%(title)s”", title=title),
    }
    flash(done[deed], "done")
    return redirect(_back(), code=303)


@pages.get("/tasks/<uuid:task_id>/assign")
def ask_assign(task_id: UUID) -> str:
    return _assign_page(task_id)


@pages.post("/tasks/<uuid:task_id>/assign")
def assign(task_id: UUID) -> ResponseReturnValue:
    """Give open work to a person, with the reason on record."""
    user, now, reason = current_user(), current_now(), request.form.get("reason", "").strip()[:2000]
    person_id = read_id(request.form.get("person"))
    if person_id is None:
        return _assign_page(task_id, _("Chưa chọn người nhận")), 422

    def command(work: Work) -> str:
        person = work.people.find(person_id)
        if person is None or not person.active:
            raise NotFound("Không tìm thấy người này", "no such person")
        assign_user_task(work, task_id, person.id, user, now, reason=reason)
        return person.name

    name = current_system().run(command)
    flash(_("Đã giao cho %(name)s", name=name), "done")
    return redirect(_back(), code=303)


@pages.post("/tasks/<uuid:task_id>/remind")
def remind(task_id: UUID) -> ResponseReturnValue:
    user, now = current_user(), current_now()
    task = current_system().run(lambda work: remind_task(work, task_id, user, now))
    flash(_("Đã nhắc làm “%(step)s”", step=task.name), "done")
    return redirect(_back(), code=303)


def _listed(work: Work, narrowing: Narrowing, versions: list[tuple[Definition, int]]) -> dict[str, Any]:
    """A page of the open cases that fit, with all that narrows it."""
    staffed, now = staffed_keys(work), current_now()
    found = watched(work, staffed, now, narrowing, after=_read_place(), limit=PAGE + 1)
    return {
        "rows": rows_of(work, found[:PAGE], current_user()),
        "counts": watch_counts(work, staffed, now),
        "narrowing": narrowing,
        "filters": _filters(),
        "ages": AGES_DAYS,
        "units": current_units().valid,
        "definitions": _by_key(versions),
        "next_page": _next(found),
    }


def read_narrowing(kind: Kind = "stuck") -> Narrowing:
    """What the address asks for; what is not understood is left out."""
    asked, age = request.args.get("kind", ""), request.args.get("age", "")
    since: datetime | None = None
    if age.isdigit() and int(age) in AGES_DAYS:
        since = current_now() - timedelta(days=int(age))
    return Narrowing(
        kind=KIND_NAMED.get(asked, kind),
        definition_key=request.args.get("definition") or None,
        unit_id=read_id(request.args.get("unit")),
        opened_before=since,
        words=request.args.get("q", "").strip()[:120],
    )


def _filters() -> dict[str, str]:
    """The filters as they stand in the address, without the kind and the page."""
    names = ("definition", "unit", "age", "q")
    return {name: value for name in names if (value := request.args.get(name, "").strip()[:120])}


def _read_place() -> tuple[int, datetime | None, UUID] | None:
    found = CURSOR.fullmatch(request.args.get("after", ""))
    if found is None:
        return None
    due_at = None if found[2] == "x" else EPOCH + int(found[2]) * MICROSECOND
    return int(found[1]), due_at, UUID(found[3])


def _next(found: list[Watched]) -> str | None:
    if len(found) <= PAGE:
        return None
    last = found[PAGE - 1]
    due = "x" if last.due_at is None else (last.due_at - EPOCH) // MICROSECOND
    return next_address(f"{last.rank}.{due}.{last.instance_id.hex}")


def _running_versions(work: Work) -> list[tuple[Definition, int]]:
    """Versions with open cases, the most first."""
    running = open_cases(work)
    found = [(each, running[each.id]) for each in all_versions(work) if running.get(each.id)]
    return sorted(found, key=lambda pair: -pair[1])


def _by_key(versions: list[tuple[Definition, int]]) -> list[tuple[str, str]]:
    names: dict[str, str] = {}
    for definition, _count in sorted(versions, key=lambda pair: -pair[0].version):
        names.setdefault(definition.key, definition.name)
    return sorted(names.items(), key=lambda pair: pair[1])


def _deed_page(instance_id: UUID, deed: str, refusal: str | None = None) -> str:
    if deed not in DEEDS:
        raise _unknown_deed()
    with reading(current_system().database) as work:
        case = plan_rows(work, [instance_id]).get(instance_id)
        tasks = work.user_tasks.of_instance(instance_id, only_open=True)
    if case is None:
        raise NotFound("Không tìm thấy hồ sơ này", "no such case")
    if case.status not in ("active", "suspended"):
        raise Invalid("Hồ sơ đã kết thúc", "the case has ended")
    return render_template(
        "watch/deed.html",
        case=case,
        deed=deed,
        tasks=tasks,
        refusal=refusal,
        action=url_for(".do_deed", instance_id=instance_id, deed=deed, back=_back()),
        back=_back(),
    )


def _unknown_deed() -> NotFound:
    return NotFound("Không có thao tác này", "there is no such deed")


def _assign_page(task_id: UUID, refusal: str | None = None) -> str:
    with reading(current_system().database) as work:
        task = work.user_tasks.get(task_id)
        case = plan_rows(work, [task.instance_id])[task.instance_id]
        own, others = _candidates(work, task)
        holder = work.people.named([task.assignee_id]).get(task.assignee_id) if task.assignee_id else None
    return render_template(
        "watch/assign.html",
        task=task,
        case=case,
        own=own,
        others=others,
        holder=holder,
        refusal=refusal,
        action=url_for(".assign", task_id=task_id, back=_back()),
        back=_back(),
    )


def people_to_choose(work: Work) -> list[tuple[UUID, str, UUID]]:
    """Everybody with a post that works on cases: (person, name with post, unit)."""
    return [
        (person.id, f"{person.name}, {post.title}" if post.title else person.name, post.unit_id)
        for post, person in work.posts.with_people(today())
        if post.role not in ("administrator", "designer")
    ]


def _candidates(work: Work, task: UserTask) -> tuple[list[tuple[UUID, str]], list[tuple[str, list[tuple[UUID, str]]]]]:
    """People of the task's unit, and those of the other units, unit by unit."""
    units = current_units()
    present = units.present(task.unit_id) if task.unit_id else None
    own: list[tuple[UUID, str]] = []
    others: dict[str, list[tuple[UUID, str]]] = {}
    for person_id, name, unit_id in people_to_choose(work):
        if unit_id == present:
            own.append((person_id, name))
        else:
            others.setdefault(units.name(unit_id), []).append((person_id, name))
    return own, sorted(others.items())


def _back() -> str:
    """Where the person came from, within these pages."""
    asked = request.values.get("back") or (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
    return asked if re.match(r"/(watch|cases|incidents|tasks)(?![^/?#])", asked) else url_for(".index")
