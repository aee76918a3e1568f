"""The rows of a desk: each open task with the plan's row, who handed it over, when it is due and what to press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from flask_babel import gettext as _

from domain.calendars import ZONE, local_date
from domain.people import User
from office.directory import Directory
from storage.desk import HandOver, PlanRow, hand_overs, plan_rows
from storage.tables import UserTask
from storage.transactions import Work
from web.deeds import DEEDS, deed_of, part_of
from web.session import current_calendar, current_now, current_units, today
from web.words import SOON_WORKING_DAYS, DueWords, day_words, done_words, due_words

JUST_BEFORE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list of work. `from_name`, `from_note`: who handed it over, or what opened it."""

    task_id: UUID
    instance_id: UUID
    title: str
    step: str
    number: str | None
    part: str | None
    plan: str | None
    plan_id: UUID | None
    from_name: str
    from_note: str
    due: DueWords
    deed: str
    holder: str | None
    unit: str
    can_claim: bool
    shows_step: bool


def rows_of(work: Work, tasks: Sequence[UserTask], user: User) -> list[Row]:
    """The rows of these tasks in their order; four statements, however many."""
    cases = plan_rows(work, (task.instance_id for task in tasks))
    handed = hand_overs(work, (task.instance_id for task in tasks))
    people = {hand_over.person_id for hand_over in handed.values()}
    names = work.people.named(people | {task.assignee_id for task in tasks if task.assignee_id})
    units = current_units()
    posts = {post.person_id: post for post in work.posts.of(people, today())}
    places = {
        person_id: (post.title if post.title else units.short_name(post.unit_id)) for person_id, post in posts.items()
    }
    return [
        _row(task, cases[task.instance_id], handed.get(task.instance_id), names, places, units, user) for task in tasks
    ]


def _row(
    task: UserTask,
    case: PlanRow,
    handed: HandOver | None,
    names: dict[UUID, str],
    places: dict[UUID, str],
    units: Directory,
    user: User,
) -> Row:
    from_name, from_note = _("Hệ thống"), _("mở ngày %(day)s", day=day_words(task.created_at))
    if handed is not None and handed.at >= task.created_at - JUST_BEFORE and handed.at <= task.created_at:
        from_name = names.get(handed.person_id, "")
        from_note = places.get(handed.person_id, "") or _("từ bước %(step)s", step=handed.step)
    elif case.plan_id is not None and handed is None:
        from_name = _("Lịch kế hoạch")
    if task.closed_at is not None:
        due = done_words(task.closed_at, task.due_at, current_calendar())
    else:
        due = due_words(task.due_at, current_now(), current_calendar())
    return Row(
        task_id=task.id,
        instance_id=task.instance_id,
        title=case.title,
        step=task.name,
        number=case.number,
        part=part_of(task, case.lead_unit_id),
        plan=plan_words(case),
        plan_id=case.plan_id,
        from_name=from_name,
        from_note=from_note,
        due=due,
        deed=deed_of(task.purpose),
        holder=names.get(task.assignee_id) if task.assignee_id and task.assignee_id != user.person_id else None,
        unit=units.name(task.unit_id),
        can_claim=task.assignee_id is None and task.closed_at is None,
        shows_step=task.purpose not in DEEDS,
    )


def plan_words(case: PlanRow) -> str | None:
    """Kế hoạch 18/KH-SNNMT, or the plan's year when it has no number."""
    if case.plan_number:
        return str(_("Kế hoạch %(number)s", number=case.plan_number))
    return str(_("Kế hoạch năm %(year)s", year=case.plan_year)) if case.plan_year else None


GROUPS = ("late", "soon", "ok", "none")


def group_words(group: str) -> str:
    words: dict[str, str] = {
        "late": _("Quá hạn"),
        "soon": _("Đến hạn trong 3 ngày làm việc"),
        "ok": _("Còn thời gian"),
        "none": _("Không có thời hạn"),
    }
    return words[group]


def soon_until(now: datetime) -> datetime:
    """The end of the third working day from `now`'s day: what is due before is due soon."""
    last = current_calendar().after(local_date(now), SOON_WORKING_DAYS)
    return datetime.combine(last + timedelta(days=1), time(), ZONE).astimezone(UTC)
