"""The saved state has a format with a number: what is stored today is read tomorrow, what is too new is refused.

`state_1.json` is a case as format 1 stores it. When one of these tests fails, running cases of every office are at
stake: let the new code read the old sample, give the format the next number, and store a sample of it beside this one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from engine.spiff.case import Case, StateRow
from engine.spiff.loading import VERSION, StateTooNew
from tests.unit.engine.spiff.conftest import Played, Starter
from tests.unit.engine.spiff.courses import (
    COMPENSATE,
    MESSAGE,
    START,
    boundary,
    catch,
    each_of,
    event_sub,
    split,
    sub,
    timer,
    undone,
    users,
)

SAMPLE = Path(__file__).parent / f"state_{VERSION}.json"
MESSAGES = '<message id="of_m" name="m"/>'
NODES = (
    START
    + '<scriptTask id="k"><script>seen = total + 1</script></scriptTask>'
    + users("a")
    + undone("a", "au")
    + '<userTask id="au" isForCompensation="true"/>'
    + split("g", "j")
    + f'<userTask id="m">{each_of("units")}</userTask>'
    + boundary("late", "m", timer("R3/P1D", "timeCycle"), interrupting=False)
    + '<userTask id="urge"/>'
    + sub("c", '<startEvent id="is"/>' + users("b") + undone("b", "bu") + '<userTask id="bu" isForCompensation="true"/>'
          + users("b2"), "is -> b\n b -> b2")
    + catch("w", MESSAGE)
    + '<serviceTask id="mail" bangiao:topic="mail"/>'
    + event_sub("ev", COMPENSATE, users("h"), "ev_s -> h")
    + users("z")
)  # fmt: skip
LINES = """s -> k
k -> a
a -> g
g -> m
g -> c
g -> w
g -> mail
late -> urge
m -> j
c -> j
w -> j
mail -> j
j -> z"""
VARIABLES = {
    "units": ["p", "q"],
    "total": 2,
    "large": 2**70,
    "share": 0.5,
    "price": Decimal("12.50"),
    "on": date(2026, 3, 2),
    "at": datetime(2026, 3, 2, 1, tzinfo=UTC),
    "length": timedelta(days=1, seconds=3),
    "pair": (1, None),
    "tagged": {"~d": True},
}


def played(starter: Starter) -> Played:
    """A case in the middle of all kinds of waits."""
    case = starter(NODES, LINES, VARIABLES, saved=False, shared=MESSAGES)
    case.complete("a", {"note": "xong", "total": 3})
    case.advance(days=1)
    case.complete("m", {"answer": "có"})
    case.complete("b")
    return case


def named(case: Played) -> dict[str, Any]:
    """Head and rows, every id written as the number of its row and the clock's time as it is."""
    head, rows = case.case.encode()
    text = orjson.dumps({"head": head, "rows": [[row.id, row.position, row.body.decode()] for row in rows if row.body]})
    for number, row in enumerate(rows):
        stands_for = UUID(int=number + 1)
        text = text.replace(str(row.id).encode(), str(stands_for).encode())
        text = text.replace(row.id.hex.encode(), stands_for.hex.encode())
    found: dict[str, Any] = orjson.loads(text)
    return found


def stored() -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(SAMPLE.read_bytes())
    return found


def rows_of(sample: dict[str, Any]) -> list[StateRow]:
    return [StateRow(UUID(id), position, body.encode()) for id, position, body in sample["rows"]]


def test_a_case_is_stored_in_the_format_of_this_number(starter: Starter) -> None:
    assert named(played(starter)) == stored()


def test_a_stored_case_is_read_and_goes_on(starter: Starter) -> None:
    sample = stored()
    case = played(starter)
    loaded = Case.load(case.model, sample["head"], rows_of(sample))
    assert loaded.encode() == (sample["head"], rows_of(sample))
    assert loaded.variables() == {**VARIABLES, "seen": 3, "note": "xong", "total": 3, "answer": "có"}
    open_tasks = [wait.token_id for wait in loaded.waits() if wait.kind == "user_task"]
    assert len(open_tasks) == len(case.open) == 3
    for token_id in open_tasks:
        loaded.complete(token_id, {}, case.moment)
    assert not loaded.take_changes().failures


def test_what_a_newer_build_saved_is_refused_with_a_sentence(starter: Starter) -> None:
    sample = stored()
    newer = {**sample["head"], "version": VERSION + 1}
    with pytest.raises(StateTooNew, match=f"dạng {VERSION + 1}") as refused:
        Case.load(played(starter).model, newer, rows_of(sample))
    assert "newer build" in refused.value.english
