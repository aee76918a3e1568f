"""What a call activity calls, and what passes in and out: as data associations (see `bpmn.normaliser.passing`)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.expressions.dialects import is_foreign
from bpmn.names import MODEL, OURS, local
from bpmn.normaliser.insertion import Canvas
from bpmn.normaliser.passing import ASSOCIATION, Direction, pass_all, pass_on, variable
from bpmn.normaliser.vendors.scripts import Wiring
from bpmn.vendors import JAVA, attribute, drop, drop_attributes, parts

SAID = {
    "passing": (
        "{}: dữ liệu vào và ra được chuyển như bản vẽ của máy chủ cũ ghi",
        "Xem lại dữ liệu vào và ra",
        "{}: data pass in and out as the other engine's mappings say",
        "look at the data that pass",
    ),
    "nothing passes": (
        "{} không ghi dữ liệu vào và ra: như ở máy chủ cũ, không biến nào đi qua", "Ghi dữ liệu vào và ra",
        "{} names no data: as in the other engine no variable passes in or out", "name the data that pass",
    ),
    "called": (
        "{}: quy trình được gọi lấy từ bản vẽ của máy chủ cũ", "Phát hành quy trình được gọi",
        "{}: the called process is taken from the other engine's", "deploy the called process",
    ),
}  # fmt: skip
DIRECTIONS: dict[str, Direction] = {"in": "inputs", "out": "outputs"}


def translate(call: etree._Element, wiring: Wiring) -> Iterator[str]:
    """By the rules of the engine the call is written for."""
    if local(call) != "callActivity" or call.find(f"{MODEL}ioSpecification") is not None or has_associations(call):
        return
    mapped = parts(call, "calledElement") + parts(call, "ioMapping")
    if mapped:
        yield from of_camunda_8(call)
    elif is_java(call, wiring.canvas):
        yield from of_java(call)


def has_associations(call: etree._Element) -> bool:
    """Whether the standard's way of passing data is used already."""
    return any(call.find(f"{MODEL}{tag}") is not None for tag in ASSOCIATION.values())


def is_java(call: etree._Element, canvas: Canvas) -> bool:
    """Whether the file is for Camunda 7 or one of its relatives, where nothing passes that is not named."""
    declared = set(call.nsmap.values()) | set(canvas.root.nsmap.values())
    return not declared.isdisjoint(JAVA) and OURS not in canvas.root.nsmap.values()


def of_java(call: etree._Element) -> Iterator[str]:
    """`in` and `out`: a source or an expression and a target, or all variables."""
    everything: dict[Direction, bool] = {
        "inputs": attribute(call, "inheritVariables") == "true", "outputs": False,
    }  # fmt: skip
    passed: list[tuple[etree._Element, Direction]] = [
        (part, direction) for tag, direction in DIRECTIONS.items() for part in parts(call, tag, JAVA)
    ]
    if any(part.get("local") == "true" for part, _ in passed):
        return
    for part, direction in passed:
        source, expression, target = (part.get(name, "").strip() for name in ("source", "sourceExpression", "target"))
        if part.get("variables") == "all":
            everything[direction] = True
        elif target and (source or expression):
            pass_on(call, direction, expression or variable(source), target)
        elif not part.get("businessKey"):
            continue
        drop(part)
    drop_attributes(call, "inheritVariables")
    for direction, is_all in everything.items():
        pass_all(call, direction, all_of_them=is_all)
    yield "passing" if passed or any(everything.values()) else "nothing passes"


def of_camunda_8(call: etree._Element) -> Iterator[str]:
    """All variables go in unless it says otherwise, and come back unless outputs are named."""
    for part in parts(call, "calledElement"):
        process = part.get("processId", "").strip()
        if not process or is_foreign(process):
            return
        call.set("calledElement", process)
        outputs = [each for mapping in parts(call, "ioMapping") for each in mapping if each.tag.endswith("}output")]
        pass_all(call, "inputs", all_of_them=part.get("propagateAllParentVariables") != "false")
        pass_all(call, "outputs", all_of_them=part.get("propagateAllChildVariables") != "false" and not outputs)
        drop(part)
        yield "called"
    yield from mapped(call)


def mapped(call: etree._Element) -> Iterator[str]:
    """Inputs and outputs, unless one of them goes into a part of a variable."""
    for mapping in parts(call, "ioMapping"):
        if not all(each.get("target", "").isidentifier() for each in mapping):
            continue
        for each in mapping:
            direction: Direction = "inputs" if each.tag.endswith("}input") else "outputs"
            pass_on(call, direction, value_of(each.get("source", "")), each.get("target", ""))
        drop(mapping)
        yield "passing"


def value_of(source: str) -> str:
    """An expression where it is marked as one, else the text itself."""
    return source.strip() if is_foreign(source.strip()) else repr(source)
