"""Reads a BPMN 2.0 file into what the engine deploys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from bpmn.checks import examine
from bpmn.drawing import children
from bpmn.elements import Element, own_id, read_elements
from bpmn.findings import Finding, has_errors
from bpmn.names import DRAWN_ID, EXTENSION, INSERTED_FOR, MODEL
from bpmn.surroundings import NOTHING_KNOWN, Surroundings
from domain.errors import DefinitionInvalid


@dataclass(frozen=True, slots=True)
class Process:
    """One process of a file; `candidate_starters` is the text of the attribute, empty for everybody."""

    id: str
    name: str
    is_executable: bool
    description: str = ""
    candidate_starters: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A file that can run.

    `elements` are by their id in the drawing. `normalised` is the mended XML for the engine's parser; there some nodes
    have another id (`renamed`: id there → id in the drawing), and some are not in `elements` since nobody drew them.
    """

    key: str
    name: str
    processes: tuple[Process, ...]
    elements: Mapping[str, Element]
    xml: bytes
    normalised: bytes
    findings: tuple[Finding, ...]
    renamed: Mapping[str, str]

    @property
    def process_id(self) -> str:
        """The process that is started when nobody says which."""
        return next(process.id for process in self.processes if process.is_executable)


def read_definition(xml: bytes, key: str | None = None, around: Surroundings = NOTHING_KNOWN) -> Definition:
    """Read `xml` (BPMN 2.0) for deployment under `key`, else under the id of its first executable process.

    Raises DefinitionInvalid with its findings.
    """
    examined = examine(xml, around)
    mended = examined.mended
    if mended is None or has_errors(examined.findings):
        raise DefinitionInvalid(examined.findings)
    processes = read_processes(mended)
    first = next(process for process in processes if process.is_executable)
    return Definition(
        key=key or first.id,
        name=first.name,
        processes=processes,
        elements=MappingProxyType(read_elements(mended)),
        xml=xml,
        normalised=etree.tostring(mended, encoding="utf-8", xml_declaration=True),
        findings=examined.findings,
        renamed=MappingProxyType({n.get("id", ""): own_id(n) for n in mended.iter(f"{MODEL}*") if n.get(DRAWN_ID)}),
    )


def read_processes(root: etree._Element) -> tuple[Process, ...]:
    """The processes of a normalised tree that somebody drew; one without steps does not run."""
    return tuple(
        Process(
            id=process.get("id", ""),
            name=" ".join(process.get("name", "").split()) or process.get("id", ""),
            is_executable=process.get("isExecutable") == "true" and bool(children(process)),
            description=process.get(f"{EXTENSION}description", ""),
            candidate_starters=process.get(f"{EXTENSION}candidateStarters", ""),
        )
        for process in root.findall(f"{MODEL}process")
        if not process.get(INSERTED_FOR)
    )
