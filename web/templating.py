"""What every template can say: words for days and states, icons, assets, the lists at the side, who is signed in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Flask, g, get_flashed_messages, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from domain.rights import may, relations_of
from engine.standing import standing
from office.contributions import undecided
from office.taking_back import can_take_back
from storage.desk import PlanRow
from storage.tables import UserTask
from storage.transactions import reading
from web import words
from web.assets import asset
from web.language import said
from web.navigation import counts, is_here, side_lists, stand_ins, tab_places
from web.rights import may_open
from web.session import current_calendar, current_now, current_units, today
from web.system import current_system

CASE_WORDS = {
    "active": _l("Đang chạy"),
    "suspended": _l("Tạm dừng"),
    "completed": _l("Đã xong"),
    "terminated": _l("Đã dừng hẳn"),
    "incident": _l("Đang kẹt"),
}
STEP_WORDS = {"active": _l("đang làm"), "completed": _l("xong"), "cancelled": _l("hủy")}
DECISION_WORDS = {"accepted": _l("Tiếp thu"), "partly": _l("Một phần"), "explained": _l("Giải trình")}
CASE_STATES = {"active": "ok", "suspended": "mute", "completed": "done", "terminated": "none", "incident": "doubt"}


def icon_address(name: str) -> str:
    return f"{asset('bundle/icons.svg')}#{name}"


def due(due_at: datetime | None) -> words.DueWords:
    return words.due_words(due_at, current_now(), current_calendar())


def done(closed_at: datetime, due_at: datetime | None) -> words.DueWords:
    return words.done_words(closed_at, due_at, current_calendar())


def due_explanation(task: UserTask, case: PlanRow) -> str:
    """How the task's due day was computed, in words."""
    kept = task.due_explanation or {}
    if kept.get("rule") == "working_days":
        start, end = (words.day_words(date.fromisoformat(kept[name])) for name in ("from", "date"))
        counted = _(
            "Mở ngày %(start)s cộng %(days)s ngày làm việc là %(end)s; ngày nghỉ không tính.",
            start=start,
            days=kept["days"],
            end=end,
        )
        return str(counted)
    if kept.get("rule") == "extended":
        return str(_("Đã gia hạn đến %(day)s.", day=words.day_words(date.fromisoformat(kept["date"]))))
    if case.due_explanation:
        return said(case.due_explanation)
    return str(_("Hạn do quy trình “%(name)s” đặt.", name=case.definition_name))


def may_see_task(task: UserTask) -> bool:
    """Whether a link to the task's page makes sense for the person signed in."""
    user = g.get("user")
    return user is not None and may(user, "see_task", standing(user, task) | relations_of(user))


def toasts() -> list[dict[str, Any]]:
    """What the last command did, said once: `{"text", "state", "undo"?: the address that takes it back, "fields"}`.

    A command flashes its text under its state; a completion adds its task: `done:<id>`.
    """
    flashed: list[Any] = list(get_flashed_messages(with_categories=True))
    return [_toast(text, category) for category, text in flashed]


def _toast(text: str, category: str) -> dict[str, Any]:
    state, _colon, task_id = category.partition(":")
    said_once: dict[str, Any] = {"text": text, "state": "done" if state == "message" else state}
    return said_once | (_undo_of(UUID(task_id)) if task_id else {})


def _undo_of(task_id: UUID) -> dict[str, Any]:
    """How a completed task is taken back from the line that says so; nothing once that is not possible."""
    user = g.get("user")
    if user is None:
        return {}
    with reading(current_system().database) as work:
        task = work.user_tasks.find(task_id)
        if task is None or not can_take_back(work, task, user):
            return {}
    deciding = request.endpoint == "desk.decisions"
    back = {"_back": url_for("desk.decisions", task=task_id)} if deciding else {}
    return {"undo": url_for("tasks.take_back", task_id=task_id), "fields": back}


def prepare_templates(app: Flask) -> None:
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.add_template_filter(words.day_words, "day")
    app.add_template_filter(words.time_words, "time")
    app.add_template_filter(words.weekday_words, "weekday")
    app.add_template_filter(words.number_words, "number")
    app.add_template_filter(words.count_words, "count_words")
    app.add_template_filter(words.size_words, "size")
    app.add_template_filter(lambda value: words.short_day_words(value, today()), "short_day")
    app.add_template_filter(lambda value: words.instant_words(value, today()), "instant")
    app.add_template_filter(due, "due")
    app.jinja_env.globals.update(
        asset=asset,
        icon_address=icon_address,
        STATE_ICONS=words.ICONS,
        done_words=done,
        toasts=toasts,
        CASE_WORDS=CASE_WORDS,
        CASE_STATES=CASE_STATES,
        STEP_WORDS=STEP_WORDS,
        DECISION_WORDS=DECISION_WORDS,
        has_page=lambda endpoint: endpoint in app.view_functions,
        unit_name=lambda unit_id: current_units().name(unit_id),
        undecided_of=lambda board: len(undecided(row.contribution for row in board.rows)),
        due_explanation=due_explanation,
        may_see_task=may_see_task,
    )
    app.context_processor(_surroundings)


def _surroundings() -> dict[str, Any]:
    user = g.get("user")
    department = current_units().department if user is not None else None
    return {
        "user": user,
        "organisation": department.name if department else None,
        "unread": counts().get("notices", 0),
        "side_counts": counts,
        "stand_ins": stand_ins,
        "place_is_here": is_here,
        "theme": session.get("theme"),
        "may_open": lambda endpoint: may_open(user, endpoint),
        "side_lists": side_lists,
        "tab_places": tab_places,
        "today": today,
        "now": current_now,
    }
