"""BANGIAO_CHECK_STATE: after a command, the whole case must equal its rows."""

from __future__ import annotations

import os

from engine.running import Live
from storage.transactions import Work


class StateDiffers(AssertionError):
    """A case and its rows disagree: a change was not reported, or not written."""


def is_checking() -> bool:
    """Whether the environment asks for it."""
    return os.environ.get("BANGIAO_CHECK_STATE") == "1"


def check_state(work: Work, live: Live) -> None:
    """Compare everything. Raises StateDiffers, naming the first differences."""
    differences = state_differences(work, live)
    if differences:
        raise StateDiffers(f"instance {live.instance.id}: " + "; ".join(differences[:5]))


def state_differences(work: Work, live: Live) -> list[str]:
    """Where the case in memory and its rows disagree."""
    head, rows = live.case.encode()
    encoded = {row.id: (row.position, row.body) for row in rows if row.body is not None}
    stored = {row.id: (row.position, row.body) for row in work.tokens.of(live.instance.id)}
    found = [] if head == live.instance.head else [f"the head is {live.instance.head}, the case says {head}"]
    found += [f"token {id} is not written" for id in encoded.keys() - stored.keys()]
    found += [f"token {id} is written but gone" for id in stored.keys() - encoded.keys()]
    found += [
        f"token {id} is {stored[id]!r}, the case says {encoded[id]!r}"
        for id in encoded.keys() & stored.keys()
        if encoded[id] != stored[id]
    ]
    return found
