"""The work of people: due dates, priorities, forms, and groups that are called as our roles are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from bpmn.expressions.dialects import is_foreign
from bpmn.names import EXTENSION, ROLES, local
from bpmn.normaliser.vendors.scripts import Wiring
from bpmn.vendors import attribute, drop, drop_attributes, parts

SAID = {
    "people": (
        "{}: hạn, mức ưu tiên, biểu mẫu hoặc vai trò được lấy từ bản vẽ của máy chủ cũ",
        "Xem lại các mục này ở bảng thuộc tính",
        "{}: due date, priority, form or role are taken from the other engine's", "look at them in the panel",
    ),
}  # fmt: skip
DAY = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)")
KEY = re.compile(r"[\w.-]+")

# The attribute of ours, the attribute of the others, the extension element of Camunda 8 and its attribute.
SOURCES = (
    ("role", "candidateGroups", "assignmentDefinition", "candidateGroups"),
    ("dueDate", "dueDate", "taskSchedule", "dueDate"),
    ("priority", "priority", "priorityDefinition", "priority"),
    ("form", "formKey", "formDefinition", "formKey"),
    ("form", "formRef", "formDefinition", "formId"),
)


def translate(step: etree._Element, wiring: Wiring) -> Iterator[str]:
    """What is said of the step's work, each where ours says the same."""
    if local(step) not in ("userTask", "manualTask"):
        return
    taken = False
    for ours, name, part_name, part_attribute in SOURCES:
        written = as_ours(ours, attribute(step, name))
        if written:
            taken = give(step, ours, written) or taken
            drop_attributes(step, name)
        for part in parts(step, part_name):
            written = as_ours(ours, part.get(part_attribute, "").strip())
            if written:
                taken = give(step, ours, written) or taken
                del part.attrib[part_attribute]
    for part in [each for _, _, name, _ in SOURCES for each in parts(step, name) if not each.attrib]:
        drop(part)
    if taken:
        yield "people"


def give(step: etree._Element, name: str, written: str) -> bool:
    """Write our attribute where there is none."""
    if step.get(f"{EXTENSION}{name}"):
        return False
    step.set(f"{EXTENSION}{name}", written)
    return True


def as_ours(name: str, written: str) -> str:
    """What to write for it here; empty where that would be something else."""
    if name == "role":
        return written if written in ROLES else ""
    if name == "form":
        return written if KEY.fullmatch(written) else ""
    if is_foreign(written) or (name == "priority" and written.isdigit()):
        return written
    if name == "dueDate" and DAY.fullmatch(written):
        return f"date('{written}')"
    return f"instant('{written}')" if name == "dueDate" and INSTANT.fullmatch(written) else ""
