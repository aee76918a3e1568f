"""Timers that start cases: armed when a definition is deployed, armed again after each firing of a cycle."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bpmn.expressions import evaluate
from bpmn.spiff.timers import Due, first_due, next_due
from domain.errors import ExpressionInvalid
from domain.words import Words
from engine.cases import begin
from engine.models import process_of
from engine.moments import moment
from storage.tables import Definition, Timer
from storage.transactions import Work

INSTANTS = ("at", "start", "end")


def arm_start_timer(work: Work, definition: Definition, element_id: str, expression: str, now: datetime) -> None:
    """Let the start event fire when it is due first. Raises ExpressionInvalid."""
    functions = moment(work, now).functions
    try:
        due = first_due(expression, now, lambda source: evaluate(source, {}, functions))
    except ExpressionInvalid as error:
        error.source = expression
        said = Words(f"“{element_id}”: ") + error.told
        raise ExpressionInvalid(said, said.english) from error
    if due is not None:
        work.timers.add(
            Timer(
                definition_id=definition.id,
                element_id=element_id,
                due_at=due.at,
                cycle=encoded(due),
                created_at=now,
            )
        )


def fire_start_timer(work: Work, timer: Timer, now: datetime) -> None:
    """Start a case, and arm the next turn of a cycle."""
    assert timer.definition_id is not None
    definition = work.definitions.get(timer.definition_id)
    due = decoded(timer.cycle)
    following = next_due(due) if due is not None else None
    if following is None:
        timer.ended_at, timer.outcome = now, "fired"
    else:
        timer.due_at, timer.cycle, timer.enqueued_at = following.at, encoded(following), None
    process_id = process_of(work, definition.id, timer.element_id)
    begin(work, definition, process_id, {}, now, start_event=timer.element_id)


def encoded(due: Due) -> dict[str, Any] | None:
    """A cycle as a JSON value; None when the timer fires once."""
    if due.cycle is None:
        return None
    facts = due.encode()
    return {name: value.isoformat() if name in INSTANTS else value for name, value in facts.items()}


def decoded(cycle: dict[str, Any] | None) -> Due | None:
    """What `encoded` wrote."""
    if cycle is None:
        return None
    return Due.decode(
        {name: datetime.fromisoformat(value) if name in INSTANTS else value for name, value in cycle.items()}
    )
