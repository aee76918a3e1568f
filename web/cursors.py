"""Where a page of a list ended, as it stands in an address: `after=<microseconds since 1970 or x>.<id hex>`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import request, url_for

EPOCH = datetime.fromtimestamp(0, UTC)
MICROSECOND = timedelta(microseconds=1)
LONGEST = 18  # digits of microseconds: beyond the year 30000


def write_cursor(instant: datetime | None, row_id: UUID) -> str:
    return f"{'x' if instant is None else (instant - EPOCH) // MICROSECOND}.{row_id.hex}"


def read_cursor() -> tuple[datetime | None, UUID] | None:
    """The place named in this request's address; None when there is none or it is not one."""
    instant, _dot, row = request.args.get("after", "").partition(".")
    row_id = read_id(row)
    if row_id is None or not (instant == "x" or (instant.isdigit() and len(instant) < LONGEST)):
        return None
    return (None if instant == "x" else EPOCH + int(instant) * MICROSECOND), row_id


def read_id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def next_address(cursor: str | None) -> str | None:
    """This page's address with another cursor; None at the list's end."""
    if cursor is None:
        return None
    kept = {name: value for name, value in request.args.items() if _may_stay(name)}
    return url_for(request.endpoint or "desk.home", **{**(request.view_args or {}), **kept, "after": cursor})


def _may_stay(name: str) -> bool:
    """Whether a part of the address goes on to the next page: nothing that would steer how addresses are made."""
    return name not in ("after", "lang", "endpoint") and not name.startswith("_")
