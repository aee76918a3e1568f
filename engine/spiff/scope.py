"""What the process and its sub-processes share: their tokens, and how tokens move, melt and end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.util.task import TaskFilter

from bpmn.spiff.activities.activity import Activity
from bpmn.spiff.activities.sub_process import CallActivity, EventSubProcess
from bpmn.spiff.flow import Flow
from bpmn.spiff.node import Node
from bpmn.spiff.process_spec import ProcessSpec
from bpmn.spiff.values import FrozenDict, changed, freeze_all
from engine.spiff.merging import hand_on, is_aside, keep, merged
from engine.spiff.task import COMPLETED, OPEN, READY, Token

if TYPE_CHECKING:
    from engine.spiff.workflow import Run


class Scope:
    """Mixed into SpiffWorkflow's workflows. `tasks` holds the tokens, oldest first."""

    run: Run
    spec: ProcessSpec
    tasks: dict[UUID, Token]
    root: Token
    open: dict[UUID, Token]
    standing_by: dict[UUID, Token]
    arrived: dict[str, dict[UUID, Token]]

    @property
    def host(self) -> Token | None:
        """The token of the sub-process or call activity; None at the top."""
        return None

    def prepare(self, variables: Mapping[str, Any]) -> None:
        """Make the root, with the variables the scope begins with."""
        self.root = self.task_tree = Token(self, self.spec.start, None, COMPLETED)
        self.root.hold(variables)

    def register(self, token: Token) -> None:
        """Keep the index of open and passive tokens after a change of state."""
        self.open.pop(token.id, None)
        self.standing_by.pop(token.id, None)
        if token.has_state(OPEN):
            (self.standing_by if token.is_passive else self.open)[token.id] = token
        self.note_arrival(token)
        self.run.queue(token, token.has_state(READY) and not token.task_spec.manual)
        self.run.recorder.touch(token)

    def note_arrival(self, token: Token) -> None:
        """Keep the index of tokens that wait, by node."""
        waiting = self.arrived.setdefault(token.task_spec.name, {})
        if token.is_waiting:
            waiting[token.id] = token
        else:
            waiting.pop(token.id, None)

    def variables_changed(self, token: Token) -> None:
        """Write the token again, and those whose rows are differences to it."""
        touch = self.run.recorder.touch
        touch(token)
        for child in token.children:
            touch(child)
        inside = self.run.subprocesses.get(token.id)
        if inside is not None:
            touch(inside.root)

    def get_tasks_iterator(self, first_task: Token | None = None, **wanted: Any) -> Any:
        """The tokens that match, by the index instead of the tree."""
        names = ("task_filter", "end_at_spec", "max_depth", "depth_first", "skip_subprocesses")
        given = wanted.get("task_filter") or TaskFilter(**{k: v for k, v in wanted.items() if k not in names})
        within = [first_task, *descendants(first_task)] if first_task is not None else list(self.tasks.values())
        return (task for task in within if given.matches(task))

    def is_completed(self) -> bool:
        """Whether nothing in it is open."""
        return not self.open

    @property
    def is_completing(self) -> bool:
        """Whether only event sub-processes still run: then no other may begin (BPMN 2.0 section 13.5.4)."""
        is_next_to_come = self.host is not None and bool(self.host.internal_data.get("left"))
        return not is_next_to_come and all(isinstance(each.task_spec, EventSubProcess) for each in self.open.values())

    def stand_down(self) -> None:
        """Let no other event sub-process begin; what undoes the scope stays."""
        for token in list(self.standing_by.values()):
            node = token.task_spec
            if isinstance(node, EventSubProcess) and not node.undoes:
                self.run.cancel(token)

    def update_waiting_tasks(self) -> None:
        """Nothing waits for being asked again: whatever changes a wait triggers it."""

    def tokens_at(self, node: Node) -> list[Token]:
        """The waiting tokens at `node`, oldest first."""
        return list(self.arrived.get(node.name, {}).values())

    def rivals(self, token: Token, group: str) -> list[Token]:
        """The other tokens of a group."""
        return [each for each in self.open.values() if each is not token and each.internal_data.get("group") == group]

    def add(self, node: Node, parent: Token, variables: Mapping[str, Any], **facts: Any) -> Token:
        """A new token under `parent`; it has not entered its node yet."""
        token = Token(self, node, parent)
        token.data = freeze_all(variables) if not isinstance(variables, FrozenDict) else variables
        if facts:
            token.note(**facts)
        return token

    def begin(self, names: Sequence[str]) -> None:
        """Arm the event sub-processes and let tokens enter the nodes."""
        first = [self.add(self.spec.node(name), self.root, self.root.data) for name in names]
        for name in self.spec.event_sub_processes:
            armed = self.add(self.spec.node(name), self.root, self.root.data)
            self.run.enter(armed)
            if armed.begun and armed.task_spec.interrupting:
                break
        self.enter_all(first)
        self.run.ask_whether_done(self)

    def resume(self, names: Sequence[str]) -> None:
        """Let tokens enter the nodes, in a scope that has begun already."""
        known = self.variables()
        beginning = self.aside(self.root, known)
        self.enter_all([self.add(self.spec.node(name), beginning, known) for name in names])

    def aside(self, parent: Token, variables: Mapping[str, Any], position: int | None = None) -> Token:
        """Where something begins that runs beside its origin: what it brings along is no change of its own."""
        token = Token(self, self.spec.start, parent, COMPLETED, position=position)
        token.hold(variables)
        token.note(aside=True)
        return token

    def set_beside(self, token: Token, parent: Token, variables: Mapping[str, Any]) -> None:
        """Move a token from its host under `parent`, to go on beside it with these variables."""
        beginning = self.aside(parent, variables, token.position)
        token.position = self.run.next_position()
        self.move(token, beginning)
        token.hold(beginning.data)

    def enter_all(self, tokens: Iterable[Token]) -> None:
        """Let those enter that an earlier one has not cancelled."""
        for token in tokens:
            if token.is_here:
                self.run.enter(token)

    def follow(self, token: Token, flows: Sequence[Flow]) -> None:
        """Move a completed token along `flows`; without any it ends here. With several it stays as their fork."""
        if not flows:
            self.end(token)
            return
        parent = token if len(flows) > 1 else token.parent
        moved = [self.add(self.spec.node(flow.target), parent, token.data, flow=flow.id) for flow in flows]
        if parent is not token:
            self.drop(token)
        self.enter_all(moved)

    def has_enough(self, token: Token) -> bool:
        """Whether nothing shall follow the activity the token completes. Raises ExpressionInvalid."""
        is_whole = isinstance(token.task_spec, Activity) and "instance" not in token.internal_data
        return is_whole and self.host is not None and self.host.task_spec.has_enough(self)

    def stop(self) -> None:
        """Let nothing more begin."""
        if self.host is not None:
            self.host.task_spec.stop(self.host, self)

    def end(self, token: Token) -> None:
        """Take a completed token out; what it changed becomes the scope's result."""
        thrower = token.internal_data.get("thrower")
        keep(token.parent, changed(token.parent.data, token.data))
        self.drop(token)
        if thrower is not None:
            self.run.compensated(UUID(thrower))

    def drop(self, token: Token) -> None:
        """Take a token out; a fork with one branch left is no fork any more."""
        parent = token.parent
        self.take_out(token)
        while parent is not None and parent is not self.root and parent.has_state(COMPLETED):
            above, children = parent.parent, parent.children
            if len(children) > 1 or (children and is_aside(parent)):
                break
            hand_on(parent)
            for child in children:
                self.move(child, above)
            self.take_out(parent)
            parent = above
        self.run.ask_whether_done(self)

    def take_out(self, token: Token) -> None:
        """Forget the token."""
        parent = token.parent
        if parent is not None:
            parent._children.remove(token.id)
        self.tasks.pop(token.id, None)
        self.open.pop(token.id, None)
        self.standing_by.pop(token.id, None)
        token.is_here = False
        self.run.tokens.pop(token.id, None)
        self.note_arrival(token)
        self.run.queue(token, False)
        self.run.recorder.gone(token)

    def move(self, token: Token, parent: Token) -> None:
        """Make `parent` the token's parent."""
        token.parent._children.remove(token.id)
        token.parent = parent
        parent._children.append(token.id)
        self.run.recorder.touch(token)

    def merge(self, tokens: Sequence[Token], survivor: Token) -> None:
        """Melt the tokens into `survivor`, with the variables each of them changed."""
        others = [token for token in tokens if token is not survivor]
        if others:
            survivor.hold(merged([*others, survivor]))
            survivor.note(flow=None)
        for token in others:
            self.drop(token)

    def keep_known(self) -> None:
        """Make what is known so far the result of the scope, before those who know it are cancelled."""
        keep(self.root, changed(self.root.data, self.variables()))

    def cancel_all(self, but: Iterable[Token] = ()) -> None:
        """Cancel every open token except some; what was done stays remembered for compensation."""
        spared = {token.id for token in but}
        for token in [*self.open.values(), *self.standing_by.values()]:
            if token.is_here and token.id not in spared and not (token.task_spec.remembers and token.is_passive):
                self.run.cancel(token)
        for token in list(self.tasks.values()):
            if token.id not in spared and token.has_state(COMPLETED) and token is not self.root and not token.children:
                self.drop(token)  # it threw what cancels the others, and goes no further

    def variables(self) -> FrozenDict:
        """What all its tokens together know: the root's, then each token's changes and those of its ended branches."""
        known = {**self.root.data, **self.root.internal_data.get("result", {})}
        for token in sorted(self.tasks.values(), key=lambda each: each.position):
            above, facts = token.parent, token.internal_data
            if above is not None and not token.is_passive and "instance" not in facts and "aside" not in facts:
                known.update(changed(above.data, self.known_at(token)))
                known.update(facts.get("ended", {}))
        return FrozenDict(known)

    def seen(self) -> Mapping[str, Any]:
        """What a condition inside sees: what the scope knows, and what changed around it since it began.

        A called process sees only what it was given (BPMN 2.0 section 10.4.1).
        """
        known, host = self.variables(), self.host
        if host is None or isinstance(host.task_spec, CallActivity):
            return known
        local = host.internal_data.get("local", ())
        around = changed(self.root.data, host.workflow.seen())
        news = {name: value for name, value in around.items() if name not in local}
        return {**known, **news, **changed(self.root.data, known)}

    def known_at(self, token: Token) -> Mapping[str, Any]:
        """The token's variables with what has changed inside it so far; each of several runs keeps its own."""
        inside = self.run.subprocesses.get(token.id)
        if inside is not None and token.task_spec.keeps_to_itself:
            return token.data
        if inside is not None:
            return {**token.data, **changed(inside.root.data, inside.variables())}
        collected = token.internal_data.get("changed")
        return {**token.data, **collected} if collected else token.data

    def holds(self, condition: str) -> bool:
        """Whether the expression is true for what the scope knows. Raises ExpressionInvalid."""
        return bool(self.run.evaluate(condition, self.root, self.variables()))


def descendants(token: Token) -> Iterable[Token]:
    """The tokens below, without recursion."""
    waiting = list(token.children)
    while waiting:
        below = waiting.pop()
        yield below
        waiting += below.children


class SubScope(Scope, BpmnSubWorkflow):  # type: ignore[misc]  # SpiffWorkflow has no types
    """A running sub-process or called process."""

    parent_task_id: UUID

    def __init__(self, spec: ProcessSpec, host_id: UUID, run: Run) -> None:
        self.run = run
        self.open, self.standing_by, self.arrived = {}, {}, {}
        super().__init__(spec, host_id, run, deserializing=True)

    @property
    def host(self) -> Token | None:
        return self.run.tokens.get(self.parent_task_id)
