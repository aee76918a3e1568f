"""The days people work: a year of them, and days decided by order, entered with the order's number."""

from __future__ import annotations

from datetime import date, datetime, time

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from domain.calendars import ZONE
from domain.errors import Invalid
from domain.rights import may
from office import administration
from office.digest_schedule import digest_time, set_digest_time
from storage.calendars import ordered_days
from storage.transactions import Work, reading
from web.due_days import FIRST_YEAR, LAST_YEAR, Month, weeks_of
from web.session import current_calendar, current_now, current_user, today
from web.system import current_system
from web.typed import needed_day, run_or_say

pages = Blueprint("calendar", __name__, url_prefix="/working-calendar")

KIND_WORDS = {"off": _l("Nghỉ"), "work": _l("Làm bù"), "half": _l("Làm buổi sáng")}


@pages.get("")
def index() -> str:
    year = request.args.get("year", today().year, type=int)
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    calendar = current_calendar()
    with reading(current_system().database) as work:
        decided = ordered_days(work, year)
        entered = {row.day for row in work.calendar_overrides.of_year(year)}
        digest_at = datetime.combine(today(), digest_time(work), ZONE)
    months = [Month(year, number) for number in range(1, 13)]
    return render_template(
        "organisation/calendar.html",
        year=year,
        months=[(month, weeks_of(month, (), calendar, today())) for month in months],
        off=calendar.weekdays_off(year),
        worked=calendar.worked_rest_days(year),
        halves=calendar.halves,
        provisional=calendar.is_provisional(year),
        decided=decided,
        entered=entered,
        kinds=KIND_WORDS,
        may_manage=may(current_user(), "manage_calendar"),
        sends_mail=current_system().settings.sends_mail,
        digest_at=digest_at,
        last_year=LAST_YEAR,
        first_year=FIRST_YEAR,
    )


@pages.post("")
def decide() -> ResponseReturnValue:
    user, now, form = current_user(), current_now(), request.form

    def command(work: Work) -> None:
        day = needed_day("day")
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Invalid("Ngày nằm ngoài lịch của hệ thống", "the day lies outside the system's calendar")
        kind, document, note = form.get("kind", ""), form.get("document", ""), form.get("note", "")
        administration.decide_day(work, day, kind, document, note, user, now)

    run_or_say(command, _("Đã ghi ngày theo quyết định; thời hạn tính từ nay theo lịch mới"))
    return redirect(url_for(".index", year=_year(form.get("day", ""))), code=303)


@pages.post("/<day>/forget")
def forget(day: str) -> ResponseReturnValue:
    user, now = current_user(), current_now()

    def command(work: Work) -> None:
        try:
            known = date.fromisoformat(day)
        except ValueError as error:
            raise Invalid(f"“{day}” không phải là ngày", f"{day!r} is no day") from error
        administration.forget_day(work, known, user, now)

    run_or_say(command, _("Đã bỏ ngày này khỏi các quyết định"))
    return redirect(url_for(".index", year=_year(day)), code=303)


@pages.post("/digest")
def set_digest() -> ResponseReturnValue:
    """The hour of the morning's digests."""
    user, now, typed = current_user(), current_now(), request.form.get("at", "")

    def command(work: Work) -> None:
        try:
            at = time.fromisoformat(typed)
        except ValueError as error:
            raise Invalid(f"“{typed}” không phải là giờ", f"{typed!r} is no time of day") from error
        set_digest_time(work, at, user, now)

    run_or_say(command, _("Đã đổi giờ gửi thư tổng hợp"))
    return redirect(url_for(".index"), code=303)


def _year(text: str) -> int | None:
    return int(text[:4]) if text[:4].isdigit() else None
