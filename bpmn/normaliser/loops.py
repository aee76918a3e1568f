"""Takes off repetition markers that say neither how often nor over what."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import finding, is_for_running
from bpmn.findings import Finding
from bpmn.names import EXTENSION, MODEL
from bpmn.normaliser.insertion import Canvas

MARKERS = (f"{MODEL}multiInstanceLoopCharacteristics", f"{MODEL}standardLoopCharacteristics")


def repair(canvas: Canvas) -> Iterator[Finding]:
    """Remove the empty markers: such a step runs once."""
    for marker in list(canvas.root.iter(*MARKERS)):
        activity = marker.getparent()
        if activity is None or says_how_often(marker):
            continue
        activity.remove(marker)
        yield finding(
            "repaired", activity, "{} có dấu lặp nhưng chưa ghi lặp theo gì, sẽ chạy một lần",
            "Ghi danh sách, số lần hoặc điều kiện lặp; hoặc bỏ dấu lặp",
            "{} repeats over nothing and runs once", "give a collection, a number or a condition, or drop the marker",
            against_standard=marker.tag == MARKERS[0] and is_for_running(activity),
        )  # fmt: skip


def says_how_often(marker: etree._Element) -> bool:
    """Whether the marker holds a number, a collection, a condition or a maximum."""
    texts = ("loopCardinality", "loopDataInputRef", "loopCondition")
    if any((marker.findtext(f"{MODEL}{tag}") or "").strip() for tag in texts):
        return True
    return bool(marker.get(f"{EXTENSION}collection") or marker.get("loopMaximum"))
