"""A process as nodes and flows, and nothing else: what both the token game and the engine are given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Self

Kind = Literal[
    "start", "end", "task", "pass", "exclusive", "parallel", "inclusive", "event_based", "catch", "throw", "sub",
    "boundary", "handler", "undoing",
]  # fmt: skip
"""`pass` is a task done at once, `handler` an event sub-process, `undoing` a task that compensates its `host`."""
Trigger = Literal["message", "signal", "error", "escalation", "terminate", "compensate", "link"]
When = bool | int | None
"""Whether a flow is open: always (None), by a constant, or on the days whose numbers hold this one."""


class Drawn:
    """A value: copies of a state share it."""

    __slots__ = ()

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


@dataclass(frozen=True, slots=True)
class Flow(Drawn):
    source: str
    target: str
    when: When = None

    @property
    def id(self) -> str:
        return f"{self.source}_{self.target}"


@dataclass(frozen=True, slots=True)
class Event(Drawn):
    """What is caught or thrown; without a name an error or escalation of any code."""

    kind: Trigger
    name: str = ""


@dataclass(frozen=True, slots=True)
class Repeat(Drawn):
    """A marker: runs together, one after the other, or as long as a condition holds (then at most `times`)."""

    kind: Literal["parallel", "sequential", "loop"]
    times: int
    when: When = None
    before: bool = False


@dataclass(frozen=True, slots=True)
class Node(Drawn):
    """`host`: the activity a boundary event or undoing task belongs to; `default`: the target of the default flow.

    What is `inside` a sub-process may be drawn as a process of its own that is `called`.
    """

    id: str
    kind: Kind
    event: Event | None = None
    host: str = ""
    interrupting: bool = True
    inside: Drawing | None = None
    called: bool = False
    repeat: Repeat | None = None
    default: str = ""


@dataclass(frozen=True, slots=True)
class Drawing(Drawn):
    """One level: a process or the inside of a sub-process. Ids are unique in the whole process."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    by_id: dict[str, Node] = field(init=False, compare=False, repr=False)
    out: dict[str, list[Flow]] = field(init=False, compare=False, repr=False)
    into: dict[str, list[Flow]] = field(init=False, compare=False, repr=False)
    attached: dict[str, list[Node]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        ids = [node.id for node in self.nodes]
        for name in ("by_id", "out", "into", "attached"):
            object.__setattr__(self, name, {})
        for node in self.nodes:
            self.by_id[node.id] = node
        for each in ids:
            self.out[each] = [flow for flow in self.flows if flow.source == each]
            self.into[each] = [flow for flow in self.flows if flow.target == each]
            self.attached[each] = [node for node in self.nodes if node.kind == "boundary" and node.host == each]

    @property
    def beginning(self) -> list[Node]:
        """Where tokens begin: at the start event, without one at every step nothing leads to (13.3.4)."""
        starts = [node for node in self.nodes if node.kind == "start"]
        apart = ("boundary", "handler", "undoing")
        return starts or [
            node
            for node in self.nodes
            if node.kind not in apart and not self.into[node.id] and not (node.event and node.event.kind == "link")
        ]

    @property
    def start(self) -> Node:
        return next(node for node in self.nodes if node.kind == "start")

    def led_by_link(self, node: Node) -> Node | None:
        """The catching link event of the same name, when `node` throws one."""
        if node.kind != "throw" or node.event is None or node.event.kind != "link":
            return None
        return next(each for each in self.nodes if each.kind == "catch" and each.event == node.event)

    @property
    def handlers(self) -> list[Node]:
        return [node for node in self.nodes if node.kind == "handler"]
