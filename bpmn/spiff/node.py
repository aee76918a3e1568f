"""What all elements have in common: a token enters, is run, and leaves along sequence flows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec

from bpmn.spiff.flow import Flow
from bpmn.spiff.process_spec import ROOT, ProcessSpec
from bpmn.spiff.runtime import Token
from domain.errors import ExpressionInvalid

if TYPE_CHECKING:
    from bpmn.spiff.boundary import BoundaryEvent

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the drawing says of any element: `attributes` are our extension attributes."""

    id: str
    type: str
    name: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    key: str = ""  # the id in the normalised file, where it has another one
    serves: str = ""  # of a node nobody drew: the drawn one it was inserted for

    @property
    def shown_id(self) -> str:
        """The id by which a person finds it in the drawing."""
        return self.serves or self.id


class Node(BpmnTaskSpec):  # type: ignore[misc]  # SpiffWorkflow has no types
    """A node of the drawing. Nothing is predicted: a task in the tree is a token that stands somewhere."""

    visible = True  # its runs are steps of the history
    passive = False  # a token here, while it waits, does not keep its scope open
    remembers = False  # a waiting token here says that something was done
    keeps_to_itself = False  # what the scope inside changes is not seen around it

    def __init__(self, process: ProcessSpec, drawn: Drawn, *, name: str | None = None, manual: bool = False) -> None:
        super().__init__(process, name or drawn.key or drawn.id, manual=manual)
        self.process = process
        self.drawn = drawn
        self.bpmn_id = drawn.id
        self.bpmn_name = drawn.name
        self.incoming: list[Flow] = []
        self.outgoing: list[Flow] = []
        self.default: str | None = None
        self.completion_quantity = 1
        self.boundaries: list[BoundaryEvent] = []

    def enter(self, token: Token) -> None:
        """A token has arrived."""
        token.begin()
        token.ready()

    def execute(self, token: Token) -> bool | None:
        """Do the work of the node; None: it goes on elsewhere."""
        return True

    def choose(self, token: Token) -> Sequence[Flow]:
        """The flows the token leaves by: all, except those whose condition is false."""
        return conditional_flows(self, token)

    def leave(self, token: Token, flows: Sequence[Flow]) -> None:
        """The node is done: go on."""
        token.scope.follow(token, list(flows) * self.completion_quantity)

    def scope_done(self, token: Token) -> None:
        """The scope inside the token has nothing open any more."""

    def has_enough(self, scope: Any) -> bool:
        """Whether nothing more shall begin in the scope inside. Raises ExpressionInvalid."""
        return False

    def stop(self, token: Token, scope: Any) -> None:
        """Nothing more shall begin in the scope inside the token."""

    def check(self, token: Token) -> None:
        """Look again whether the node is done, after a failure in doing so."""

    def _predict(self, my_task: Any, seen: Any = None, looked_ahead: int = 0, mask: int = 0) -> None:
        """Nothing: what may come is in the drawing."""

    def _update(self, my_task: Token) -> None:
        self.enter(my_task)

    def _run_hook(self, my_task: Token) -> bool | None:
        return self.execute(my_task)


class Root(Node):
    """Where the variables of a scope begin."""

    visible = False

    def __init__(self, process: ProcessSpec) -> None:
        super().__init__(process, Drawn(ROOT, "root"))


def conditional_flows(node: Node, token: Token, extra: Mapping[str, Any] = NOTHING) -> list[Flow]:
    """Every flow without a condition, with a true one, and the default when no condition was true."""
    conditional = [flow for flow in node.outgoing if flow.condition is not None and flow.id != node.default]
    true = {flow.id for flow in conditional if is_true(flow, token, extra)}
    return [
        flow
        for flow in node.outgoing
        if flow.id in true or (not true if flow.id == node.default else flow.condition is None)
    ]


def is_true(flow: Flow, token: Token, extra: Mapping[str, Any] = NOTHING) -> bool:
    """Whether the flow's condition holds for the token's variables and some of the gateway's own."""
    return flow.condition is None or bool(token.scope.run.evaluate(flow.condition, token, extra))


def nothing_chosen(node: Node) -> ExpressionInvalid:
    """No flow of a gateway can be taken."""
    return ExpressionInvalid(
        f"Không nhánh nào của “{node.bpmn_name or node.drawn.shown_id}” có điều kiện đúng, và không có nhánh mặc định",
        f"no flow of {node.drawn.shown_id} has a true condition, and there is no default",
    )
