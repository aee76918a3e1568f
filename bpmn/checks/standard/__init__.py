"""The constraints BPMN 2.0 (ISO/IEC 19510) puts on a file as it was written, whether or not it is to run.

What keeps a process from running as drawn is an `error`. What the engine reads well all the same is `repaired`. Both
are `against_standard`, which `bangiao bpmn check --strict` refuses. A drawing that declares our namespace is written
for this engine: what the standard asks for to make a file executable elsewhere – operations, formats of scripts, types
of expressions – our attributes say there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from bpmn.checks.standard.activities import RULES as ACTIVITIES
from bpmn.checks.standard.behaviour import RULES as BEHAVIOUR
from bpmn.checks.standard.boundaries import RULES as BOUNDARIES
from bpmn.checks.standard.calls import RULES as CALLS
from bpmn.checks.standard.choreographies import RULES as CHOREOGRAPHIES
from bpmn.checks.standard.collaborations import RULES as COLLABORATIONS
from bpmn.checks.standard.correlation import RULES as CORRELATION
from bpmn.checks.standard.data import RULES as DATA
from bpmn.checks.standard.document import Document
from bpmn.checks.standard.event_gateways import RULES as EVENT_GATEWAYS
from bpmn.checks.standard.events import RULES as EVENTS
from bpmn.checks.standard.expressions import RULES as EXPRESSIONS
from bpmn.checks.standard.flows import RULES as FLOWS
from bpmn.checks.standard.gateways import RULES as GATEWAYS
from bpmn.checks.standard.imports import RULES as IMPORTS
from bpmn.checks.standard.item_types import RULES as ITEM_TYPES
from bpmn.checks.standard.levels import RULES as LEVELS
from bpmn.checks.standard.links import RULES as LINKS
from bpmn.checks.standard.message_flows import RULES as MESSAGE_FLOWS
from bpmn.checks.standard.references import RULES as REFERENCES
from bpmn.checks.standard.schema import RULES as SCHEMA
from bpmn.checks.standard.services import RULES as SERVICES
from bpmn.checks.standard.structures import RULES as STRUCTURES
from bpmn.findings import Finding

Rule = Callable[[Document], Iterator[Finding]]
FAMILIES: tuple[tuple[Rule, ...], ...] = (
    SCHEMA,
    REFERENCES,
    IMPORTS,
    STRUCTURES,
    FLOWS,
    LEVELS,
    MESSAGE_FLOWS,
    EVENTS,
    BOUNDARIES,
    LINKS,
    GATEWAYS,
    EVENT_GATEWAYS,
    ACTIVITIES,
    BEHAVIOUR,
    CALLS,
    SERVICES,
    DATA,
    ITEM_TYPES,
    CORRELATION,
    COLLABORATIONS,
    CHOREOGRAPHIES,
    EXPRESSIONS,
)


def check(root: etree._Element, folder: Path | None = None) -> Iterator[Finding]:
    """Every breach of the standard under `root`, the tree as it came; `folder` is where its file lies, if anywhere."""
    document = Document(root, folder)
    for family in FAMILIES:
        for rule in family:
            yield from rule(document)
