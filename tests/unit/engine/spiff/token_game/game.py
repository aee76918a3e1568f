"""The token game of BPMN 2.0 (chapter 13), by the letter: tokens on flows, activities that are open, scopes.

Written from the standard alone, without looking at the engine, to be compared with it. It is slow and simple: a state
is copied whole, and where the standard leaves the order open every order can be tried (`outcomes.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from tests.unit.engine.spiff.token_game.drawing import Drawing, Event, Flow, Node, Repeat, When
from tests.unit.engine.spiff.token_game.undoing import Done, next_group, record, reversed_groups, undone_scope
from tests.unit.engine.spiff.token_game.upstream import inclusive_is_enabled

MOST_STEPS = 300
MOST_OPEN = 40


class Runaway(Exception):
    """The drawing breeds tokens without end; nothing can be compared."""


@dataclass(slots=True, eq=False)
class Run:
    """A scope at work: the process, a run of a sub-process, a run of an event sub-process."""

    drawing: Drawing
    owner: Activity | None = None
    tokens: Counter[Flow] = field(default_factory=Counter)
    active: list[Activity] = field(default_factory=list)
    handling: list[Activity] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    interrupted: bool = False

    @property
    def is_done(self) -> bool:
        return not (self.tokens or self.active or self.handling)

    @property
    def is_catching(self) -> bool:
        """Whether its event sub-processes can begin: while it is active, not completing or terminating (13.5.4)."""
        return not self.interrupted and bool(self.tokens or self.active)

    def stop(self) -> None:
        """Take out all that is inside."""
        self.tokens.clear()
        self.active.clear()
        self.handling.clear()


@dataclass(slots=True, eq=False)
class Activity:
    """A node where a token is. `open` holds a run of the inside, or None where a person or an event is awaited.

    Of one that undoes: `queue` is what comes next, `undoing` how many handlers run now, each for its `thrower`.
    """

    node: Node
    run: Run
    open: list[Run | None] = field(default_factory=list)
    turns: int = 0
    is_stuck: bool = False
    queue: list[list[Done]] = field(default_factory=list)
    undoing: int = 0
    thrower: Activity | None = None


@dataclass(frozen=True, slots=True)
class Awaited:
    """What can happen from outside: at `element` a task is completed, a message or signal comes, a retry is asked."""

    kind: str
    element: str
    happen: Callable[[], None]


@dataclass(slots=True, eq=False)
class Game:
    """The state of one case; `held` are the numbers that hold during this action."""

    root: Run
    held: frozenset[int]
    on_their_way: list[tuple[Run, Activity | None, Node]] = field(default_factory=list)
    ended: bool = False
    steps: int = 0

    # -- what a token does at a node ------------------------------------------------------------------

    def begin(self, run: Run) -> None:
        for node in run.drawing.beginning:
            self.enter(run, node)

    def enter(self, run: Run, node: Node) -> None:
        """A token has come to `node` (joins: all that it waits for)."""
        if (linked := run.drawing.led_by_link(node)) is not None:
            self.leave(run, linked)
        elif node.kind in ("task", "sub"):
            self.open_activity(run, node)
        elif node.kind in ("catch", "event_based"):
            run.active.append(Activity(node, run, [None]))
        elif node.kind in ("end", "throw") and node.event is not None:
            run.active.append(thrower := Activity(node, run))
            self.throw(thrower, node.event)
        else:
            self.leave(run, node)

    def leave(self, run: Run, node: Node) -> None:
        """Put tokens on the flows out of `node`; without one that is open the token stays there, for a person."""
        flows = run.drawing.out[node.id]
        chosen = self.chosen(node, flows)
        if flows and not chosen:
            self.strand(run, node)
        run.tokens.update(chosen)

    def chosen(self, node: Node, flows: list[Flow]) -> list[Flow]:
        if node.kind in ("parallel", "event_based"):
            return flows
        default = [flow for flow in flows if flow.target == node.default]
        others = [flow for flow in flows if flow not in default]
        open_ones = [flow for flow in others if self.holds(flow.when)]
        if node.kind == "exclusive":
            return open_ones[:1] or default
        if default and not any(flow.when is not None for flow in open_ones):
            return open_ones + default
        return open_ones

    def strand(self, run: Run, node: Node) -> None:
        run.active.append(Activity(node, run, is_stuck=True))

    def retry(self, activity: Activity) -> None:
        """A person lets the stuck token try again."""
        activity.run.active.remove(activity)
        if activity.node.kind == "end":
            self.enter(activity.run, activity.node)
        else:
            self.leave(activity.run, activity.node)

    def holds(self, when: When) -> bool:
        if when is None or isinstance(when, bool):
            return when is not False
        return when in self.held

    # -- activities -----------------------------------------------------------------------------------

    def open_activity(self, run: Run, node: Node) -> None:
        activity = Activity(node, run)
        run.active.append(activity)
        repeat = node.repeat
        if repeat is not None and repeat.kind == "loop" and repeat.before and not self.holds(repeat.when):
            self.complete(activity)
            return
        for _ in range(repeat.times if repeat is not None and repeat.kind == "parallel" else 1):
            self.open_one(activity)

    def open_one(self, activity: Activity) -> None:
        activity.turns += 1
        if activity.node.inside is None:
            activity.open.append(None)
            return
        inside = Run(activity.node.inside, activity)
        activity.open.append(inside)
        self.begin(inside)

    def finish_one(self, activity: Activity, which: Run | None) -> None:
        """One of its runs is done: open the next, or complete the activity after the last."""
        activity.open.remove(which)
        record(activity, which)
        repeat = activity.node.repeat
        if repeat is not None and activity.turns < repeat.times and self.comes_again(repeat):
            self.open_one(activity)
        elif not activity.open:
            self.complete(activity)

    def comes_again(self, repeat: Repeat) -> bool:
        return repeat.kind == "sequential" or (repeat.kind == "loop" and self.holds(repeat.when))

    def complete(self, activity: Activity) -> None:
        run = activity.run
        if activity.node.kind == "handler":
            run.handling.remove(activity)
            return
        run.active.remove(activity)
        if activity.thrower is not None:
            activity.thrower.undoing -= 1
            self.undo_next(activity.thrower)
        else:
            self.leave(run, activity.node)

    # -- compensation ---------------------------------------------------------------------------------

    def undo_next(self, thrower: Activity) -> None:
        """Let the next handlers begin, once those before are done; after the last the thrower is done."""
        if thrower.undoing:
            return
        scope = undone_scope(thrower.run)
        for done in [*next_group(thrower.queue)]:
            thrower.undoing += 1
            if done.handler is not None:
                scope.active.append(Activity(done.handler, scope, [None], thrower=thrower))
                continue
            assert done.inside is not None
            within = Activity(done.beside.node, scope, queue=reversed_groups(done.inside), thrower=thrower)
            scope.active.append(within)
            self.undo_next(within)
        if not thrower.undoing and thrower.thrower is not None:
            self.complete(thrower)

    # -- events ---------------------------------------------------------------------------------------

    def throw(self, thrower: Activity, event: Event) -> None:
        """The token stays in the event until all have been told (`moves`)."""
        if event.kind == "terminate":
            thrower.run.stop()
        elif event.kind == "compensate":
            thrower.queue = reversed_groups(undone_scope(thrower.run))
            self.undo_next(thrower)
        elif event.kind == "signal":
            self.on_their_way += [each for each in self.catchers(self.root) if each[2].event == event]
        elif not self.climb(thrower.run, event) and event.kind == "error":
            thrower.is_stuck = True

    def climb(self, run: Run, event: Event) -> bool:
        """Hand an error or escalation to the nearest scope that catches it; an event sub-process catches nothing of
        its own run (13.5.4, 10.5.7)."""
        scope: Run | None = run
        from_handler: Node | None = None
        while scope is not None:
            if scope.is_catching:
                for node in scope.drawing.handlers:
                    if node is not from_handler and catches(start_of(node), event):
                        self.caught(scope, None, node)
                        return True
            owner = scope.owner
            if owner is None:
                return False
            if owner.node.kind != "handler":
                for node in owner.run.drawing.attached[owner.node.id]:
                    if catches(node, event):
                        self.caught(owner.run, owner, node)
                        return True
            from_handler = owner.node
            scope = owner.run
        return False

    def catchers(self, run: Run) -> Iterator[tuple[Run, Activity | None, Node]]:
        """All that wait for an event now, outermost first: scope, the activity it belongs to, the catching node."""
        if run.is_catching:
            for node in run.drawing.handlers:
                yield run, None, start_of(node)
        for activity in [*run.active, *run.handling]:
            if activity.is_stuck:
                continue
            if activity.node.kind == "catch":
                yield run, activity, activity.node
            if activity.node.kind == "event_based":
                for flow in run.drawing.out[activity.node.id]:
                    yield run, activity, run.drawing.by_id[flow.target]
            if activity.open and activity.node.kind in ("task", "sub"):
                for node in run.drawing.attached[activity.node.id]:
                    yield run, activity, node
            for inside in activity.open:
                if inside is not None:
                    yield from self.catchers(inside)

    def caught(self, run: Run, activity: Activity | None, node: Node) -> None:
        """`node` (a boundary, a catching event, an event sub-process or its start) takes its event."""
        if node.kind in ("start", "handler"):
            handler = next(each for each in run.drawing.handlers if node in (each, start_of(each)))
            self.handle(run, handler)
            return
        assert activity is not None
        if node.kind == "catch" or node.interrupting:
            run.active.remove(activity)
        self.leave(run, node)

    def handle(self, run: Run, handler: Node) -> None:
        if start_of(handler).interrupting:
            run.stop()
            run.interrupted = True
        activity = Activity(handler, run)
        run.handling.append(activity)
        self.open_one(activity)

    def still_waits(self, run: Run, activity: Activity | None, node: Node) -> bool:
        return any((run, activity, node) == each for each in self.catchers(self.root))

    # -- from outside ---------------------------------------------------------------------------------

    def awaited(self) -> list[Awaited]:
        """All that can happen now."""
        found = [
            Awaited(node.event.kind, node.id, partial(self.caught, run, activity, node))
            for run, activity, node in self.catchers(self.root)
            if node.event is not None and node.event.kind in ("message", "signal")
        ]
        for activity in self.activities(self.root):
            if activity.node.kind in ("task", "undoing") and not activity.is_stuck:
                task = Awaited("user_task", activity.node.id, partial(self.finish_one, activity, None))
                found += [task] * len(activity.open)
            if activity.is_stuck:
                found.append(Awaited("retry", activity.node.id, partial(self.retry, activity)))
        return found

    def activities(self, run: Run) -> Iterator[Activity]:
        for activity in [*run.active, *run.handling]:
            yield activity
            for inside in activity.open:
                if inside is not None:
                    yield from self.activities(inside)

    # -- moving on ------------------------------------------------------------------------------------

    def moves(self) -> list[Callable[[], None]]:
        """What can come next, each a choice where the standard leaves the order open; inclusive joins last."""
        if self.on_their_way:
            return [partial(self.deliver, number) for number in range(len(self.on_their_way))]
        for activity in self.activities(self.root):
            if activity.node.kind in ("end", "throw") and not (activity.is_stuck or activity.undoing):
                return [partial(self.complete, activity)]
        plain: list[Callable[[], None]] = []
        waiting: list[Callable[[], None]] = []
        for run in self.runs(self.root):
            if run.is_done and not self.ended:
                return [partial(self.finish, run)]
            for node in run.drawing.nodes:
                flows = run.drawing.into[node.id]
                with_token = [flow for flow in flows if run.tokens[flow]]
                if node.kind == "inclusive" and with_token:
                    if inclusive_is_enabled(run, node):
                        waiting.append(partial(self.take, run, node, with_token))
                elif node.kind == "parallel":
                    if with_token and len(with_token) == len(flows):
                        plain.append(partial(self.take, run, node, flows))
                else:
                    plain += [partial(self.take, run, node, [flow]) for flow in with_token]
        return plain + waiting

    def runs(self, run: Run) -> Iterator[Run]:
        """All scopes at work, the inner before the outer."""
        for activity in [*run.active, *run.handling]:
            for inside in activity.open:
                if inside is not None:
                    yield from self.runs(inside)
        yield run

    def take(self, run: Run, node: Node, flows: list[Flow]) -> None:
        """Consume a token on each of the flows and enter."""
        run.tokens.subtract(flows)
        run.tokens = +run.tokens
        self.count()
        self.enter(run, node)

    def deliver(self, number: int) -> None:
        run, activity, node = self.on_their_way.pop(number)
        if self.still_waits(run, activity, node):
            self.caught(run, activity, node)

    def finish(self, run: Run) -> None:
        if run.owner is None:
            self.ended = True
        else:
            self.finish_one(run.owner, run)

    def count(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS or sum(len(each.open) for each in self.activities(self.root)) > MOST_OPEN:
            raise Runaway


def start_of(handler: Node) -> Node:
    assert handler.inside is not None
    return handler.inside.start


def catches(node: Node, event: Event) -> bool:
    """Whether a boundary event or start event takes this error or escalation, by code or any."""
    return node.event is not None and node.event.kind == event.kind and node.event.name in ("", event.name)
