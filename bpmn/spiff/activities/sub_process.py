"""Sub-processes: embedded, called, ad-hoc, and those an event starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bpmn.spiff.activities.activity import Activity
from bpmn.spiff.activities.passing import EVERYTHING, Passing
from bpmn.spiff.boundary import CompensationScope
from bpmn.spiff.events.catching import CatchingNode
from bpmn.spiff.events.definitions import (
    CompensateDefinition,
    Definition,
    ErrorDefinition,
    EscalationDefinition,
)
from bpmn.spiff.events.start import StartEvent
from bpmn.spiff.node import Drawn
from bpmn.spiff.process_spec import ProcessSpec
from bpmn.spiff.runtime import Token
from domain.errors import ExpressionInvalid


class SubProcess(Activity):
    """An embedded sub-process or transaction; `inside` is its spec."""

    def __init__(self, process: ProcessSpec, drawn: Drawn, *, inside: ProcessSpec, **facts: Any) -> None:
        super().__init__(process, drawn, **facts)
        self.inside = inside
        self.done_record: CompensationScope | None = None

    def execute(self, token: Token) -> bool | None:
        token.start()
        scope = token.scope.run.open_scope(token, self.inside)
        scope.begin(self.inside.starts)
        return None

    def scope_done(self, token: Token) -> None:
        token.scope.run.close_scope(token)
        token.complete()


class CallActivity(Activity):
    """Runs another process inside this one; `passing` says what it sees and gives back."""

    def __init__(
        self, process: ProcessSpec, drawn: Drawn, *, called: str | None, passing: Passing = EVERYTHING, **facts: Any
    ) -> None:
        super().__init__(process, drawn, **facts)
        self.called = called
        self.passing = passing
        self.keeps_to_itself = not passing.all_out
        suffix = facts.get("name", "")
        self.done_record = CompensationScope(
            process, drawn, activity=drawn.key or drawn.id, inside=None, called=called, suffix=suffix
        )
        self.done_record.keeps_to_itself = self.keeps_to_itself

    def execute(self, token: Token) -> bool | None:
        run = token.scope.run
        inside = run.called_process(self.called, self.process)
        if inside is None:
            raise ExpressionInvalid(
                f"Không tìm thấy quy trình được gọi “{self.called or ''}”",
                f"the called process {self.called} is missing",
            )
        given = None if self.passing is EVERYTHING else self.passing.given(token)
        token.start()
        run.open_scope(token, inside, given).begin(inside.starts)
        return None

    def scope_done(self, token: Token) -> None:
        run = token.scope.run
        try:
            returned = self.passing.returned(run.scope_of(token))
        except ExpressionInvalid as error:
            run.fail(token, "check", error)
            return
        run.close_scope(token, returned)
        token.complete()

    def check(self, token: Token) -> None:
        self.scope_done(token)


class AdHocSubProcess(SubProcess):
    """Everything without an incoming flow is started, at once or one after the other, until the condition holds."""

    def execute(self, token: Token) -> bool | None:
        token.start()
        scope = token.scope.run.open_scope(token, self.inside)
        starts = self.inside.starts
        token.note(left=list(starts[1:]) if self.inside.sequential else None)
        scope.begin(starts[:1] if self.inside.sequential else starts)
        return None

    def has_enough(self, scope: Any) -> bool:
        """BPMN 2.0 section 13.3.5: the condition is looked at each time an activity is completed."""
        condition = self.inside.completion_condition
        return condition is not None and bool(scope.holds(condition))

    def stop(self, token: Token, scope: Any) -> None:
        """What still runs is cancelled, or awaited; nothing else begins."""
        token.note(left=None)
        if self.inside.cancel_remaining:
            scope.keep_known()
            scope.cancel_all()

    def scope_done(self, token: Token) -> None:
        left = token.internal_data.get("left")
        if left:
            token.note(left=list(left[1:]))
            token.scope.run.scope_of(token).resume(left[:1])
            return
        super().scope_done(token)


class EventSubProcess(SubProcess, CatchingNode):
    """Armed with its scope; its waiting token does not keep the scope open."""

    passive = True

    def __init__(self, process: ProcessSpec, drawn: Drawn, *, inside: ProcessSpec, start: StartEvent) -> None:
        super().__init__(process, drawn, inside=inside, definitions=start.definitions, parallel=start.parallel)
        self.start = start
        self.interrupting = start.interrupting or any(isinstance(each, ErrorDefinition) for each in start.definitions)
        self.event_element = start.drawn

    @property
    def is_thrown_at(self) -> bool:
        """Whether it waits for what is thrown inside: an error, an escalation, compensation."""
        kinds: tuple[type[Definition], ...] = (ErrorDefinition, EscalationDefinition, CompensateDefinition)
        return any(isinstance(each, kinds) for each in self.definitions)

    @property
    def undoes(self) -> bool:
        """Whether it undoes what its scope has done."""
        return any(isinstance(each, CompensateDefinition) for each in self.definitions)

    def enter(self, token: Token) -> None:
        self.await_events(token)

    def triggered(self, token: Token, variables: Mapping[str, Any]) -> None:
        scope = token.scope
        following = None if self.interrupting else self.repeats(token)
        if self.interrupting:
            scope.keep_known()
            scope.cancel_all(but=[token])
        elif following is None:
            scope.root.note(spent=[*scope.root.internal_data.get("spent", ()), self.name])
        else:
            scope.run.enter(scope.add(self, scope.root, scope.root.data, **following))
        token.hold({**scope.root.data, **variables})
        token.begin()
        token.ready()

    def execute(self, token: Token) -> bool | None:
        token.start()
        known = token.scope.variables()
        token.scope.run.open_scope(token, self.inside, known).begin([self.start.name])
        return None
