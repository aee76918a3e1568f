"""Inputs and outputs of one step: what a worker is given is our `payload`, what it gives back a script behind the step.

Elsewhere inputs are variables of that step alone, which there are none of here; they stay, to be refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.expressions import variables_read
from bpmn.expressions.dialects import Untranslatable
from bpmn.names import EXTENSION, local
from bpmn.normaliser.vendors.scripts import Wiring, can_stand_beside, script_behind
from bpmn.normaliser.vendors.values import value_of
from bpmn.vendors import JAVA, drop, parts, split

SAID = {
    "payload": (
        "{}: dữ liệu vào được đọc là dữ liệu gửi đi (payload)", "Xem lại dữ liệu gửi đi",
        "{}: the inputs are read as the payload", "look at the payload",
    ),
    "outputs": (
        "{}: dữ liệu ra được tính ngay sau bước; kết quả khác của bước cũng được giữ lại", "Xem lại dữ liệu ra",
        "{}: the outputs are computed behind the step; what else it gives is kept, too", "look at the outputs",
    ),
}  # fmt: skip
Values = dict[str, str]


def translate(step: etree._Element, wiring: Wiring) -> Iterator[str]:
    """Both at once or neither: half of a mapping would be wrong."""
    if local(step) == "callActivity":
        return
    for mapping in parts(step, "ioMapping") + parts(step, "inputOutput", JAVA):
        try:
            inputs, outputs = read(mapping)
        except Untranslatable:
            continue
        if inputs and (not step.get(f"{EXTENSION}topic") or step.get(f"{EXTENSION}payload")):
            continue
        if outputs and not can_stand_beside(step):
            continue
        if inputs:
            pairs = ", ".join(f"{name!r}: {value}" for name, value in inputs.items())
            step.set(f"{EXTENSION}payload", f"{{{pairs}}}")
            yield "payload"
        if outputs:
            script_behind(step, "\n".join(f"{name} = {value}" for name, value in outputs.items()), wiring)
            yield "outputs"
        drop(mapping)


def read(mapping: etree._Element) -> tuple[Values, Values]:
    """Inputs and outputs by name, in our language. Raises Untranslatable."""
    found: dict[str, Values] = {"in": {}, "out": {}}
    for each in mapping:
        tag = split(str(each.tag))[1]
        is_of_java = tag.endswith("Parameter")
        name, source = (each.get("name"), each.text) if is_of_java else (each.get("target"), each.get("source"))
        if not name or not name.isidentifier() or len(each):
            raise Untranslatable("không phải một biến", "not a variable")
        found["in" if tag.startswith("input") else "out"][name] = value_of((source or "").strip())
    if len(found["out"]) > 1 and any(found["out"].keys() & variables_read(each) for each in found["out"].values()):
        raise Untranslatable("một dữ liệu ra dùng biến mà dữ liệu ra khác đặt", "one output reads what another sets")
    return found["in"], found["out"]
