"""The whole case as SpiffWorkflow runs it: the top scope and the loop of engine steps."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from bpmn.decision_tables import decide
from bpmn.spiff.events.catching import CatchingNode
from bpmn.spiff.events.definitions import ConditionalDefinition
from bpmn.spiff.gateways.inclusive import InclusiveGateway
from bpmn.spiff.gateways.reach import Join
from bpmn.spiff.model import Model
from bpmn.spiff.moment import Moment
from bpmn.spiff.node import Node
from bpmn.spiff.process_spec import ProcessSpec
from domain.errors import ExpressionInvalid
from engine.spiff import compensation, events
from engine.spiff.changes import Wait
from engine.spiff.evaluating import Evaluating
from engine.spiff.failing import LATELY, MOST_STEPS, MOST_TOKENS, Failing, too_long
from engine.spiff.measuring import Measuring, too_large
from engine.spiff.recorder import Recorder
from engine.spiff.scope import Scope, SubScope
from engine.spiff.script_engine import OurScriptEngine
from engine.spiff.task import CANCELLED, STARTED, Token
from engine.spiff.throwing import Throwing

DEEPEST_SCOPE = 50


class Run(Throwing, Failing, Scope, BpmnWorkflow):  # type: ignore[misc]  # SpiffWorkflow has no types
    """The top scope, and what all scopes share. It runs only inside a command, with that command's `moment`."""

    subprocesses: dict[UUID, SubScope]

    def __init__(self, model: Model, spec: ProcessSpec, moment: Moment | None) -> None:
        self.run = self
        self.model = model
        self.current = moment
        self.work = Evaluating()
        self.open, self.standing_by, self.arrived = {}, {}, {}
        self.tokens: dict[UUID, Token] = {}
        self.runnable: dict[UUID, Token] = {}
        self.catching: dict[UUID, Token] = {}
        self.joining: dict[UUID, Token] = {}
        self.maybe_done: dict[int, Scope] = {}
        self.positions = 0
        self.ended = False
        self.recorder = Recorder(self)
        super().__init__(spec, script_engine=OurScriptEngine(), deserializing=True)

    @property
    def moment(self) -> Moment:
        assert self.current is not None, "a case moves only inside a command"
        return self.current

    def begin_command(self, moment: Moment, cause: Token | None = None) -> None:
        """A command of this moment begins, with all its work still to spend; `cause` is the timer or job that came."""
        self.current, self.work, self.stopped = moment, Evaluating(), None
        self.at_once = 0 if cause is None else cause.internal_data.get("at_once", 0)

    def next_position(self) -> int:
        """Positions count tokens in the order they were made."""
        self.positions += 1
        return self.positions

    def register(self, token: Token) -> None:
        """Keep the indexes of the whole case, too."""
        Scope.register(self, token)

    def queue(self, token: Token, is_runnable: bool) -> None:
        """Keep the indexes of what the engine may run, what waits for events, and what waits at joins."""
        for index, fits in (
            (self.runnable, is_runnable),
            (self.catching, token.is_waiting and isinstance(token.task_spec, CatchingNode)),
            (self.joining, token.is_waiting and isinstance(token.task_spec, InclusiveGateway)),
        ):
            if fits:
                index[token.id] = token
            else:
                index.pop(token.id, None)
        if token.is_here:
            self.tokens[token.id] = token

    def joining_tokens(self) -> list[Token]:
        """The tokens that wait at gateways for others."""
        return [token for token in self.tokens.values() if token.is_waiting and isinstance(token.task_spec, Join)]

    def evaluate(self, source: str, token: Token, extra: Mapping[str, Any] | None = None) -> Any:
        """The value of an expression on the token's variables. Raises ExpressionInvalid."""
        known = {**token.data, **extra} if extra else token.data
        return self.work.evaluate(source, known, self.moment.functions)

    def run_script(self, source: str, token: Token) -> None:
        """Run a script on the token's variables. Raises ExpressionInvalid, BpmnError."""
        token.set(self.work.run_script(source, token.data, self.moment.functions))

    def do_engine_steps(self, will_complete_task: Any = None, did_complete_task: Any = None) -> None:
        """Run whatever needs nobody, until everything waits. After MOST_STEPS what still runs stands in error.

        A case that was stopped with too many tokens gets room for as many more, so that a retry can go on.
        """
        left, most_tokens = MOST_STEPS, max(MOST_TOKENS, 2 * len(self.tokens))
        lately: deque[Node] = deque(maxlen=LATELY)
        measuring = Measuring(self)
        while self.runnable or self.settle():
            if left == 0 or len(self.tokens) > most_tokens:
                self.exhaust(too_long(lately))
                break
            left -= 1
            token = self.runnable.pop(next(iter(self.runnable)))
            lately.append(token.task_spec)
            token.run()
            self.end_scopes()
            large = measuring.grown_too_large()
            if large is not None:
                self.exhaust(too_large(large))
        self.replace_gone()

    def settle(self) -> bool:
        """When nothing runs: joins that wait for no one go on, conditions are looked at again."""
        self.end_scopes()
        for gateway, scope in dict.fromkeys((token.task_spec, token.workflow) for token in self.joining.values()):
            assert isinstance(gateway, InclusiveGateway)
            waiting = scope.tokens_at(gateway)
            others = [token for token in scope.open.values() if token.task_spec is not gateway]
            if waiting and gateway.goes_on(waiting, others):
                try:
                    gateway.join(waiting)
                except ExpressionInvalid as error:
                    self.fail(scope.tokens_at(gateway)[-1], "enter", error)
        for token in list(self.catching.values()):
            node = token.task_spec
            assert isinstance(node, CatchingNode)
            if token.is_waiting and any(isinstance(each, ConditionalDefinition) for each in node.definitions):
                node.recheck(token, token.workflow.seen())
        self.end_scopes()
        return bool(self.runnable)

    def ask_whether_done(self, scope: Scope) -> None:
        """See, when the step is over, whether the scope has anything open left."""
        self.maybe_done[id(scope)] = scope

    def end_scopes(self) -> None:
        """End the scopes in which nothing is open; where only event sub-processes run, no other begins."""
        while self.maybe_done:
            _, scope = self.maybe_done.popitem()
            if scope.open:
                if scope.is_completing:
                    scope.stand_down()
                continue
            if scope is self:
                self.end_case()
                continue
            host = scope.host
            if host is not None and self.subprocesses.get(host.id) is scope and host.has_state(STARTED):
                host.task_spec.scope_done(host)

    def end_case(self) -> None:
        """Nothing is open: what still stood by is cancelled, and the root keeps the result."""
        for token in list(self.standing_by.values()):
            self.cancel(token)
        for token in [token for token in self.tasks.values() if token is not self.root]:
            self.take_out(token)
        self.ended = self.completed = True

    def move_to(self, token: Token, node: Node) -> None:
        """Cancel the token and let one with the same variables enter `node`."""
        scope = token.workflow
        moved = scope.add(node, token.parent, scope.known_at(token))
        self.cancel(token)
        self.enter(moved)

    def cancel(self, token: Token) -> None:
        """Cancel the token with all that belongs to it."""
        if not token.is_here:
            return
        if token.id in self.subprocesses:
            self.destroy(self.subprocesses[token.id])
        for child in token.children:
            self.cancel(child)
        token._set_state(CANCELLED)
        self.recorder.finished(token, completed=False)
        token.workflow.drop(token)

    def disarm(self, token: Token) -> None:
        """The boundary events of a finished activity come no more."""
        for child in token.children:
            if child.is_passive:
                self.recorder.close(child, completed=False)
                token.workflow.take_out(child)

    def destroy(self, scope: SubScope) -> None:
        """Cancel everything inside and forget the scope."""
        for token in [*scope.open.values(), *scope.standing_by.values()]:
            self.cancel(token)
        for token in list(scope.tasks.values()):
            scope.take_out(token)
        del self.subprocesses[scope.parent_task_id]

    def open_scope(self, host: Token, spec: ProcessSpec, variables: Mapping[str, Any] | None = None) -> SubScope:
        """A scope inside `host`, with these variables, else with the host's."""
        if getattr(host.workflow, "depth", 0) >= DEEPEST_SCOPE:
            raise ExpressionInvalid(
                f"Quy trình gọi lồng nhau quá {DEEPEST_SCOPE} tầng", f"processes call each other {DEEPEST_SCOPE} deep"
            )
        scope = SubScope(spec, host.id, self)
        self.subprocesses[host.id] = scope
        scope.prepare(host.data if variables is None else variables)
        return scope

    def scope_of(self, host: Token) -> SubScope:
        """The scope inside `host`."""
        return self.subprocesses[host.id]

    def close_scope(self, host: Token, returned: Mapping[str, Any] | None = None) -> None:
        """Hand what it returned, else what it changed, to the host; keep the scope only when it can be undone later."""
        scope = self.subprocesses[host.id]
        host.set(scope.root.internal_data.get("result", {}) if returned is None else returned)
        if not compensation.keep(self, scope, host):
            self.destroy(scope)

    def called_process(self, name: str | None, caller: ProcessSpec) -> ProcessSpec | None:
        """The process a call activity names."""
        return self.model.called_process(name, caller)

    def decide(self, decision: str, token: Token) -> Any:
        """The result of a decision on the token's variables. Raises ExpressionInvalid."""
        tables = self.model.decisions.get(decision)
        if tables is None:
            raise ExpressionInvalid(f"Chưa có bảng quyết định “{decision}”", f"the decision {decision} is not deployed")
        return decide(tables, decision, token.data, self.moment.functions, self.work.evaluate)

    def get_task_from_id(self, task_id: UUID) -> Token | None:
        return self.tokens.get(task_id)

    def trigger(self, token: Token, variables: Mapping[str, Any]) -> None:
        """What the token waited for has come."""
        node = token.task_spec
        assert isinstance(node, CatchingNode)
        index = token.internal_data.get("came", 0)
        key = str(token.id) if len(node.definitions) == 1 else f"{token.id}:{index}"
        self.recorder.close(token, completed=True, key=None if node.parallel else key)
        node.triggered(token, variables)

    def open_wait(
        self,
        token: Token,
        kind: str,
        *,
        index: int | None = None,
        attributes: Mapping[str, Any] | None = None,
        element_id: str | None = None,
        name: str | None = None,
        due_at: Any = None,
        correlation: str | None = None,
    ) -> None:
        """Tell the outside what the token waits for."""
        drawn = token.task_spec.drawn
        key = str(token.id) if index is None else f"{token.id}:{index}"
        shown = drawn.name if name is None else name
        if kind in ("message", "signal"):
            shown = events.name_at(token, index or 0)
        wait = Wait(
            key, kind, token.id, element_id or drawn.id, shown, token.data, dict(attributes or {}), due_at, correlation
        )
        self.recorder.open(token, wait)
        if kind == "job" and self.at_once:
            token.note(at_once=self.at_once)

    def close_wait(self, token: Token, index: int) -> None:
        """One of several things the token waits for has come."""
        self.recorder.close_one(token, f"{token.id}:{index}")
