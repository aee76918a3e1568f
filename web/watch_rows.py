"""Open cases as rows for those who watch: why each stands where it does, and what frees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from domain.people import User, candidate_key
from domain.rights import may
from domain.words import Words
from engine.explain import Explanation, explain_instances
from storage.desk import PlanRow, plan_rows
from storage.tables import Incident, Instance, UserTask
from storage.transactions import Work
from storage.waits import OpenWaits, open_waits
from storage.watching import INCIDENT, NOBODY, SUSPENDED, Watched, instances_of
from web.case_page import place_words
from web.language import said
from web.session import current_calendar, current_now, current_units, today
from web.words import ICONS, due_words

LOUD, QUIET = "btn-soft btn-sm", "btn-line btn-sm"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One button of a row; `posts` when pressing it is the deed itself, else it opens a page."""

    label: str
    icon: str
    address: str
    posts: bool = False
    kind: str = QUIET


@dataclass(frozen=True, slots=True)
class WatchRow:
    """One open case. `state`, `phrase`, `icon` make its chip; `holder` is with whom its nearest work lies."""

    case: PlanRow
    instance: Instance
    state: str
    phrase: str
    icon: str
    sentence: str
    holder: str
    remedies: tuple[Remedy, ...]
    more: tuple[Remedy, ...]


def staffed_keys(work: Work) -> set[str]:
    """The candidate keys somebody holds today, for predecessors of their units too; one statement."""
    units = current_units()
    return {
        candidate_key(unit_id, post.role)
        for post, _person in work.posts.with_people(today())
        for unit_id in {post.unit_id, *units.predecessors([post.unit_id])}
    }


def rows_of(work: Work, found: Sequence[Watched], user: User) -> list[WatchRow]:
    """The rows of a page, in a fixed number of statements."""
    ids = [each.instance_id for each in found]
    cases, instances = plan_rows(work, ids), instances_of(work, ids)
    explained = explain_instances(work, list(instances.values()), place_words, current_now())
    waits = open_waits(work, ids)
    return [
        _row(each, cases[each.instance_id], instances[each.instance_id], explained[each.instance_id], waits, user)
        for each in found
    ]


def _row(
    watched: Watched,
    case: PlanRow,
    instance: Instance,
    explanation: Explanation,
    waits: dict[UUID, OpenWaits],
    user: User,
) -> WatchRow:
    rows = waits[instance.id]
    state, phrase, icon = _chip(watched, rows.incidents)
    task = _nearest(rows.tasks)
    holder = next((each.who for each in explanation.waiting_for if task and each.id == task.id and each.who), None)
    return WatchRow(
        case=case,
        instance=instance,
        state=state,
        phrase=phrase,
        icon=icon,
        sentence=_sentence(explanation.why),
        holder=said(holder) if holder else "",
        remedies=tuple(_remedies(watched, rows.incidents, task, user)),
        more=tuple(_deeds(instance, user)),
    )


def _chip(watched: Watched, incidents: Sequence[Incident]) -> tuple[str, str, str]:
    if watched.rank == SUSPENDED:
        return "mute", _("Tạm dừng"), "pause-circle"
    if watched.rank == INCIDENT and incidents:
        return "doubt", incident_words(incidents[0].kind), "wrench-adjustable"
    if watched.rank == NOBODY:
        return "doubt", _("Không có người nhận"), "person-x"
    due = due_words(watched.due_at, current_now(), current_calendar())
    return due.state, due.phrase, ICONS[due.state]


def incident_words(kind: str) -> str:
    """What kind of fault it is, in two or three words."""
    words = {
        "job": _("Lỗi việc tự động"),
        "expression": _("Lỗi tính toán"),
        "bpmn_error": _("Lỗi nghiệp vụ"),
        "timer": _("Lỗi hẹn giờ"),
        "state": _("Lỗi trạng thái"),
    }
    return str(words.get(kind, _("Lỗi chờ sửa")))


def _nearest(tasks: Sequence[UserTask]) -> UserTask | None:
    """The open work that is due first, else the oldest."""
    return min(tasks, key=lambda task: (task.due_at is None, task.due_at or task.created_at), default=None)


def _remedies(watched: Watched, incidents: Sequence[Incident], task: UserTask | None, user: User) -> list[Remedy]:
    found: list[Remedy] = []
    if watched.rank == SUSPENDED:
        return found
    if incidents and may(user, "retry"):
        first = incidents[0].id
        found.append(Remedy(_("Thử lại"), "arrow-repeat", url_for("incidents.retry", incident_id=first), True, LOUD))
        found.append(Remedy(_("Xem lỗi, sửa biến"), "wrench-adjustable", url_for("incidents.show", incident_id=first)))
    if task is not None and not incidents:
        if may(user, "assign"):
            label = _("Giao người khác") if task.assignee_id else _("Chọn người nhận")
            found.append(Remedy(label, "person-plus", url_for("watch.ask_assign", task_id=task.id), kind=LOUD))
        if may(user, "urge") and (task.assignee_id or task.candidate_key) and watched.rank != NOBODY:
            found.append(Remedy(_("Nhắc"), "bell", url_for("watch.remind", task_id=task.id), True))
        if may(user, "complete"):
            found.append(Remedy(_("Làm thay"), "person-check", url_for("tasks.show", task_id=task.id)))
    return found


def _deeds(instance: Instance, user: User) -> list[Remedy]:
    def deed(verb: str, label: str, icon: str) -> list[Remedy]:
        address = url_for("watch.ask_deed", instance_id=instance.id, deed=verb)
        return [Remedy(label, icon, address)] if may(user, verb) else []

    if instance.status == "suspended":
        return [*deed("resume", _("Cho chạy tiếp"), "play-circle"), *deed("terminate", _("Chấm dứt"), "stop-circle")]
    return [*deed("suspend", _("Tạm dừng"), "pause-circle"), *deed("terminate", _("Chấm dứt"), "stop-circle")]


def _sentence(words: Words) -> str:
    return f"{said(words.capitalised())}."
