"""Whether data that meet are of one type."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.data import ASSOCIATIONS, ignored
from bpmn.checks.standard.document import Document, Node, children_of, texts
from bpmn.findings import Finding
from bpmn.names import local

BEHIND = {"dataObjectReference": "dataObjectRef", "dataStoreReference": "dataStoreRef"}
CARRIED = {"message": "itemRef", "error": "structureRef", "escalation": "structureRef", "signal": "structureRef"}
EVENT_DATA = {
    "startEvent": "dataOutput",
    "intermediateCatchEvent": "dataOutput",
    "boundaryEvent": "dataOutput",
    "intermediateThrowEvent": "dataInput",
    "endEvent": "dataInput",
}


def structure_of(document: Document, node: Node | None) -> str | None:
    """The structure of some data, or of what is behind a reference without one; None when it has none."""
    if node is None:
        return None
    behind = document.named(node.get(BEHIND[local(node)])) if local(node) in BEHIND else None
    typed = node if behind is None or node.get("itemSubjectRef") else behind
    return document.structure(typed.get("itemSubjectRef"))


def associated_data_are_of_one_type(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.4.2: source and target are of one type, or a transformation stands between."""
    for node in document.of_type(*ASSOCIATIONS):
        if children_of(node, "transformation"):
            continue
        target = [structure_of(document, document.named(name)) for name in texts(node, "targetRef")]
        for name in texts(node, "sourceRef"):
            source = structure_of(document, document.named(name))
            if source is not None and target and target[0] is not None and source != target[0]:
                yield ignored(
                    node, f"Liên kết dữ liệu nối hai kiểu khác nhau (“{name}”)",
                    "Dùng cùng kiểu, hoặc thêm phép biến đổi",
                    f"a data association joins two types ({name})", "use one type, or add a transformation",
                )  # fmt: skip


def collections_are_collections_of_their_type(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.4.1: `isCollection` of data is that of its item definition."""
    for node in document.of_type("dataObject", "dataInput", "dataOutput"):
        definition = document.named(node.get("itemSubjectRef"))
        if local(definition) != "itemDefinition" or definition is None:
            continue
        if (node.get("isCollection") == "true") != (definition.get("isCollection") == "true"):
            yield ignored(
                node, f"“{node.get('id')}” và kiểu của nó khác nhau ở isCollection", "Ghi isCollection giống nhau",
                f"{node.get('id')} and its type differ in isCollection", "write the same isCollection on both",
            )  # fmt: skip


def events_have_data_for_each_definition(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.1: an event with data has one for each of its definitions, in their order, of their types."""
    for tag, held in EVENT_DATA.items():
        for event in document.of_type(tag):
            data, definitions = children_of(event, held), document.definitions(event)
            if data and len(data) != len(definitions):
                yield ignored(
                    event, f"{{}} có {len(data)} {held} cho {len(definitions)} định nghĩa sự kiện",
                    f"Khai báo một {held} cho mỗi định nghĩa",
                    f"{{}} has {len(data)} {held} for {len(definitions)} event definitions",
                    f"declare one {held} for each definition",
                )  # fmt: skip
            elif any(differ(document, *pair) for pair in zip(data, definitions, strict=False)):
                yield ignored(
                    event, f"{{}}: kiểu của {held} khác với kiểu của sự kiện", "Dùng cùng itemDefinition",
                    f"{{}}: its {held} is not of the event's type", "use the same itemDefinition",
                )  # fmt: skip


def differ(document: Document, data: Node, definition: Node) -> bool:
    """Whether what an event carries is of another type than its data."""
    kind = local(definition).removesuffix("EventDefinition")
    carried = document.named(definition.get(f"{kind}Ref")) if kind in CARRIED else None
    if carried is None:
        return False
    return document.structure(carried.get(CARRIED[kind])) != document.structure(data.get("itemSubjectRef"))


RULES = (
    associated_data_are_of_one_type,
    collections_are_collections_of_their_type,
    events_have_data_for_each_definition,
)
