"""Undoing: what was done is remembered by passive tokens; throwing compensation runs their handlers.

BPMN 2.0 section 10.6: the last done is undone first. Handlers that wait (user tasks) are all open at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from bpmn.spiff.activities.sub_process import EventSubProcess, SubProcess
from bpmn.spiff.boundary import CompensationBoundary, CompensationScope
from bpmn.spiff.events.definitions import CompensateDefinition

if TYPE_CHECKING:
    from engine.spiff.scope import Scope, SubScope
    from engine.spiff.task import Token
    from engine.spiff.workflow import Run

Record = CompensationBoundary | CompensationScope


def throw(token: Token, activity: str | None) -> int:
    """Run the handlers of one activity, or of all the scope has done; how many the token waits for."""
    records = remembered(compensated_scope(token), activity)
    token.note(pending=token.internal_data.get("pending", 0) + len(records) or None)
    for record in records:
        compensate(record, token)
    return len(records)


def compensate(record: Token, thrower: Token) -> None:
    """Undo what one record remembers."""
    node = record.task_spec
    assert isinstance(node, (CompensationBoundary, CompensationScope))
    node.compensate(record, thrower)


def handler_done(run: Run, thrower_id: UUID) -> None:
    """The thrower goes on after the last of its handlers."""
    thrower = run.tokens.get(thrower_id)
    if thrower is None or "pending" not in thrower.internal_data:
        return
    pending = thrower.internal_data["pending"] - 1
    thrower.note(pending=pending or None)
    if not pending:
        thrower.complete()


def inside(run: Run, record: Token) -> None:
    """Undo a finished sub-process: by its compensation event sub-process, else activity by activity."""
    scope = run.scope_of(record)
    for token in list(scope.standing_by.values()):
        if is_compensation_event(token):
            run.trigger(token, {})
            return
    for each in remembered(scope, None):
        compensate(each, record)
    run.ask_whether_done(scope)


def keep(run: Run, scope: SubScope, host: Token) -> bool:
    """Keep a finished scope under a record of its own when something in it can be undone; whether it was kept."""
    node = host.task_spec
    record_node = node.done_record if isinstance(node, SubProcess) else None
    if record_node is None or not remembered(scope, None):
        return False
    for token in list(scope.standing_by.values()):
        if not token.task_spec.remembers and not is_compensation_event(token):
            run.cancel(token)
    record = host.workflow.add(record_node, host.workflow.root, host.data)
    record.wait()
    del run.subprocesses[host.id]
    run.subprocesses[record.id] = scope
    scope.parent_task_id = record.id
    for token in scope.tasks.values():  # parents come before children, so the record before its scope
        token.position = run.next_position()
        run.recorder.touch(token)
    return True


def compensated_scope(token: Token) -> Scope:
    """The scope whose work is undone: from inside an event sub-process, the one it belongs to."""
    scope = token.workflow
    while (host := scope.host) is not None and isinstance(host.task_spec, EventSubProcess):
        scope = host.workflow
    return scope


def remembered(scope: Scope, activity: str | None) -> list[Token]:
    """The records of one activity, or all, last done first."""
    records = [
        token
        for token in scope.standing_by.values()
        if isinstance(token.task_spec, (CompensationBoundary, CompensationScope))
        and activity in (None, token.task_spec.activity)
    ]
    return sorted(records, key=lambda token: token.position, reverse=True)


def is_compensation_event(token: Token) -> bool:
    """Whether the token waits for compensation to be thrown."""
    definitions = getattr(token.task_spec, "definitions", ())
    return any(isinstance(each, CompensateDefinition) for each in definitions)
