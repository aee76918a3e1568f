"""Undoing: what was done is remembered by passive tokens; throwing compensation runs their handlers.

BPMN 2.0 sections 10.6 and 13.4.7: the last done is undone first, and only then the one before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from bpmn.spiff.activities.repeated import MultiInstance
from bpmn.spiff.activities.sub_process import CallActivity, EventSubProcess, SubProcess
from bpmn.spiff.boundary import CompensationBoundary, CompensationScope
from bpmn.spiff.events.definitions import CompensateDefinition

if TYPE_CHECKING:
    from engine.spiff.scope import Scope, SubScope
    from engine.spiff.task import Token
    from engine.spiff.workflow import Run

Record = CompensationBoundary | CompensationScope


def throw(token: Token, activity: str | None, *, waits: bool) -> bool:
    """Run the handlers of one activity, or of all the scope has done; whether the token must wait for them."""
    records = remembered(compensated_scope(token), activity)
    if not records:
        return False
    waiting = token if waits else stand_in(token)
    under_way = "queue" in waiting.internal_data
    waiting.note(queue=[*waiting.internal_data.get("queue", ()), *together(records)])
    if not under_way:
        compensate_next(token.workflow.run, waiting)
    return waits


def together(records: list[Token]) -> list[list[str]]:
    """The ids of records in the order of undoing: the runs of one multi-instance activity side by side."""
    groups: dict[str, list[str]] = {}
    for record in records:
        groups.setdefault(record.internal_data.get("beside", str(record.id)), []).append(str(record.id))
    return list(groups.values())


def beside(token: Token) -> str | None:
    """What the runs of one multi-instance activity have in common."""
    container = token.parent
    return str(container.id) if isinstance(container.task_spec, MultiInstance) else None


def stand_in(token: Token) -> Token:
    """A token that sees to the handlers of a thrower that goes on at once, and then ends."""
    scope = token.workflow
    waiting = scope.add(token.task_spec, scope.aside(token.parent, token.data), token.data, stands_in=True)
    waiting.start()
    return waiting


def compensate_next(run: Run, thrower: Token) -> bool:
    """Undo the next in the thrower's queue that nobody else has undone; False: there is none."""
    left = list(thrower.internal_data.get("queue", ()))
    while left:
        found = [run.tokens.get(UUID(each)) for each in left.pop(0)]
        records = [record for record in found if record is not None and record.is_waiting]
        if records:
            thrower.note(queue=left, running=len(records))
            for record in records:
                node = record.task_spec
                assert isinstance(node, (CompensationBoundary, CompensationScope))
                node.compensate(record, thrower)
            return True
    thrower.note(queue=None, running=None)
    return False


def handler_done(run: Run, thrower_id: UUID) -> None:
    """The next handler follows; after the last the thrower goes on."""
    thrower = run.tokens.get(thrower_id)
    if thrower is None or "queue" not in thrower.internal_data:
        return
    running = thrower.internal_data["running"] - 1
    thrower.note(running=running)
    if running or compensate_next(run, thrower):
        return
    if "stands_in" in thrower.internal_data:
        thrower.workflow.end(thrower)
    elif not isinstance(thrower.task_spec, CompensationScope):
        thrower.complete()


def inside(run: Run, record: Token) -> None:
    """Undo a finished sub-process: by its compensation event sub-process, else activity by activity."""
    scope = run.scope_of(record)
    for token in list(scope.standing_by.values()):
        if is_compensation_event(token):
            run.trigger(token, {})
            return
    record.note(queue=together(remembered(scope, None)))
    compensate_next(run, record)
    run.ask_whether_done(scope)


def keep(run: Run, scope: SubScope, host: Token) -> bool:
    """Keep a finished scope under a record of its own when something in it can be undone; whether it was kept."""
    node = host.task_spec
    record_node = node.done_record if isinstance(node, (SubProcess, CallActivity)) else None
    if record_node is None or host.task_spec.compensation is not None or not can_be_undone(scope):
        return False
    scope.keep_known()
    scope.root.hold({**scope.root.data, **scope.root.internal_data.get("result", {})})
    scope.root.note(result=None)
    for token in list(scope.standing_by.values()):
        if not token.task_spec.remembers and not is_compensation_event(token):
            run.cancel(token)
    root = host.workflow.root
    record = host.workflow.add(record_node, root, host.data, beside=beside(host))
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


def can_be_undone(scope: Scope) -> bool:
    """Whether something in a finished scope can be undone."""
    return bool(remembered(scope, None)) or any(is_compensation_event(token) for token in scope.standing_by.values())


def is_compensation_event(token: Token) -> bool:
    """Whether the token waits for compensation to be thrown."""
    definitions = getattr(token.task_spec, "definitions", ())
    return any(isinstance(each, CompensateDefinition) for each in definitions)
