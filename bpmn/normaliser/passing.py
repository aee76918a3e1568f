"""Writes the data associations of call activities in one form: an expression, and the variable that gets its value.

Drawn are inputs and outputs declared by the call (`ioSpecification`) and associations that fill and read them, from a
data object, by an assignment or by a transformation. An association with anything else is an illustration.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from lxml import etree

from bpmn.findings import Finding
from bpmn.names import EXTENSION, MODEL, bare
from bpmn.normaliser.datastores import variable_names
from bpmn.normaliser.insertion import Canvas

Direction = Literal["inputs", "outputs"]
ASSOCIATION: dict[Direction, str] = {"inputs": "dataInputAssociation", "outputs": "dataOutputAssociation"}
DECLARED: dict[Direction, str] = {"inputs": "dataInput", "outputs": "dataOutput"}


def repair(canvas: Canvas) -> Iterator[Finding]:
    """Nothing is said: the meaning is the standard's own (BPMN 2.0, 10.4.2)."""
    calls = [
        node for node in canvas.root.iter(f"{MODEL}callActivity") if node.find(f"{MODEL}ioSpecification") is not None
    ]
    names = variable_names(canvas.root) if calls else {}
    for call in calls:
        for direction in ASSOCIATION:
            for association in call.findall(f"{MODEL}{ASSOCIATION[direction]}"):
                take_over(call, direction, association, names)
    yield from ()


def take_over(call: etree._Element, direction: Direction, drawn: etree._Element, names: dict[str, str]) -> None:
    """The association in our form, when it fills an input or reads an output that the call declares."""
    tag = f"{MODEL}ioSpecification/{MODEL}{DECLARED[direction]}"
    own = {each.get("id", ""): each.get("name") or each.get("id") or "" for each in call.iterfind(tag)}
    sources = [bare(each.text) for each in drawn.iterfind(f"{MODEL}sourceRef")]
    target = bare(drawn.findtext(f"{MODEL}targetRef"))
    if direction == "inputs" and target not in own:
        return
    if direction == "outputs" and not any(each in own for each in sources):
        return
    known = {**names, **own}
    into = known.get(target, target)
    assigned = list(drawn.iterfind(f"{MODEL}assignment"))
    for each in assigned:
        source, to = (" ".join((each.findtext(f"{MODEL}{part}") or "").split()) for part in ("from", "to"))
        pass_on(call, direction, source, own.get(to) or names.get(to) or to or into)
    if assigned:
        return
    transformation = (drawn.findtext(f"{MODEL}transformation") or "").strip()
    if transformation:
        pass_on(call, direction, transformation, into)
    elif sources:
        pass_on(call, direction, variable(known.get(sources[0], sources[0])), into)


def pass_on(call: etree._Element, direction: Direction, source: str, name: str) -> None:
    """Let `name` get the value of the expression `source`, on the way in or back."""
    association = etree.SubElement(call, f"{MODEL}{ASSOCIATION[direction]}")
    assignment = etree.SubElement(association, f"{MODEL}assignment")
    etree.SubElement(assignment, f"{MODEL}from").text = source
    etree.SubElement(assignment, f"{MODEL}to").text = name


def pass_all(call: etree._Element, direction: Direction, *, all_of_them: bool) -> None:
    """Say that every variable passes, besides what is assigned; or nothing but that."""
    call.set(f"{EXTENSION}{direction}", "all" if all_of_them else "mapped")


def variable(name: str) -> str:
    """The expression of a variable that may be missing."""
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"variable('{escaped}')"
