"""What a drawing needs besides itself: the processes it calls and the decision tables it asks."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.definitions import Definition
from bpmn.drawing import Drawing
from bpmn.elements import extensions_of
from bpmn.names import bare
from bpmn.parsing import parse_xml


@dataclass(frozen=True, slots=True)
class Called:
    """A process called from another file; `version` None is the newest there is when a case starts."""

    key: str
    version: int | None = None


def called_processes(definition: Definition) -> tuple[Called, ...]:
    """The call activities whose process is not in the same file, each target once."""
    drawing = Drawing(parse_xml(definition.normalised))
    own = {process.get("id") for process in drawing.processes} | drawing.by_id.keys()
    found: dict[str, Called] = {}
    for node in drawing.of_type("callActivity"):
        key = bare(node.get("calledElement"))
        if not key or key in own:
            continue
        extensions = extensions_of(node)
        version = extensions.get("version", "")
        pinned = extensions.get("binding") == "version" and version.isdigit()
        found[key] = Called(key, int(version) if pinned else None)
    return tuple(found.values())


def decisions_asked(definition: Definition) -> frozenset[str]:
    """The ids of the decision tables its business rule tasks ask."""
    return frozenset(
        element.extensions["decision"] for element in definition.elements.values() if element.extensions.get("decision")
    )
