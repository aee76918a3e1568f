"""A level of a drawing while it is drawn: ids are given out for the whole process."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from tests.unit.engine.spiff.token_game.drawing import Drawing, Event, Flow, Kind, Node, Repeat, When

DrawFn = Any
LETTERS = {
    "start": "s", "end": "e", "task": "t", "pass": "p", "exclusive": "x", "parallel": "a", "inclusive": "o",
    "event_based": "v", "catch": "c", "throw": "w", "sub": "u", "boundary": "b", "handler": "h", "undoing": "n",
}  # fmt: skip
CAUGHT = [Event("message", "m"), Event("message", "m2"), Event("signal", "sig"), Event("signal", "sig2")]
CLIMBING = [Event("error", "E1"), Event("error"), Event("escalation", "X1"), Event("escalation")]
HELD = range(6)


@dataclass(slots=True)
class Sheet:
    """`counts` is shared by all levels."""

    counts: Counter[str] = field(default_factory=Counter)
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)

    def level(self) -> Sheet:
        return Sheet(self.counts)

    def node(self, kind: Kind, **features: Any) -> str:
        letter = LETTERS[kind]
        self.counts[letter] += 1
        name = f"{letter}{self.counts[letter]}"
        self.nodes.append(Node(name, kind, **features))
        return name

    def flow(self, source: str, target: str, when: When = None) -> None:
        if (source, target) not in {(flow.source, flow.target) for flow in self.flows}:
            self.flows.append(Flow(source, target, when))

    def line(self, *names: str) -> None:
        for source, target in pairwise(names):
            self.flow(source, target)

    def has_default(self, source: str, target: str) -> None:
        """Make the flow the default one of `source`."""
        number = next(number for number, node in enumerate(self.nodes) if node.id == source)
        self.nodes[number] = replace(self.nodes[number], default=target)

    @property
    def drawing(self) -> Drawing:
        return Drawing(tuple(self.nodes), tuple(self.flows))


def whens() -> st.SearchStrategy[When]:
    return st.one_of(st.sampled_from(HELD), st.sampled_from(HELD), st.booleans())


def repeats() -> st.SearchStrategy[Repeat]:
    loops = st.builds(Repeat, st.just("loop"), st.integers(1, 3), whens(), st.booleans())
    return loops | st.builds(Repeat, st.sampled_from(["parallel", "sequential"]), st.integers(1, 3))


def perhaps(draw: DrawFn, one_in: int) -> bool:
    return bool(draw(st.integers(0, one_in - 1)) == one_in - 1)
