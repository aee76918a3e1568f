"""The files a drawing imports, read from where it lies: nothing over the network, so many files, so many bytes."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from bpmn.names import BPMN, MODEL
from bpmn.parsing import LARGEST_FILE, parse_xml
from domain.errors import DefinitionInvalid

MOST_IMPORTS = 20  # files that are looked at

Node = etree._Element


def imports_of(root: Node) -> list[Node]:
    """The imports of a drawing that are looked at."""
    return root.findall(f"{MODEL}import")[:MOST_IMPORTS]


def place_of(folder: Path | None, node: Node) -> Path | None:
    """Where an imported file should lie; None when that is not beside this file, or this file has no place."""
    location = node.get("location", "").strip()
    if folder is None or not location or ":" in location or "\0" in location or location.startswith("/"):
        return None
    return folder / location


def read_import(folder: Path | None, node: Node) -> Node | None:
    """The root of an imported file; None when it cannot be looked for, is not there or is no XML."""
    place = place_of(folder, node)
    if place is None or not place.is_file():
        return None
    try:
        with place.open("rb") as file:
            return parse_xml(file.read(LARGEST_FILE + 1))
    except DefinitionInvalid:
        return None


def imported_drawings(root: Node, folder: Path | None) -> dict[str, list[Node | None]]:
    """The drawings a file imports, by the namespace it says they have; None for one that could not be read."""
    found: dict[str, list[Node | None]] = {}
    for node in imports_of(root):
        if node.get("importType") == BPMN:
            found.setdefault(node.get("namespace", ""), []).append(read_import(folder, node))
    return found
