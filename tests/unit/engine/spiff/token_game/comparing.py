"""One process played twice, by the token game and by the engine, action by action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from bpmn.definitions import read_definition
from bpmn.spiff.model import compile_definition
from domain.errors import DefinitionInvalid
from engine.spiff.case import Failure, Moment
from engine.spiff.task import ERROR
from tests.unit.engine.spiff.conftest import Played
from tests.unit.engine.spiff.token_game.drawing import Drawing
from tests.unit.engine.spiff.token_game.game import Game, Runaway
from tests.unit.engine.spiff.token_game.notation import written
from tests.unit.engine.spiff.token_game.outcomes import (
    Seen,
    Undecided,
    acted,
    all_settled,
    distinct,
    seen,
    settled,
    started,
)


class Differs(AssertionError):
    """The engine shows what the standard does not allow."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something is completed or comes: of all that is awaited which, what holds meanwhile, whether it is saved."""

    which: int
    held: frozenset[int]
    saved: bool


@dataclass(slots=True)
class Tally:
    """What a run over many processes has seen; `acted` by the first letter of the element."""

    counts: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    acted: Counter[str] = field(default_factory=Counter)


class Held(Played):
    """A case whose conditions ask which numbers hold today."""

    held: frozenset[int] = frozenset()

    @property
    def moment(self) -> Moment:
        held = sorted(self.held)
        return Moment(self.now, {"today": lambda: held})

    @property
    def stuck(self) -> list[Failure]:
        """The failures whose tokens stand in error, for a person to retry."""
        last = {failure.token_id: failure for failure in self.failures}
        tokens = self.case._run.tokens
        return [each for each in last.values() if each.token_id in tokens and tokens[each.token_id].has_state(ERROR)]

    @property
    def awaited(self) -> list[tuple[str, str]]:
        """What can happen from outside, by kind and element."""
        waits = [(wait.kind, wait.element_id) for wait in self.waits.values()]
        return waits + [("retry", failure.element_id) for failure in self.stuck]

    @property
    def seen(self) -> Seen:
        return Seen.of(self.awaited, self.ended)


def compare(drawing: Drawing, first: frozenset[int], actions: Sequence[Action], tally: Tally) -> None:
    """Play it; raises Differs with the drawing and all that was done."""
    tally.counts["processes"] += 1
    xml = written(drawing)
    try:
        definition = read_definition(xml.encode())
    except DefinitionInvalid as refused:
        tally.counts["refused"] += 1
        tally.refusals[next(each.message_en for each in refused.findings if each.severity == "error")] += 1
        return
    told: list[Any] = [sorted(first)]
    try:
        games = [started(drawing, first)]
        at_rest = [settled(deepcopy(games[0]))]
        Held.held = first
        case = Held(compile_definition(definition), {}, saved=False, start_event=None)
        games = matching(games, at_rest, case.seen, xml, told, tally)
        for action in actions:
            choices = sorted(set(case.awaited))
            if not choices:
                break
            kind, element = choices[action.which % len(choices)]
            told.append((element, sorted(action.held)))
            games = acted(games, kind, element, action.held)
            at_rest = [settled(deepcopy(game)) for game in games]
            case.held, case.saved = action.held, action.saved
            act(case, kind, element)
            tally.counts["actions"] += 1
            tally.acted["retry" if kind == "retry" else element[0]] += 1
            games = matching(games, at_rest, case.seen, xml, told, tally)
    except Runaway:
        tally.counts["without end"] += 1
    except Undecided:
        tally.counts["too many orders"] += 1
    else:
        tally.counts["compared"] += 1
        tally.counts["ended"] += case.ended
        tally.counts["incidents"] += bool(case.failures)


def act(case: Held, kind: str, element: str) -> None:
    if kind == "user_task":
        case.complete(element)
    elif kind == "retry":
        token_id = next(each.token_id for each in case.stuck if each.element_id == element)
        case.do(lambda: case.case.retry(token_id, case.moment))
    else:
        wait = case.wait(element, kind)
        case.do(lambda: case.case.deliver(wait.token_id, wait.name, {}, case.moment))


def matching(
    before: list[Game], at_rest: list[Game], shown: Seen, xml: str, told: list[Any], tally: Tally
) -> list[Game]:
    """The states the engine can be in; where the nearest order does not explain what it shows, every order is tried."""
    found = distinct(game for game in at_rest if seen(game) == shown)
    if found:
        return found
    tally.counts["other orders tried"] += 1
    found = distinct(after for game in before for after in all_settled(game) if seen(after) == shown)
    if found:
        return found
    expected = "\n  or ".join(str(seen(game)) for game in at_rest)
    raise Differs(f"{xml}\ndone: {told}\nexpected {expected}\nshown    {shown}")
