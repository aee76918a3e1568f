"""Reads what other engines have written on steps, where it means the same here.

Each translator takes what it reads off the mended copy and names its sentence in `SAID`. What is left there no
translator could take over: `bpmn.checks.vendors` says what becomes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from bpmn.carriers import owner
from bpmn.drawing import findings_together, is_illustration
from bpmn.findings import Finding
from bpmn.names import ACTIVITIES, GLOBAL_TASKS, MODEL, local
from bpmn.normaliser.insertion import Canvas
from bpmn.normaliser.vendors import calls, mappings, people, repetition, scripts, work
from bpmn.normaliser.vendors.scripts import Wiring
from bpmn.vendors import PREFIXES

Translator = Callable[[etree._Element, Wiring], Iterator[str]]
TRANSLATORS: tuple[Translator, ...] = (
    work.translate, people.translate, calls.translate, mappings.translate, scripts.translate,
)  # fmt: skip
SAID = work.SAID | people.SAID | calls.SAID | mappings.SAID | scripts.SAID | repetition.SAID


def repair(canvas: Canvas) -> Iterator[Finding]:
    """One finding for each habit of a file, with the elements that have it."""
    if not speaks_of_others(canvas.root):
        return
    wiring = Wiring(canvas)
    found: dict[str, list[etree._Element]] = {}
    for node in list(canvas.root.iter(f"{MODEL}*")):
        if is_illustration(node):
            continue
        for said in translated(node, wiring):
            found.setdefault(said, []).append(owner(node))
    for said, nodes in found.items():
        yield findings_together("repaired", nodes, *SAID[said])


def translated(node: etree._Element, wiring: Wiring) -> Iterator[str]:
    """What is taken over of one element."""
    kind = local(node)
    if kind in ACTIVITIES or kind in GLOBAL_TASKS:
        for translate in TRANSLATORS:
            yield from translate(node, wiring)
    elif kind == "message":
        yield from work.correlate(node)
    elif kind == "multiInstanceLoopCharacteristics":
        yield from repetition.translate(node)


def speaks_of_others(root: etree._Element) -> bool:
    """Whether another engine's namespace is declared anywhere in the file."""
    return any(not PREFIXES.keys().isdisjoint(node.nsmap.values()) for node in (root, *root.iter(f"{MODEL}*")))
