"""How days, times, amounts and due dates are said, in Vietnamese offices and in English. Filters of all templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from domain.calendars import WorkingCalendar
from domain.words import MONTHS, Words, written
from web.language import said

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SOON_WORKING_DAYS = 3
ICONS = {
    "late": "exclamation-octagon-fill",
    "soon": "hourglass-split",
    "ok": "clock",
    "none": "dash-circle-dotted",
    "done": "check-circle-fill",
    "doubt": "patch-question-fill",
    "info": "envelope-open",
    "mute": "slash-circle",
}


def day_of(instant: datetime) -> date:
    """The day of `instant` in Việt Nam."""
    return instant.astimezone(ZONE).date()


def day_words(value: date | datetime | None) -> str:
    """12/3/2026, 12 Mar 2026"""
    if value is None:
        return ""
    return said(written(day_of(value) if isinstance(value, datetime) else value))


def short_day_words(value: date | datetime | None, today: date) -> str:
    """12/3, 12 Mar, with the year when it is not that of `today`."""
    if value is None:
        return ""
    day = day_of(value) if isinstance(value, datetime) else value
    if day.year != today.year:
        return day_words(day)
    return said(Words(f"{day.day}/{day.month}", f"{day.day} {MONTHS[day.month - 1]}"))


def time_words(instant: datetime) -> str:
    """10h42, 10:42"""
    local = instant.astimezone(ZONE)
    return said(Words(f"{local.hour}h{local.minute:02}", f"{local:%H:%M}"))


def instant_words(instant: datetime | None, today: date) -> str:
    """Hôm nay, 10h42 · Hôm qua, 7h30 · 6/3, 14h15"""
    if instant is None:
        return ""
    day = day_of(instant)
    if day == today:
        on = _("Hôm nay")
    elif day == today - timedelta(days=1):
        on = _("Hôm qua")
    else:
        on = short_day_words(day, today)
    return f"{on}, {time_words(instant)}"


def weekday_words(day: date) -> str:
    """Thứ Năm, ngày 12/3/2026"""
    names: tuple[str, ...] = (
        _("Thứ Hai"),
        _("Thứ Ba"),
        _("Thứ Tư"),
        _("Thứ Năm"),
        _("Thứ Sáu"),
        _("Thứ Bảy"),
        _("Chủ nhật"),
    )
    return str(_("%(weekday)s, ngày %(day)s", weekday=names[day.weekday()], day=day_words(day)))


def number_words(value: float, decimals: int | None = None) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English."""
    text = f"{value:,}" if decimals is None else f"{value:,.{decimals}f}"
    return said(Words(text.translate(str.maketrans(",.", ".,")), text))


def count_words(count: int) -> str:
    """14; beyond 999 said as 999+, since counts are exact only so far."""
    return "999+" if count > 999 else str(count)


def size_words(size_bytes: int) -> str:
    """820 kB, 1,4 MB"""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))} kB"
    return f"{number_words(size_bytes / 1_000_000, 1)} MB"


@dataclass(frozen=True, slots=True)
class DueWords:
    """A due date as said: `state` is the class without `is-`, `phrase` its words, `day` the date beside them."""

    state: str
    phrase: str
    day: str

    @property
    def icon(self) -> str:
        return ICONS[self.state]


def due_words(due_at: datetime | None, now: datetime, calendar: WorkingCalendar) -> DueWords:
    """The due phrase of open work: quá hạn, hạn hôm nay, còn n ngày làm việc, không có thời hạn."""
    if due_at is None:
        return DueWords("none", _("Không có thời hạn"), "")
    today, due = day_of(now), day_of(due_at)
    until = _("hạn %(day)s", day=day_words(due))
    if due < today:
        days = max(1, calendar.working_days_between(due, today))
        return DueWords("late", ngettext("Quá hạn %(num)s ngày", "Quá hạn %(num)s ngày", days), until)
    if due == today:
        exact = f"{time_words(due_at)}, {day_words(due)}"
        if due_at < now:
            return DueWords("late", _("Quá hạn hôm nay"), exact)
        return DueWords("soon", _("Hạn hôm nay"), exact)
    days = calendar.working_days_between(today, due)
    phrase = ngettext("Còn %(num)s ngày làm việc", "Còn %(num)s ngày làm việc", days)
    return DueWords("soon" if days <= SOON_WORKING_DAYS else "ok", phrase, until)


def done_words(closed_at: datetime, due_at: datetime | None, calendar: WorkingCalendar) -> DueWords:
    """How finished work stands to its due date: xong đúng hạn, xong quá hạn n ngày."""
    on = _("xong %(day)s", day=day_words(closed_at))
    if due_at is None or closed_at <= due_at:
        return DueWords("done", _("Xong") if due_at is None else _("Xong đúng hạn"), on)
    days = max(1, calendar.working_days_between(day_of(due_at), day_of(closed_at)))
    return DueWords("done", ngettext("Xong, quá hạn %(num)s ngày", "Xong, quá hạn %(num)s ngày", days), on)
