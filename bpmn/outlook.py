"""What comes after a step, read from the drawing: the next steps of people, and the way a case normally goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from bpmn.definitions import Definition
from bpmn.elements import Element
from bpmn.expressions import evaluate
from bpmn.names import MODEL, SUB_PROCESSES
from domain.errors import BangiaoError

PEOPLE = frozenset({"userTask", "manualTask"})
SHOWN = PEOPLE | {"callActivity"}
CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway", "complexGateway"})
LONGEST_WAY = 200


@dataclass(frozen=True, slots=True)
class Flow:
    """One arrow; `condition` is its expression, None when it has none."""

    target: str
    condition: str | None
    is_default: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """The arrows of a definition as drawn. `inside` maps a sub-process to its start events."""

    elements: Mapping[str, Element]
    flows: Mapping[str, tuple[Flow, ...]]
    inside: Mapping[str, tuple[str, ...]]

    def next_steps(self, element_id: str) -> tuple[Element, ...]:
        """The steps of people that may come directly after this one, in drawing order."""
        found: dict[str, Element] = {}
        seen: set[str] = set()
        pending = list(self._after(element_id))
        while pending:
            reached = pending.pop(0)
            if reached in seen or reached not in self.elements:
                continue
            seen.add(reached)
            element = self.elements[reached]
            if element.type in PEOPLE:
                found[reached] = element
            elif element.type in SUB_PROCESSES and self.inside.get(reached):
                pending += self.inside[reached]
            else:
                pending += self._after(reached)
        return tuple(found.values())

    def likely_way(
        self, element_id: str, variables: Mapping[str, Any], past: Collection[str] = ()
    ) -> tuple[Element, ...]:
        """The steps of people, and called processes, that normally follow, each once, up to the end.

        A condition that can already be judged is; otherwise the default arrow is taken. No way leads back into `past`.
        """
        seen = {element_id, *past}
        way: list[Element] = []
        here: str | None = element_id
        while here is not None and len(way) < LONGEST_WAY:
            here = self._next_person(here, variables, seen)
            if here is not None:
                seen.add(here)
                way.append(self.elements[here])
        return tuple(way)

    def _next_person(self, element_id: str, variables: Mapping[str, Any], seen: set[str]) -> str | None:
        """The first step of people after this one that was not seen yet; depth first along the likely arrows."""
        tried: set[str] = set()
        pending = list(self._likely(element_id, variables))
        while pending:
            reached = pending.pop(0)
            if reached in tried or reached in seen or reached not in self.elements:
                continue
            tried.add(reached)
            element = self.elements[reached]
            if element.type in SHOWN:
                return reached
            if element.type in SUB_PROCESSES and self.inside.get(reached):
                pending = [*self.inside[reached], *pending]
            else:
                pending = [*self._likely(reached, variables), *pending]
        return None

    def _after(self, element_id: str) -> tuple[str, ...]:
        """Where the arrows of a node lead; at the end of a sub-process, where the sub-process's arrows lead."""
        flows = self.flows.get(element_id, ())
        if flows:
            return tuple(flow.target for flow in flows)
        scope = self._scope_of(element_id)
        return () if scope is None else self._after(scope)

    def _likely(self, element_id: str, variables: Mapping[str, Any]) -> tuple[str, ...]:
        """Like `_after`, the likeliest first."""
        flows = self.flows.get(element_id, ())
        if not flows or self.elements[element_id].type not in CHOOSING:
            return self._after(element_id)
        return tuple(flow.target for flow in sorted(flows, key=lambda flow: _rank(flow, variables)))

    def _scope_of(self, element_id: str) -> str | None:
        element = self.elements.get(element_id)
        scope = element.scope if element else None
        return scope if scope is not None and self.elements.get(scope, element).type in SUB_PROCESSES else None  # type: ignore[union-attr]


def read_outlook(definition: Definition) -> Outlook:
    """The arrows of a definition that was read."""
    root = etree.fromstring(definition.xml, etree.XMLParser(resolve_entities=False, no_network=True))
    defaults = {node.get("default") for node in root.iter(f"{MODEL}*") if node.get("default")}
    flows: dict[str, list[Flow]] = {}
    for node in root.iter(f"{MODEL}sequenceFlow"):
        condition = node.findtext(f"{MODEL}conditionExpression")
        flow = Flow(node.get("targetRef", ""), condition.strip() if condition else None, node.get("id") in defaults)
        flows.setdefault(node.get("sourceRef", ""), []).append(flow)
    return Outlook(
        elements=definition.elements,
        flows={source: tuple(found) for source, found in flows.items()},
        inside={scope: tuple(starts) for scope, starts in _starts(definition)},
    )


def _starts(definition: Definition) -> Iterator[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for element in definition.elements.values():
        if element.type == "startEvent" and element.scope is not None:
            found.setdefault(element.scope, []).append(element.id)
    return iter(found.items())


def _rank(flow: Flow, variables: Mapping[str, Any]) -> int:
    """0 a condition known to hold, 1 the default or an arrow without condition, 2 not known, 3 known not to hold."""
    if flow.is_default or flow.condition is None:
        return 1
    try:
        return 0 if evaluate(flow.condition, variables) else 3
    except BangiaoError:
        return 2
