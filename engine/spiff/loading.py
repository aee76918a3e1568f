"""Rebuilds a case from its rows, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bpmn.spiff.model import Model
from bpmn.spiff.process_spec import ROOT, ProcessSpec
from engine.spiff.changes import StateRow
from engine.spiff.codec import Decoded
from engine.spiff.scope import Scope, SubScope
from engine.spiff.task import NOTHING, Token
from engine.spiff.workflow import Run

VERSION = 1


def encode_head(run: Run) -> dict[str, Any]:
    """What the rows do not say."""
    return {"version": VERSION, "process": run.spec.name, "positions": run.positions, "ended": run.ended}


def load(model: Model, head: Mapping[str, Any], rows: Iterable[StateRow]) -> Run:
    """The run as it was saved; parents come before their children."""
    run = Run(model, model.process(head["process"]), None)
    for row in sorted((row for row in rows if row.body is not None), key=lambda row: row.position):
        restore(run, Decoded(row))
    run.positions = head["positions"]
    run.ended = run.completed = head["ended"]
    run.recorder.forget()
    return run


def restore(run: Run, decoded: Decoded) -> None:
    """Put one token back, and with a root its scope."""
    if decoded.parent is not None:
        parent = run.tokens[decoded.parent]
        scope: Scope = parent.workflow
        known: Mapping[str, Any] = parent.data
    else:
        parent, scope, known = None, *root_scope(run, decoded)
    node = scope.spec.node(ROOT if decoded.parent is None else decoded.spec)
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
    spec = getattr(host.task_spec, "inside", None) or run.called_process(
        getattr(host.task_spec, "called", None), host.task_spec.process
    )
    assert isinstance(spec, ProcessSpec), f"nothing runs inside {host.task_spec.name}"
    return spec
