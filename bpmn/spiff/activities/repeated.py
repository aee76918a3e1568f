"""Activities that run several times: multi-instance and standard loops.

The node of the drawing becomes a container; each run is a token of `inner`, a child of the container's token. What the
runs change is collected in the container's facts, so that every run is compared with the same beginning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bpmn.spiff.activities.activity import Activity
from bpmn.spiff.events.definitions import Definition
from bpmn.spiff.node import Drawn
from bpmn.spiff.process_spec import ProcessSpec
from bpmn.spiff.runtime import Token
from bpmn.spiff.values import changed
from domain.errors import ExpressionInvalid

MOST_RUNS = 2_000
COUNTERS = ("loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances")


class Repeated(Activity):
    """The container: its boundary events span all runs, its flows are taken once."""

    visible = False

    def __init__(self, process: ProcessSpec, drawn: Drawn, *, inner: Activity) -> None:
        super().__init__(process, drawn)
        self.inner = inner

    def run_once(self, container: Token, index: int, local: Mapping[str, Any]) -> None:
        """Start the run number `index` with variables of its own."""
        facts = container.internal_data
        container.note(begun_runs=facts.get("begun_runs", 0) + 1)
        variables = {**container.data, **(facts.get("changed") or {}), **local, "loopCounter": index}
        run = container.scope.add(self.inner, container, variables, instance=index, local=[*local, "loopCounter"])
        container.scope.run.enter(run)

    def instance_done(self, container: Token, run: Token) -> None:
        """A run is completed: keep what it changed, then see whether to go on."""
        local = {*run.internal_data["local"], *COUNTERS}
        changes = {name: value for name, value in changed(container.data, run.data).items() if name not in local}
        facts = container.internal_data
        container.note(changed={**(facts.get("changed") or {}), **changes}, done=facts.get("done", 0) + 1)
        container.scope.drop(run)
        try:
            self.ran(container, run)
        except ExpressionInvalid as error:
            container.scope.run.fail(container, "check", error)

    def collect(self, run: Token) -> None:
        """A run is about to leave: keep what it gives. Raises ExpressionInvalid."""

    def ran(self, container: Token, run: Token) -> None:
        """A run is over; its token is taken out already."""
        raise NotImplementedError

    def finish(self, container: Token) -> None:
        """Cancel the runs that are left and go on."""
        for child in container.children:
            if "instance" in child.internal_data:
                container.scope.run.cancel(child)
        container.set(self.outcome(container))
        container.complete()

    def outcome(self, container: Token) -> Mapping[str, Any]:
        """The variables all runs together set."""
        return container.internal_data.get("changed") or {}


@dataclass(frozen=True, slots=True)
class Behavior:
    """What the runs throw at the boundary of the activity when they end (BPMN 2.0 tables 10.29 and 10.30).

    `complex` are conditions with what each throws; the first that holds ends the activity, too.
    """

    each: Definition | None = None
    first: Definition | None = None
    complex: tuple[tuple[str, tuple[Definition, ...]], ...] = ()


class MultiInstance(Repeated):
    """Runs once for each item of `collection`, or `cardinality` times; side by side or one after the other."""

    def __init__(
        self,
        process: ProcessSpec,
        drawn: Drawn,
        *,
        inner: Activity,
        sequential: bool,
        collection: str | None = None,
        cardinality: str | None = None,
        element_variable: str | None = None,
        output_collection: str | None = None,
        output_element: str | None = None,
        completion_condition: str | None = None,
        behavior: Behavior = Behavior(),
    ) -> None:
        super().__init__(process, drawn, inner=inner)
        self.sequential = sequential
        self.collection = collection
        self.cardinality = cardinality
        self.element_variable = element_variable
        self.output_collection = output_collection
        self.output_element = output_element
        self.completion_condition = completion_condition
        self.behavior = behavior

    def execute(self, token: Token) -> bool | None:
        items = self._items(token)
        token.note(count=len(items), items=items if self.sequential and self.collection is not None else None)
        token.start()
        if not items:
            token.set(self.outcome(token))
            return True
        for index, item in enumerate(items[:1] if self.sequential else items):
            if token.is_here:
                self.run_once(token, index, self._local(item))
        return None

    def collect(self, run: Token) -> None:
        if self.output_element is not None:
            run.note(output=[run.scope.run.evaluate(self.output_element, run)])

    def ran(self, container: Token, run: Token) -> None:
        if self.output_element is not None:
            outputs = container.internal_data.get("outputs") or {}
            container.note(outputs={**outputs, str(run.internal_data["instance"]): run.internal_data["output"][0]})
        first = container.internal_data["done"] == 1
        for event in (self.behavior.each, self.behavior.first if first else None):
            if event is not None:
                container.scope.run.throw_at_boundary(container, event)
        if container.is_here:
            self.check(container)

    def check(self, token: Token) -> None:
        facts = token.internal_data
        done, count, begun = facts.get("done", 0), facts["count"], facts.get("begun_runs", 0)
        thrown = self._complex(token) if begun else None
        for event in thrown or ():
            token.scope.run.throw_at_boundary(token, event)
        if thrown is not None or done >= count or (begun and self._holds(self.completion_condition, token)):
            self.finish(token)
        elif self.sequential and begun == done:
            self.run_once(token, done, self._local(facts["items"][done] if "items" in facts else done))

    def outcome(self, container: Token) -> Mapping[str, Any]:
        changes = super().outcome(container)
        return {**changes, self.output_collection: self._collected(container)} if self.output_collection else changes

    def _collected(self, container: Token) -> list[Any]:
        outputs = container.internal_data.get("outputs") or {}
        return [outputs[index] for index in sorted(outputs, key=int)]

    def _items(self, token: Token) -> Sequence[Any]:
        items = self._collection(token) if self.collection is not None else range(self._cardinality(token))
        if len(items) > MOST_RUNS:
            raise ExpressionInvalid(
                f"Lặp {len(items)} lần, quá {MOST_RUNS} lần cho phép", f"{len(items)} runs, over {MOST_RUNS}"
            )
        return items

    def _collection(self, token: Token) -> Sequence[Any]:
        assert self.collection is not None
        items = token.scope.run.evaluate(self.collection, token)
        if isinstance(items, (Mapping, str)) or not isinstance(items, Sequence):
            raise ExpressionInvalid(
                f"“{self.collection}” phải cho một danh sách", f"{self.collection} must give a list"
            )
        return items

    def _cardinality(self, token: Token) -> int:
        count = token.scope.run.evaluate(self.cardinality, token) if self.cardinality else 1
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            raise ExpressionInvalid(
                f"Số lần lặp phải là số nguyên không âm, đang là “{count}”",
                f"the cardinality must be an integer of 0 or more, it is {count!r}",
            )
        return count

    def _local(self, item: Any) -> dict[str, Any]:
        return {self.element_variable: item} if self.element_variable and self.collection is not None else {}

    def _complex(self, container: Token) -> Sequence[Definition] | None:
        """What the first condition that holds throws; None when none does."""
        return next((events for condition, events in self.behavior.complex if self._holds(condition, container)), None)

    def _holds(self, condition: str | None, container: Token) -> bool:
        if condition is None:
            return False
        facts = container.internal_data
        done, count, begun = facts.get("done", 0), facts["count"], facts.get("begun_runs", 0)
        counters = {
            "nrOfInstances": count,
            "nrOfCompletedInstances": done,
            "nrOfActiveInstances": begun - done,
            "loopCounter": done - 1,
            "numberOfInstances": count,
            "numberOfCompletedInstances": done,
            "numberOfActiveInstances": begun - done,
        }
        known = {**counters, **self.outcome(container)}
        return bool(container.scope.run.evaluate(condition, container, known))


class Loop(Repeated):
    """Runs while `condition` holds, tested before or after each run, at most `maximum` times."""

    def __init__(
        self,
        process: ProcessSpec,
        drawn: Drawn,
        *,
        inner: Activity,
        condition: str | None,
        maximum: int | None,
        test_before: bool,
    ) -> None:
        super().__init__(process, drawn, inner=inner)
        self.condition = condition
        self.maximum = maximum
        self.test_before = test_before

    def execute(self, token: Token) -> bool | None:
        token.start()
        if self.maximum == 0 or (self.test_before and not self._goes_on(token)):
            return True
        self.run_once(token, 0, {})
        return None

    def ran(self, container: Token, run: Token) -> None:
        self.check(container)

    def check(self, token: Token) -> None:
        done = token.internal_data.get("done", 0)
        if (self.maximum is not None and done >= self.maximum) or not self._goes_on(token):
            self.finish(token)
        else:
            self.run_once(token, done, {})

    def _goes_on(self, token: Token) -> bool:
        if self.condition is None:
            return self.maximum is not None
        counter = {"loopCounter": token.internal_data.get("done", 0)}
        return bool(token.scope.run.evaluate(self.condition, token, {**self.outcome(token), **counter}))
