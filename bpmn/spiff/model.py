"""A definition ready to run: the specs, built once per version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from bpmn.decision_tables import Decision, read_decisions
from bpmn.drawing import Drawing
from bpmn.names import MODEL
from bpmn.parsing import parse_xml
from bpmn.spiff.events import definitions, start
from bpmn.spiff.parsers.processes import read_process
from bpmn.spiff.parsers.shared import File
from bpmn.spiff.process_spec import ProcessSpec
from domain.errors import NotFound

if TYPE_CHECKING:
    from bpmn.definitions import Definition


@dataclass(frozen=True, slots=True)
class StartEvent:
    """A start event of a process; `kind` is none, message, signal, timer or conditional.

    `name` is that of the message or signal, `expression` the timer's text, the condition or the correlation.
    """

    element_id: str
    kind: str
    name: str | None = None
    expression: str | None = None


class Model:
    """The specs of one definition version; made by `compile_definition`. It never changes, cases share it."""

    def __init__(
        self,
        processes: Mapping[str, ProcessSpec],
        main: str | None,
        called: Mapping[str, Model],
        decisions: Mapping[str, Mapping[str, Decision]],
    ) -> None:
        self.processes = MappingProxyType(dict(processes))
        self.main = main  # the process that runs when nobody says which
        self.called = MappingProxyType(dict(called))
        self.decisions = MappingProxyType(dict(decisions))

    def process(self, process_id: str) -> ProcessSpec:
        """The spec of a process of the file. Raises NotFound."""
        if process_id not in self.processes:
            raise NotFound(f"Không có quy trình “{process_id}” trong bản vẽ", f"the file has no process {process_id}")
        return self.processes[process_id]

    def called_process(self, name: str | None, caller: ProcessSpec) -> ProcessSpec | None:
        """The process a call activity names: of the caller's file, else of the model handed in under that name."""
        if name is None:
            return None
        if name in caller.file:
            return caller.file[name]
        other = self.called.get(name)
        return None if other is None else other.processes.get(name) or other.processes.get(other.main or "")

    def start_events(self, process_id: str) -> tuple[StartEvent, ...]:
        """The start events of the process; one that waits for several things is listed once for each."""
        spec = self.process(process_id)
        found: list[StartEvent] = []
        for name in spec.start_events:
            node = spec.node(name)
            assert isinstance(node, start.StartEvent)
            kinds = [described(node.drawn.id, definition) for definition in node.definitions]
            found += [kind for kind in kinds if kind is not None] or [StartEvent(node.drawn.id, "none")]
        return tuple(found)


def described(element_id: str, definition: definitions.Definition) -> StartEvent | None:
    """What starts an instance there; None for what cannot."""
    if isinstance(definition, definitions.MessageDefinition):
        return StartEvent(element_id, "message", definition.name, definition.correlation)
    if isinstance(definition, definitions.SignalDefinition):
        return StartEvent(element_id, "signal", definition.name)
    if isinstance(definition, definitions.TimerDefinition):
        return StartEvent(element_id, "timer", expression=definition.text)
    if isinstance(definition, definitions.ConditionalDefinition):
        return StartEvent(element_id, "conditional", expression=definition.condition)
    return None


def compile_definition(
    definition: Definition,
    *,
    decisions: Mapping[str, bytes] = MappingProxyType({}),
    called: Mapping[str, Model] = MappingProxyType({}),
) -> Model:
    """Build the specs of a definition; `called` are the models of processes in other files, `decisions` DMN files, both
    by the name they are asked by, those of called processes included.

    Raises DefinitionInvalid for what cannot run.
    """
    return compile_xml(definition.normalised, decisions=decisions, called=called)


def compile_xml(
    normalised: bytes,
    *,
    decisions: Mapping[str, bytes] = MappingProxyType({}),
    called: Mapping[str, Model] = MappingProxyType({}),
) -> Model:
    """Build the specs of a normalised drawing. Raises DefinitionInvalid."""
    file = File(Drawing(parse_xml(normalised)))
    main: str | None = None
    for process in file.drawing.root.findall(f"{MODEL}process"):
        name = process.get("id", "")
        file.specs[name] = read_process(process, file)
        if main is None and process.get("isExecutable") == "true":
            main = name
    tables = {name: read_decisions(xml) for name, xml in decisions.items()}
    return Model(file.specs, main, called, tables)
