"""Compensation (BPMN 2.0, 10.6 and 13.4.7): what was done is undone in reverse, by the handler that hangs at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.unit.engine.spiff.token_game.drawing import Drawing, Node

if TYPE_CHECKING:
    from tests.unit.engine.spiff.token_game.game import Activity, Run


@dataclass(slots=True, eq=False)
class Done:
    """A completed run of an activity: `handler` undoes it, else what was done `inside`; `beside` are runs together."""

    handler: Node | None
    inside: Run | None
    beside: Activity
    is_undone: bool = False


def handler_of(drawing: Drawing, host: Node) -> Node | None:
    return next((node for node in drawing.nodes if node.kind == "undoing" and node.host == host.id), None)


def record(activity: Activity, which: Run | None) -> None:
    """Remember a completed run of an activity that can be undone."""
    handler = handler_of(activity.run.drawing, activity.node)
    inside = which if which is not None and which.done else None
    if activity.node.kind in ("task", "sub") and (handler is not None or inside is not None):
        activity.run.done.append(Done(handler, None if handler is not None else inside, activity))


def reversed_groups(run: Run) -> list[list[Done]]:
    """What the scope has done, the last first; the runs of a multi-instance activity are undone together.

    Here we keep to other engines: the standard would undo sequential runs one after the other (10.6).
    """
    groups: list[list[Done]] = []
    for done in reversed(run.done):
        repeat = done.beside.node.repeat
        together = [each for each in groups if each[0].beside is done.beside]
        if together and repeat is not None and repeat.kind != "loop":
            together[0].append(done)
        else:
            groups.append([done])
    return groups


def undone_scope(run: Run) -> Run:
    """The scope a throw undoes: from inside an event sub-process the one it belongs to."""
    while run.owner is not None and run.owner.node.kind == "handler":
        run = run.owner.run
    return run


def next_group(queue: list[list[Done]]) -> Iterator[Done]:
    """The next that nobody has undone yet."""
    while queue:
        left = [done for done in queue.pop(0) if not done.is_undone]
        if left:
            for done in left:
                done.is_undone = True
                yield done
            return
