"""Tokens that wait at joins, when their case is put on another version: on which flow they wait there.

What cannot be told is refused, and so is a case in which a join would wait for a branch that never began; also where a
person moves a token.
"""

from __future__ import annotations

from collections.abc import Mapping

from bpmn.spiff.gateways.parallel import ParallelGateway
from bpmn.spiff.gateways.reach import Join
from bpmn.spiff.node import Node
from domain.errors import Conflict
from engine.spiff.scope import Scope
from engine.spiff.task import Token
from engine.spiff.workflow import Run


def rejoin(before: Run, after: Run, elements: Mapping[str, str]) -> None:
    """Let tokens at joins wait on the flows of the new version. Raises Conflict."""
    for token in after.joining_tokens():
        old = before.tokens[token.id].task_spec
        assert isinstance(old, Join)
        flow, reset = token.internal_data.get("flow"), token.internal_data.get("reset")
        if flow is not None:
            token.note(flow=same_flow(flow, old, token, elements))
        if reset is not None:
            token.note(reset=sorted(same_flow(each, old, token, elements) for each in reset))
    refuse_starved(before, after, elements)
    for host_id, scope in after.subprocesses.items():
        refuse_starved(before.subprocesses[host_id], scope, elements)
    for token in after.joining_tokens():
        if token.is_waiting and "flow" in token.internal_data:
            after.enter(token)


def same_flow(flow_id: str, old: Join, token: Token, elements: Mapping[str, str]) -> str:
    """The incoming flow of the token's join that was `flow_id`: by its id, else the one way there from its source."""
    join = token.task_spec
    assert isinstance(join, Join)
    if flow_id in join.upstream:
        return flow_id
    source = next((elements.get(flow.source, flow.source) for flow in old.incoming if flow.id == flow_id), "")
    direct = [flow.id for flow in join.incoming if flow.source == source]
    found = direct or [id for id, names in join.upstream.items() if source in names]
    if len(found) != 1:
        shown = old.bpmn_name or old.bpmn_id
        raise Conflict(
            f"Bản mới không còn nhánh mà “{shown}” đang chờ", f"the branch that {old.bpmn_id} waits on is gone"
        )
    return found[0]


def refuse_starved(before: Scope, after: Scope, elements: Mapping[str, str]) -> None:
    """Raise Conflict where a parallel join would wait for ever, and did not in the version before."""
    old_names = {new: old for old, new in elements.items()}
    for gateway in after.spec.task_specs.values():
        if isinstance(gateway, ParallelGateway) and is_starved(after, gateway):
            name: str = gateway.name
            old = before.spec.task_specs.get(old_names.get(name, name))
            if not isinstance(old, ParallelGateway) or not is_starved(before, old):
                shown = gateway.bpmn_name or gateway.bpmn_id
                raise Conflict(
                    f"Ở bản mới, “{shown}” sẽ chờ mãi một nhánh mà công việc này chưa từng mở",
                    f"in the new version {gateway.bpmn_id} would wait for ever for a branch this case never began",
                )


def refuse_to_starve(token: Token, node: Node) -> None:
    """Raise Conflict where a token moved to `node` would come on no branch, or leave a parallel join to wait for it."""
    if isinstance(node, Join) and len(node.incoming) > 1:
        raise Conflict(
            f"“{node.bpmn_name or node.bpmn_id}” nối các nhánh lại; hãy chuyển tới bước ngay trước hoặc ngay sau",
            f"{node.bpmn_id} joins branches; move to the step before or behind it",
        )
    scope = token.workflow
    for gateway in [each for each in scope.spec.task_specs.values() if isinstance(each, ParallelGateway)]:
        if is_starved(scope, gateway, without=token, instead=node) and not is_starved(scope, gateway):
            shown = gateway.bpmn_name or gateway.bpmn_id
            raise Conflict(
                f"Chuyển đi thì “{shown}” sẽ chờ mãi nhánh này",
                f"{gateway.bpmn_id} would wait for ever for this branch",
            )


def is_starved(
    scope: Scope, gateway: ParallelGateway, *, without: Token | None = None, instead: Node | None = None
) -> bool:
    """Whether some incoming flows have or can get a token, and others never will; one token may stand elsewhere."""
    waiting = {token.internal_data.get("flow") for token in scope.tokens_at(gateway) if token is not without}
    tokens = [token for token in scope.open.values() if token is not without and token.task_spec is not gateway]
    standing = {token.task_spec.name for token in tokens} | ({instead.name} if instead is not None else set())
    reached = [flow for flow, names in gateway.upstream.items() if flow in waiting or names & standing]
    return 0 < len(reached) < len(gateway.incoming)
