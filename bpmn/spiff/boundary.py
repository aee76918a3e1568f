"""Boundary events: attached to an activity, armed when it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bpmn.spiff.events.catching import CatchingNode
from bpmn.spiff.events.definitions import Definition
from bpmn.spiff.node import Drawn, Node
from bpmn.spiff.process_spec import ProcessSpec
from bpmn.spiff.runtime import Token


class BoundaryEvent(CatchingNode):
    """Its waiting token is a child of its host's, and becomes the host's sibling when the event comes."""

    passive = True

    def __init__(
        self,
        process: ProcessSpec,
        drawn: Drawn,
        *,
        host_name: str,
        definitions: Sequence[Definition],
        interrupting: bool,
        parallel: bool = False,
    ) -> None:
        super().__init__(process, drawn, definitions=definitions, parallel=parallel)
        self.host_name = host_name
        self.interrupting = interrupting

    def enter(self, token: Token) -> None:
        self.await_events(token)

    def triggered(self, token: Token, variables: Mapping[str, object]) -> None:
        scope, host = token.scope, token.parent
        known = scope.known_at(host)
        if self.interrupting:
            scope.move(token, host.parent)
            token.hold(known)
            scope.run.cancel(host)
        else:
            following = self.repeats(token)
            scope.set_beside(token, host.parent, known)
            if following is None:
                host.note(spent=[*host.internal_data.get("spent", ()), self.name])
            else:
                scope.run.enter(scope.add(self, host, host.data, **following))
        token.set(variables)
        token.begin()
        token.ready()


class CompensationBoundary(Node):
    """Ties an activity to the handler that undoes it. Its token remembers that the activity was done."""

    visible = False
    passive = True
    remembers = True

    def __init__(self, process: ProcessSpec, drawn: Drawn, *, activity: str, handler: str) -> None:
        super().__init__(process, drawn)
        self.activity = activity
        self.handler = handler

    def enter(self, token: Token) -> None:
        token.wait()

    def compensate(self, token: Token, thrower: Token) -> None:
        """Run the handler, with what was local to the run it undoes; the thrower waits for it."""
        scope = token.scope
        local = {name: token.data[name] for name in token.internal_data.get("local", ()) if name in token.data}
        beginning = scope.aside(scope.root, {**scope.variables(), **local})
        handler = scope.add(self.process.node(self.handler), beginning, beginning.data, thrower=str(thrower.id))
        scope.drop(token)
        scope.run.enter(handler)


class CompensationScope(Node):
    """A sub-process or called process that was completed and can be undone from within; its token keeps the scope."""

    visible = False
    passive = True
    remembers = True

    def __init__(
        self,
        process: ProcessSpec,
        drawn: Drawn,
        *,
        activity: str,
        inside: ProcessSpec | None,
        called: str | None = None,
        suffix: str = "",
    ) -> None:
        super().__init__(process, drawn, name=f"{suffix or drawn.key} (done)")
        self.activity = activity
        self.inside = inside
        self.called = called

    def enter(self, token: Token) -> None:
        token.wait()

    def compensate(self, token: Token, thrower: Token) -> None:
        """Undo what was done inside: by its compensation event sub-process, or each activity by its own handler."""
        token.note(thrower=str(thrower.id))
        token.hold(token.scope.root.data)
        token.start()
        token.scope.run.compensate_inside(token)

    def scope_done(self, token: Token) -> None:
        token.scope.run.close_scope(token, {} if self.keeps_to_itself else None)
        token.complete()
