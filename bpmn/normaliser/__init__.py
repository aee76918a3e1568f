"""Mends what a drawing leaves to its reader's good sense, so that the engine's parser can read it.

Each repair works on a copy, is a function `repair(canvas)`, and says what it did. The drawing
itself is kept as it came; nodes that were renamed, replaced or inserted carry a mark (see `bpmn.names`).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

from lxml import etree

from bpmn.findings import Finding
from bpmn.normaliser import (
    conditions,
    datastores,
    dialects,
    ends,
    events,
    executable,
    global_tasks,
    ids,
    instantiation,
    links,
    loops,
    passing,
    references,
    reserved,
    scripts,
    splits,
    starts,
    vendors,
)
from bpmn.normaliser.insertion import Canvas

Repair = Callable[[Canvas], Iterator[Finding]]
REPAIRS: tuple[Repair, ...] = (
    ids.repair,
    references.repair,
    events.repair,
    vendors.repair,
    scripts.repair,
    loops.repair,
    executable.repair,
    global_tasks.repair,
    passing.repair,
    dialects.repair,
    datastores.repair,
    links.repair,
    instantiation.repair,
    conditions.repair,
    starts.repair,
    ends.repair,
    splits.repair,
    reserved.repair,
)


def normalise(root: etree._Element) -> tuple[etree._Element, list[Finding]]:
    """A mended copy of the drawing under `root`, and what was mended; `root` stays as it is."""
    canvas = Canvas(copy.deepcopy(root))
    return canvas.root, [finding for repair in REPAIRS for finding in repair(canvas)]
