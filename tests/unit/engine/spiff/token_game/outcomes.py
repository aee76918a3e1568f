"""What may be seen after an action: in one order first, in every order where that one differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.unit.engine.spiff.token_game.drawing import Drawing
from tests.unit.engine.spiff.token_game.game import Activity, Game, Run
from tests.unit.engine.spiff.token_game.undoing import Done

MOST_STATES = 3_000


class Undecided(Exception):
    """Too many orders to try them all."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What anybody outside can see: what is awaited by kind and element, a retry where a token stands in error; and
    whether it has ended."""

    awaited: frozenset[tuple[tuple[str, str], int]]
    ended: bool

    @classmethod
    def of(cls, awaited: Iterable[tuple[str, str]], ended: bool) -> Seen:
        return cls(frozenset(Counter(awaited).items()), ended)


def started(drawing: Drawing, held: frozenset[int]) -> Game:
    game = Game(Run(drawing), held)
    game.begin(game.root)
    return game


def acted(games: Iterable[Game], kind: str, element: str, held: frozenset[int]) -> list[Game]:
    """The states right after the action, one for each place it can have happened at."""
    found = []
    for game in games:
        for number, awaited in enumerate(game.awaited()):
            if (awaited.kind, awaited.element) == (kind, element):
                after = deepcopy(game)
                after.held, after.steps = held, 0
                after.awaited()[number].happen()
                found.append(after)
    return found


def settled(game: Game) -> Game:
    """The state at rest, in the order nearest to the drawing."""
    while moves := game.moves():
        moves[0]()
    return game


def all_settled(game: Game) -> Iterator[Game]:
    """Every state at rest that some order leads to; raises Undecided."""
    known = {shape(game)}
    ahead = [game]
    while ahead:
        here = ahead.pop()
        number_of_moves = len(here.moves())
        if not number_of_moves:
            yield here
        for number in range(number_of_moves):
            after = deepcopy(here)
            after.moves()[number]()
            if (told := shape(after)) not in known:
                known.add(told)
                ahead.append(after)
        if len(known) > MOST_STATES:
            raise Undecided


def seen(game: Game) -> Seen:
    return Seen.of([(each.kind, each.element) for each in game.awaited()], game.ended)


def distinct(games: Iterable[Game]) -> list[Game]:
    return list({shape(game): game for game in games}.values())


def shape(game: Game) -> Any:
    """The state as a value: equal states are worth one visit."""
    if game.on_their_way:
        order = {id(run): number for number, run in enumerate(game.runs(game.root))}
        ways = tuple(
            (order.get(id(run)), run.active.index(each) if each in run.active else None, node.id)
            for run, each, node in game.on_their_way
        )
        return run_shape(game.root), game.ended, ways
    return run_shape(game.root), game.ended


def run_shape(run: Run) -> Any:
    tokens = tuple(sorted((flow.id, count) for flow, count in run.tokens.items()))
    active = tuple(sorted((activity_shape(each) for each in run.active), key=repr))
    handling = tuple(sorted((activity_shape(each) for each in run.handling), key=repr))
    return tokens, active, handling, run.interrupted, tuple(done_shape(each) for each in run.done)


def activity_shape(activity: Activity) -> Any:
    inside = sorted((run_shape(each) if each is not None else () for each in activity.open), key=repr)
    queue = tuple(tuple(done_shape(each) for each in group) for group in activity.queue)
    thrower = activity.thrower.node.id if activity.thrower is not None else ""
    return activity.node.id, tuple(inside), activity.turns, activity.is_stuck, queue, activity.undoing, thrower


def done_shape(done: Done) -> Any:
    inside = run_shape(done.inside) if done.inside is not None else ()
    return done.beside.node.id, done.is_undone, inside
