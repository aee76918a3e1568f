"""Whether operations and messages fit the data of those who use them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bpmn.checks.standard.document import Document, Node, breach, children_of, texts
from bpmn.findings import Finding
from bpmn.names import local

MESSAGE_TASKS = (("sendTask", "inputSet", "dataInput"), ("receiveTask", "outputSet", "dataOutput"))


def mismatch(node: Node, what: str) -> Finding:
    """The finding about data that do not fit; the engine hands over variables by name."""
    return breach(
        node, f"{{}}: {what} không khớp với thông điệp hoặc thao tác; biến được chuyển theo tên",
        "Sửa ioSpecification theo itemDefinition của thông điệp",
        f"{{}}: {what} does not fit the message or operation; variables go by name",
        "mend the ioSpecification after the message's itemDefinition",
    )  # fmt: skip


def parts(node: Node, tag: str) -> list[Node]:
    """The children of a type in a node's ioSpecification."""
    return [each for declared in children_of(node, "ioSpecification") for each in children_of(declared, tag)]


def structures(document: Document, nodes: Iterable[Node], attribute: str = "itemSubjectRef") -> set[str | None]:
    """The structures behind some data or messages."""
    return {document.structure(node.get(attribute)) for node in nodes}


def message_of(document: Document, operation: Node | None, tag: str) -> Node | None:
    """The message that goes into or comes out of an operation."""
    names = texts(operation, tag)
    return document.named(names[0]) if names else None


def service_tasks_have_the_sets_of_their_operation(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.3.3: exactly one input set, at most one output set."""
    for task in document.of_type("serviceTask"):
        if not task.get("operationRef"):
            continue
        if len(parts(task, "inputSet")) != 1:
            yield mismatch(task, "inputSet")
        if len(parts(task, "outputSet")) > 1:
            yield mismatch(task, "outputSet")


def service_tasks_take_what_their_operation_takes(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.3.3: the data input is of the in-message's type, the data output of the out-message's."""
    for task in document.of_type("serviceTask"):
        operation = document.named(task.get("operationRef"))
        if local(operation) != "operation":
            continue
        for tag, held in (("inMessageRef", parts(task, "dataInput")), ("outMessageRef", parts(task, "dataOutput"))):
            message = message_of(document, operation, tag)
            if message is None or (tag == "inMessageRef" and not held):
                continue
            if document.structure(message.get("itemRef")) not in structures(document, held) or not held:
                yield mismatch(task, "dataInput" if tag == "inMessageRef" else "dataOutput")


def message_tasks_have_one_set(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.3.3: at most one set and one data, for the one message."""
    for tag, set_tag, held in MESSAGE_TASKS:
        for task in document.of_type(tag):
            for part in (set_tag, held):
                if task.get("messageRef") and len(parts(task, part)) > 1:
                    yield mismatch(task, part)


def message_tasks_hold_what_their_message_holds(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.3.3: the data is of the message's type."""
    for tag, _, held in MESSAGE_TASKS:
        for task in document.of_type(tag):
            own = parts(task, held)
            message = document.named(task.get("messageRef"))
            wanted = None if message is None else document.structure(message.get("itemRef"))
            if own and (wanted is None or structures(document, own) != {wanted}):
                yield mismatch(task, held)


def offered_interfaces_are_bound(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.4.1: what offers an interface binds its data to an operation of it."""
    for node in {id(each.getparent()): each.getparent() for each in document.of_type("supportedInterfaceRef")}.values():
        if node is None:
            continue
        bindings = children_of(node, "ioBinding")
        if not bindings:
            yield mismatch(node, "ioBinding")
        own = {each for declared in children_of(node, "ioSpecification") for each in declared}
        for binding in bindings:
            yield from bound_rightly(document, node, binding, own)


def bound_rightly(document: Document, node: Node, binding: Node, own: set[Node]) -> Iterator[Finding]:
    """A binding joins one input and one output to an operation of the same types."""
    operation = document.named(binding.get("operationRef"))
    for attribute, tag, refs in (
        ("inputDataRef", "inMessageRef", "dataInputRefs"), ("outputDataRef", "outMessageRef", "dataOutputRefs"),
    ):  # fmt: skip
        held = document.named(binding.get(attribute))
        message = message_of(document, operation, tag)
        if held is None or held not in own:
            yield mismatch(node, f"ioBinding {attribute}")
            continue
        inner = document.named_by(held, refs) if local(held).endswith("Set") else [held]
        types = structures(document, inner)
        if message is None or document.structure(message.get("itemRef")) not in types:
            yield mismatch(node, f"ioBinding {attribute}")


RULES = (
    service_tasks_have_the_sets_of_their_operation,
    service_tasks_take_what_their_operation_takes,
    message_tasks_have_one_set,
    message_tasks_hold_what_their_message_holds,
    offered_interfaces_are_bound,
)
