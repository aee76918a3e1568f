"""What a form of ours says, read with sentences for what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import flash, request

from domain.errors import Conflict, Invalid, NotAllowed
from storage.transactions import Work
from web.errors import sentence_of
from web.system import current_system


def typed_day(name: str, *, needed: bool = False) -> date | None:
    """The day in the field `name`. Raises Invalid when it is missing or no day."""
    text = request.form.get(name, "").strip()
    if not text:
        if needed:
            raise Invalid("Cần chọn ngày", "a day is needed")
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(f"“{text}” không phải là ngày", f"{text!r} is no day") from error


def needed_day(name: str) -> date:
    day = typed_day(name, needed=True)
    assert day is not None
    return day


def run_or_say(command: Callable[[Work], Any], done: str) -> bool:
    """Run the command and say it is done, or say why it was refused; whether it was done."""
    try:
        current_system().run(command)
    except (Invalid, Conflict, NotAllowed) as error:
        flash(sentence_of(error), "late")
        return False
    flash(done, "done")
    return True
