"""Definitions ready to run, parsed once per version and kept for as long as the process lives."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID

from bpmn.called import called_processes, decisions_asked
from bpmn.definitions import Definition as Drawn
from bpmn.definitions import read_definition
from bpmn.spiff.model import Model, compile_definition
from domain.errors import NotFound
from storage.transactions import Work

K = TypeVar("K")
V = TypeVar("V")

Bindings = Mapping[str, Mapping[str, Any]]


class Kept(Generic[K, V]):
    """The values used last, at most `size` of them; what they are made from never changes."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._values: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: K, value: V) -> V:
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return value


_drawn: Kept[UUID, Drawn] = Kept(400)
_models: Kept[tuple[Any, ...], Model] = Kept(200)


def drawn(work: Work, definition_id: UUID) -> Drawn:
    """The definition as it was read at its deployment. Raises NotFound."""
    found = _drawn.get(definition_id)
    if found is None:
        row = work.definitions.get(definition_id)
        found = _drawn.put(definition_id, read_definition(row.xml, row.key))
    return found


def model_of(work: Work, definition_id: UUID, bindings: Bindings | None = None) -> Model:
    """The definition ready to run, with the called processes and decision tables `bindings` names; without
    bindings, with the newest of each. Raises NotFound."""
    if bindings is None:
        bindings = current_bindings(work, definition_id)
    called, decisions = bindings["called"], bindings["decisions"]
    key = (definition_id, tuple(sorted(called.items())), tuple(sorted(decisions.items())))
    return _models.get(key) or _models.put(
        key,
        compile_definition(
            drawn(work, definition_id),
            called={name: compile_definition(drawn(work, UUID(id))) for name, id in called.items()},
            decisions={name: _decision(work, name, version) for name, version in decisions.items()},
        ),
    )


def current_bindings(work: Work, definition_id: UUID) -> dict[str, dict[str, Any]]:
    """What a case started now would call, however deep: {"called": {key: definition id}, "decisions": {key: version}}.

    What is not deployed is left out.
    """
    called: dict[str, str] = {}
    decisions: dict[str, int] = {}
    waiting = [definition_id]
    while waiting:
        definition = drawn(work, waiting.pop())
        for target in called_processes(definition):
            if target.key in called:
                continue
            found = (
                work.definitions.newest(target.key)
                if target.version is None
                else work.definitions.version(target.key, target.version)
            )
            if found is not None:
                called[target.key] = str(found.id)
                waiting.append(found.id)
        for key in decisions_asked(definition):
            version = work.decisions.newest_version(key)
            if version is not None:
                decisions[key] = version
    return {"called": called, "decisions": decisions}


def process_of(work: Work, definition_id: UUID, element_id: str) -> str:
    """The process an element lies in. Raises NotFound."""
    element = drawn(work, definition_id).elements.get(element_id)
    if element is None:
        raise NotFound(f"Không có phần tử {element_id}", f"no element {element_id}")
    return element.process_id


def _decision(work: Work, key: str, version: int) -> bytes:
    found = work.decisions.version(key, version)
    if found is None:
        raise NotFound(f"Không có bảng quyết định {key} bản {version}", f"no decision {key} version {version}")
    return found.xml
