"""How a unit's share of work stands, and how that may change: the eight statuses, and the time classes over them.

A status changes by hand-over alone. How late something is is never stored: it is computed from its due day.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, get_args

from domain.calendars import WorkingCalendar, local_date
from domain.errors import Conflict

Status = Literal["new", "rejected", "active", "wait_confirm", "redo", "done", "paused", "recalled"]
TimeClass = Literal["in_time", "soon", "overdue", "no_deadline", "done_in_time", "done_late"]
ContributionState = Literal["sent", "opened", "answered", "late", "silent", "answered_late"]

STATUSES: tuple[Status, ...] = get_args(Status)
STATUS_LABELS: dict[Status, str] = {
    "new": "Mới giao",
    "rejected": "Chuyển trả",
    "active": "Đang thực hiện",
    "wait_confirm": "Chờ duyệt",
    "redo": "Thực hiện lại",
    "done": "Đã hoàn thành",
    "paused": "Tạm dừng",
    "recalled": "Thu hồi",
}
TIME_LABELS: dict[TimeClass, str] = {
    "in_time": "Trong hạn",
    "soon": "Sắp đến hạn",
    "overdue": "Quá hạn",
    "no_deadline": "Không hạn",
    "done_in_time": "Đúng hạn",
    "done_late": "Hoàn thành quá hạn",
}
CONTRIBUTION_LABELS: dict[ContributionState, str] = {
    "sent": "Đã gửi",
    "opened": "Đã xem",
    "answered": "Đã trả lời",
    "late": "Quá hạn chưa trả lời",
    "silent": "Không có ý kiến (quá hạn)",
    "answered_late": "Trả lời muộn",
}
SOON_WORKING_DAYS = 3

MOVES: dict[Status, frozenset[Status]] = {
    "new": frozenset({"active", "rejected", "wait_confirm", "done", "paused", "recalled"}),
    "rejected": frozenset({"new", "recalled"}),
    "active": frozenset({"wait_confirm", "done", "rejected", "paused", "recalled"}),
    "wait_confirm": frozenset({"done", "redo", "active", "paused", "recalled"}),
    "redo": frozenset({"active", "wait_confirm", "done", "paused", "recalled"}),
    "paused": frozenset({"new", "active", "redo", "wait_confirm", "recalled"}),
    "done": frozenset({"redo"}),
    "recalled": frozenset(),
}
"""What may follow what. Work that is done comes back only when a superior wants it done again."""


def can_move(old: str, new: str) -> bool:
    """Whether a share may go from one status to another; staying is no move and always allowed."""
    return old == new or new in MOVES.get(old, frozenset())  # type: ignore[call-overload]


def moved(old: str, new: Status) -> Status:
    """`new`, when it may follow `old`; raises Conflict."""
    if not can_move(old, new):
        raise Conflict(
            f"Phần việc đang “{STATUS_LABELS.get(old, old)}”, không thể chuyển sang “{STATUS_LABELS[new]}”",  # type: ignore[call-overload]
            f"a share that is {old} cannot become {new}",
        )
    return new


def time_class(
    due_date: date | None, today: date, calendar: WorkingCalendar, *, done_on: date | None = None
) -> TimeClass:
    """How a share stands to its due day; the due day itself is still in time, its last three working days are soon."""
    if due_date is None:
        return "no_deadline"
    if done_on is not None:
        return "done_late" if done_on > due_date else "done_in_time"
    if today > due_date:
        return "overdue"
    return "soon" if calendar.working_days_between(today, due_date) <= SOON_WORKING_DAYS else "in_time"


def contribution_state(
    now: datetime,
    *,
    due_at: datetime | None,
    opened_at: datetime | None,
    answered_at: datetime | None,
    silent_at: datetime | None,
) -> ContributionState:
    """How an asked unit's input stands, from its times."""
    if answered_at is not None:
        is_late = silent_at is not None or (due_at is not None and answered_at > due_at)
        return "answered_late" if is_late else "answered"
    if silent_at is not None:
        return "silent"
    if due_at is not None and now > due_at:
        return "late"
    return "opened" if opened_at is not None else "sent"


def days_late(due_date: date | None, day: date | datetime, calendar: WorkingCalendar) -> int:
    """Working days after the due day; 0 in time or without one."""
    if due_date is None:
        return 0
    reached = local_date(day) if isinstance(day, datetime) else day
    return max(0, calendar.working_days_between(due_date, reached)) if reached > due_date else 0
