"""Whether loops can end: numbers of turns and tokens, and circles in which nothing happens."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import Drawing, event_definitions, finding
from bpmn.findings import Finding
from bpmn.names import GATEWAYS, MODEL, local
from bpmn.spiff.timers import is_duration

THROWN_BY_RUNS = {"signalEventDefinition", "messageEventDefinition", "escalationEventDefinition"}
QUANTITIES = ("startQuantity", "completionQuantity")


def check(drawing: Drawing) -> Iterator[Finding]:
    """BPMN 2.0, 10.3 (quantities are at least 1) and 10.3.8 (loops)."""
    for node in drawing.nodes:
        yield from numbers(node)
        yield from thrown_by_runs(node)
    for circle in circles(drawing):
        yield finding(
            "error", circle[0], "Vòng từ {} không có bước nào và không chờ gì: hồ sơ sẽ quay mãi",
            "Đặt một bước trong vòng, hoặc bỏ đường nối quay lại",
            "the circle from {} has no step and waits for nothing: the case would turn for ever",
            "put a step into the circle, or delete the flow back",
        )  # fmt: skip


def thrown_by_runs(node: etree._Element) -> Iterator[Finding]:
    """BPMN 2.0, table 10.31: what single runs throw is caught at the boundary, and the activity goes on."""
    event = f"{MODEL}multiInstanceLoopCharacteristics/{MODEL}complexBehaviorDefinition/{MODEL}event"
    kinds = {local(each) for thrown in node.findall(event) for each in event_definitions(thrown)}
    if kinds - THROWN_BY_RUNS:
        yield finding(
            "error", node, "{}: mỗi lần lặp chỉ phát được tín hiệu, thông điệp hoặc sự kiện chuyển cấp",
            "Đổi loại sự kiện trong complexBehaviorDefinition, hoặc phát sự kiện bằng một bước riêng",
            "{}: a single run may throw a signal, a message or an escalation only",
            "change the event in complexBehaviorDefinition, or throw it from a step of its own",
        )  # fmt: skip


def numbers(node: etree._Element) -> Iterator[Finding]:
    """Numbers that are written out must be possible ones."""
    written = [(name, node.get(name), 1) for name in QUANTITIES]
    for marker in node.findall(f"{MODEL}standardLoopCharacteristics"):
        written.append(("loopMaximum", marker.get("loopMaximum"), 0))
    cardinality = node.findtext(f"{MODEL}multiInstanceLoopCharacteristics/{MODEL}loopCardinality") or ""
    if cardinality.strip().removeprefix("-").isdecimal():
        written.append(("loopCardinality", cardinality.strip(), 0))
    for name, value, least in written:
        if value is not None and not is_at_least(value, least):
            yield finding(
                "error", node, f"{{}}: {name} là “{value}”, phải là số nguyên từ {least} trở lên", "Sửa lại số này",
                f"{{}}: {name} is “{value}” and must be a whole number of at least {least}", "mend the number",
                against_standard=name in QUANTITIES,
            )  # fmt: skip


def is_at_least(value: str, least: int) -> bool:
    """Whether a text is a whole number not below `least`."""
    try:
        return len(value) < 20 and int(value) >= least
    except ValueError:
        return False


def circles(drawing: Drawing) -> Iterator[list[etree._Element]]:
    """Circles of nodes that neither wait nor change anything, each reported once."""
    state: dict[str, int] = {}
    for first in filter(passes_through, drawing.nodes):
        yield from circles_from(first, drawing, state)


def circles_from(first: etree._Element, drawing: Drawing, state: dict[str, int]) -> Iterator[list[etree._Element]]:
    """Depth first, by a stack of our own; `state` is 1 on the path and 2 when left."""
    path: list[tuple[etree._Element, list[etree._Element]]] = []
    waiting = [first]
    while True:
        if waiting:
            node = waiting.pop()
            name = node.get("id") or ""
            if state.get(name) == 1:
                names = [each.get("id") for each, _ in path]
                yield [each for each, _ in path[names.index(name) :]]
            if name not in state:
                state[name] = 1
                path.append((node, waiting))
                waiting = [each for each in drawing.successors(node) if passes_through(each)]
        elif path:
            left, waiting = path.pop()
            state[left.get("id") or ""] = 2
        else:
            return


def passes_through(node: etree._Element) -> bool:
    """Whether a token goes through at once and leaves everything as it was."""
    if local(node) in GATEWAYS:
        return local(node) != "eventBasedGateway"
    definitions = event_definitions(node)
    if local(node) == "intermediateThrowEvent":
        return not definitions
    return local(node) == "intermediateCatchEvent" and len(definitions) == 1 and is_due_at_once(definitions[0])


def is_due_at_once(definition: etree._Element) -> bool:
    """Whether a timer's duration is written out as nothing, or as less."""
    text = (definition.findtext(f"{MODEL}timeDuration") or "").strip()
    return is_duration(text) and (text.startswith("-") or not any(digit in text for digit in "123456789"))
