"""Scripts before and behind a step, as script tasks of their own that nobody drew."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import is_compensation, is_event_sub_process
from bpmn.expressions import check_script
from bpmn.names import MODEL, local
from bpmn.normaliser.insertion import Canvas
from bpmn.normaliser.scripts import OUR_FORMAT
from bpmn.vendors import SPIFF, drop, parts
from domain.errors import ExpressionInvalid

SAID = {
    "scripts": (
        "{}: phép tính trước hoặc sau bước được chạy như một bước tính toán riêng", "Vẽ bước tính toán",
        "{}: the script before or behind it runs as a script task of its own", "draw the script task",
    ),
}  # fmt: skip
MARKERS = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")


class Wiring:
    """The canvas with its flows by what they leave and lead to, kept up to date while scripts are put between."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.flows: dict[tuple[str, str], list[etree._Element]] = {}
        for flow in canvas.root.iter(f"{MODEL}sequenceFlow"):
            for end in ("sourceRef", "targetRef"):
                self.flows.setdefault((end, flow.get(end, "")), []).append(flow)

    def move(self, end: str, before: etree._Element, after: etree._Element) -> None:
        """Let the flows that have this end at `before` have it at `after`."""
        moved = self.flows.pop((end, before.get("id", "")), [])
        for flow in moved:
            flow.set(end, after.get("id", ""))
        self.flows.setdefault((end, after.get("id", "")), []).extend(moved)

    def connect(self, source: etree._Element, target: etree._Element) -> None:
        """A flow nobody drew."""
        flow = self.canvas.insert_flow(scope_of(source), source, target)
        self.flows.setdefault(("sourceRef", source.get("id", "")), []).append(flow)
        self.flows.setdefault(("targetRef", target.get("id", "")), []).append(flow)


def translate(step: etree._Element, wiring: Wiring) -> Iterator[str]:
    """SpiffWorkflow: `preScript` and `postScript`, which set variables as a script task does."""
    for name in ("preScript", "postScript"):
        for part in parts(step, name, (SPIFF,)):
            if not is_script(part.text or "") or not can_stand_beside(step):
                continue
            (script_before if name == "preScript" else script_behind)(step, part.text or "", wiring)
            drop(part)
            yield "scripts"


def is_script(source: str) -> bool:
    """Whether it is one in our language, too."""
    try:
        check_script(source)
    except ExpressionInvalid:
        return False
    return True


def can_stand_beside(step: etree._Element) -> bool:
    """Whether flows lead past the step once a run: not where it repeats, undoes, or is awaited at a gateway."""
    if is_compensation(step) or is_event_sub_process(step) or step.getparent() is None:
        return False
    if any(local(each) in MARKERS for each in step) or local(step.getparent()) == "adHocSubProcess":
        return False
    return local(step) != "receiveTask"


def script_before(step: etree._Element, source: str, wiring: Wiring) -> None:
    """What led to the step leads to the script."""
    script = insert(step, source, "before", wiring)
    wiring.move("targetRef", step, script)
    wiring.connect(script, step)


def script_behind(step: etree._Element, source: str, wiring: Wiring) -> None:
    """What left the step leaves the script."""
    script = insert(step, source, "behind", wiring)
    wiring.move("sourceRef", step, script)
    if "default" in step.attrib:
        script.set("default", step.attrib.pop("default"))
    wiring.connect(step, script)


def insert(step: etree._Element, source: str, suffix: str, wiring: Wiring) -> etree._Element:
    """The script task, without flows."""
    script = wiring.canvas.insert_node(scope_of(step), "scriptTask", suffix, step)
    script.set("scriptFormat", OUR_FORMAT)
    etree.SubElement(script, f"{MODEL}script").text = source
    return script


def scope_of(step: etree._Element) -> etree._Element:
    """What the step lies in directly."""
    scope = step.getparent()
    assert scope is not None
    return scope
