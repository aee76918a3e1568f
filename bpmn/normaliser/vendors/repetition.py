"""What a repetition runs over."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.names import EXTENSION
from bpmn.vendors import attribute, drop, drop_attributes, parts

SAID = {
    "repetition": (
        "{}: danh sách lặp được lấy từ bản vẽ của máy chủ cũ", "Xem lại danh sách lặp ở bảng thuộc tính",
        "{}: the collection is taken from the other engine's", "look at the collection in the panel",
    ),
}  # fmt: skip
JAVA_NAMES = ("collection", "elementVariable")
ZEEBE_NAMES = {
    "inputCollection": "collection", "inputElement": "elementVariable", "outputCollection": "outputCollection",
    "outputElement": "outputElement",
}  # fmt: skip


def translate(marker: etree._Element) -> Iterator[str]:
    """Read the collection of another engine as ours where the marker has none."""
    taken = False
    for name in JAVA_NAMES:
        taken = give(marker, name, attribute(marker, name)) or taken
    drop_attributes(marker, *JAVA_NAMES)
    for part in parts(marker, "loopCharacteristics"):
        for name, ours in ZEEBE_NAMES.items():
            taken = give(marker, ours, part.get(name, "").strip()) or taken
        drop(part)
    if taken:
        yield "repetition"


def give(marker: etree._Element, name: str, value: str) -> bool:
    """Write our attribute where there is none."""
    if not value or marker.get(f"{EXTENSION}{name}"):
        return False
    marker.set(f"{EXTENSION}{name}", value)
    return True
