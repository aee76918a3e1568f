"""Puts a case on another version of its definition: tokens stand at the same elements, or at those named for them."""

from __future__ import annotations

from collections.abc import Mapping

from bpmn.spiff.activities.activity import Activity
from bpmn.spiff.events.catching import CatchingNode
from bpmn.spiff.model import Model
from bpmn.spiff.moment import Moment
from bpmn.spiff.node import Drawn, Node
from bpmn.spiff.process_spec import ProcessSpec
from domain.errors import Conflict
from engine.spiff import codec, loading
from engine.spiff.codec import Decoded
from engine.spiff.rejoining import rejoin
from engine.spiff.scope import Scope
from engine.spiff.task import FUTURE, READY, STARTED, WAITING, Token
from engine.spiff.workflow import Run

RUN_OF_SEVERAL = " (instance)"


class Gone(Node):
    """Where a boundary event stood that the new version does not have."""

    visible = False
    passive = True


def migrated(run: Run, model: Model, elements: Mapping[str, str], moment: Moment) -> Run:
    """The same case on `model`; `elements` names the new element of those that have another id.

    Boundary events and event sub-processes that are new are armed, those that are gone cancelled. Raises Conflict when
    the new version has no place for a token.
    """
    if run.spec.name not in model.processes:
        raise Conflict(f"Bản mới không có quy trình “{run.spec.name}”", f"there is no process {run.spec.name}")

    def node_of(scope: Scope, decoded: Decoded) -> Node:
        return new_node(scope, run.tokens[decoded.id], elements)

    rows = [codec.encode(token) for token in run.tokens.values()]
    moved = loading.load(model, loading.encode_head(run), rows, node_of)
    moved.begin_command(moment)
    for token in list(moved.tokens.values()):
        moved.recorder.touch(token)
    for token in list(moved.tokens.values()):
        fit(moved, token, elements)
    rejoin(run, moved, elements)
    return moved


def new_node(scope: Scope, token: Token, elements: Mapping[str, str]) -> Node:
    """Where the token stands in the new version. Raises Conflict."""
    before = token.task_spec
    name, suffix = before.name.removesuffix(RUN_OF_SEVERAL), ""
    if name != before.name:
        suffix = RUN_OF_SEVERAL
    found = scope.spec.task_specs.get(elements.get(name, name) + suffix)
    if found is not None and type(found) is type(before):
        node: Node = found
        return node
    if token.is_passive:
        return Gone(ProcessSpec("gone", element_id="gone"), Drawn(before.name, before.drawn.type))
    shown = before.bpmn_name or before.bpmn_id
    raise Conflict(
        f"Bản mới không có chỗ cho “{shown}” đang chạy", f"the new version has no place for {before.bpmn_id}"
    )


def fit(run: Run, token: Token, elements: Mapping[str, str]) -> None:
    """Arm what is new beside the token, cancel what is gone."""
    node, scope = token.task_spec, token.workflow
    if "spent" in token.internal_data:
        token.note(spent=[elements.get(name, name) for name in token.internal_data["spent"]])
    if isinstance(node, Gone):
        run.cancel(token)
    elif isinstance(node, Activity) and token.has_state(READY | STARTED | WAITING) and token.begun:
        arm_missing(run, scope, token, list(node.boundaries))
    elif token is scope.root and not run.ended and not scope.is_completing:
        arm_missing(run, scope, token, [scope.spec.node(name) for name in scope.spec.event_sub_processes])


def arm_missing(run: Run, scope: Scope, above: Token, wanted: list[Node] | list[CatchingNode]) -> None:
    """Arm those of `wanted` of which no token stands under `above`, and that have not come for the last time."""
    present = {child.task_spec.name for child in above.children} | {*above.internal_data.get("spent", ())}
    for node in wanted:
        if node.name not in present:
            token = scope.add(node, above, above.data)
            token._set_state(FUTURE)
            run.enter(token)
