"""Rebuilds a case from its rows, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bpmn.spiff.model import Model
from bpmn.spiff.node import Node
from bpmn.spiff.process_spec import ROOT, ProcessSpec
from domain.errors import Conflict
from engine.spiff.changes import StateRow
from engine.spiff.codec import Decoded
from engine.spiff.scope import Scope, SubScope
from engine.spiff.task import NOTHING, Token
from engine.spiff.workflow import Run

VERSION = 1  # of head and rows; a change that older builds cannot read raises it, and older states are still read


class StateTooNew(Conflict):
    """The case was saved by a newer build, in a way this one does not know."""


def same_node(scope: Scope, decoded: Decoded) -> Node:
    """The node the row names."""
    return scope.spec.node(decoded.spec)


def encode_head(run: Run) -> dict[str, Any]:
    """What the rows do not say."""
    return {"version": VERSION, "process": run.spec.name, "positions": run.positions, "ended": run.ended}


def load(
    model: Model,
    head: Mapping[str, Any],
    rows: Iterable[StateRow],
    node_of: Callable[[Scope, Decoded], Node] = same_node,
) -> Run:
    """The run as it was saved; parents come before their children. `node_of` finds where a token stands.

    Raises StateTooNew.
    """
    if head["version"] > VERSION:
        raise StateTooNew(
            f"Hồ sơ này được một bản Bàn Giao mới hơn lưu (dạng {head['version']}, bản này đọc đến dạng {VERSION});"
            " hãy cập nhật phần mềm trên máy này",
            f"a newer build saved this case (format {head['version']}, this one reads up to {VERSION});"
            " bring the software on this machine up to date",
        )
    run = Run(model, model.process(head["process"]), None)
    for row in sorted((row for row in rows if row.body is not None), key=lambda row: row.position):
        restore(run, Decoded(row), node_of)
    run.positions = head["positions"]
    run.ended = run.completed = head["ended"]
    run.recorder.forget()
    return run


def restore(run: Run, decoded: Decoded, node_of: Callable[[Scope, Decoded], Node]) -> None:
    """Put one token back, and with a root its scope."""
    if decoded.parent is not None:
        parent = run.tokens[decoded.parent]
        scope: Scope = parent.workflow
        known: Mapping[str, Any] = parent.data
    else:
        parent, scope, known = None, *root_scope(run, decoded)
    node = scope.spec.node(ROOT) if decoded.parent is None else node_of(scope, decoded)
    token = Token(scope, node, parent, decoded.state, decoded.id, decoded.position)
    token.last_state_change = decoded.changed_at
    token.begun, token.saved = decoded.begun, True
    token.internal_data = decoded.facts
    token.data = decoded.variables(known)
    if parent is None:
        scope.root = scope.task_tree = token


def root_scope(run: Run, decoded: Decoded) -> tuple[Scope, Mapping[str, Any]]:
    """The scope a root belongs to, and what its host knows."""
    if decoded.host is None:
        return run, NOTHING
    host = run.tokens[decoded.host]
    scope = SubScope(inside(run, host), host.id, run)
    run.subprocesses[host.id] = scope
    return scope, host.data


def inside(run: Run, host: Token) -> ProcessSpec:
    """The spec of the scope inside a token."""
    node = host.task_spec
    spec = getattr(node, "inside", None) or run.called_process(getattr(node, "called", None), node.process)
    assert isinstance(spec, ProcessSpec), f"nothing runs inside {node.name}"
    return spec
