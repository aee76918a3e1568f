"""Whether data inputs and outputs, their sets, and associations between data are complete."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import Document, Node, breach, children_of, texts
from bpmn.findings import Finding
from bpmn.names import local

ASSOCIATIONS = ("dataInputAssociation", "dataOutputAssociation")
# A set, the data it lists, and lists that must be part of that list.
SETS = (
    ("inputSet", "dataInputRefs", ("optionalInputRefs", "whileExecutingInputRefs")),
    ("outputSet", "dataOutputRefs", ("optionalOutputRefs", "whileExecutingOutputRefs")),
)
MUTUAL = (("inputSet", "outputSetRefs", "inputSetRefs"), ("outputSet", "inputSetRefs", "outputSetRefs"))


def ignored(node: Node, message: str, remedy: str, english: str, remedy_en: str) -> Finding:
    """A finding about data that are drawn for people alone: variables travel with the token."""
    return breach(node, f"{message}; phần dữ liệu này chỉ để minh họa", remedy, f"{english}; it is an illustration",
                  remedy_en)  # fmt: skip


def every_data_is_in_a_set(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.4.1: a data input is in an input set at least, a data output in an output set."""
    for (set_tag, refs, _), tag in zip(SETS, ("dataInput", "dataOutput"), strict=True):
        named = {id(document.named(name)) for each in document.of_type(set_tag) for name in texts(each, refs)}
        for node in document.of_type(tag):
            if id(node) not in named:
                yield ignored(
                    node, f"{tag} “{node.get('id')}” không thuộc {set_tag} nào", f"Ghi {refs} trong một {set_tag}",
                    f"the {tag} {node.get('id')} is in no {set_tag}", f"list it in an {set_tag}",
                )  # fmt: skip


def sets_list_their_own_data(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.4.1: a set lists data declared beside it."""
    for set_tag, refs, _ in SETS:
        for node in document.of_type(set_tag):
            for name in texts(node, refs):
                found = document.named(name)
                if found is not None and found.getparent() is not node.getparent():
                    yield ignored(
                        node, f"{set_tag} ghi “{name}” của phần tử khác", "Chỉ ghi dữ liệu khai báo cùng chỗ",
                        f"the {set_tag} lists {name} of another element", "list data declared beside it",
                    )  # fmt: skip


def optional_data_is_listed(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.4.1: what a set has as optional or while executing, it has among all its data."""
    for set_tag, refs, further in SETS:
        for node in document.of_type(set_tag):
            for tag in further:
                if not set(texts(node, tag)) <= set(texts(node, refs)):
                    yield ignored(
                        node, f"{set_tag}: {tag} không nằm trong {refs}", f"Ghi cả trong {refs}",
                        f"{set_tag}: what is in {tag} is not in {refs}", f"list it in {refs}",
                    )  # fmt: skip


def sets_name_each_other(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.4.1: an input set and an output set that belong together name each other."""
    for set_tag, refs, back in MUTUAL:
        for node in document.of_type(set_tag):
            for name in texts(node, refs):
                other = document.named(name)
                if other is not None and (
                    node not in document.named_by(other, back) or other.getparent() is not node.getparent()
                ):
                    yield ignored(
                        node, f"{set_tag} ghi {refs} “{name}” nhưng bên kia không ghi lại", f"Ghi {back} ở bên kia",
                        f"the {set_tag} names {name}, which does not name it", f"write {back} on the other side",
                    )  # fmt: skip


def associations_have_one_source(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.4.2: without a transformation there is exactly one source."""
    for node in document.of_type(*ASSOCIATIONS):
        if not children_of(node, "transformation") and len(texts(node, "sourceRef")) != 1:
            yield ignored(
                node, "Liên kết dữ liệu không có phép biến đổi phải có đúng một nguồn", "Chọn một nguồn",
                "a data association without transformation has exactly one source", "choose one source",
            )  # fmt: skip


def process_data_faces_outward(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.4.1: the input of a process is filled from outside, its output read from outside."""
    for node in document.of_type(*ASSOCIATIONS):
        source = [document.named(name) for name in texts(node, "sourceRef")]
        target = [document.named(name) for name in texts(node, "targetRef")]
        if any(is_of_process(each, "dataInput") for each in target) or any(
            is_of_process(each, "dataOutput") for each in source
        ):
            yield ignored(
                node, "Liên kết dữ liệu đi ngược chiều với dữ liệu vào hoặc ra của quy trình", "Đảo chiều liên kết",
                "a data association goes against an input or output of the process", "turn it round",
            )  # fmt: skip


def is_of_process(node: Node | None, tag: str) -> bool:
    """Whether it is data of a type that a process itself declares."""
    declared = None if node is None else node.getparent()
    declaring = None if declared is None else declared.getparent()
    return local(node) == tag and local(declared) == "ioSpecification" and local(declaring) == "process"


def data_objects_and_their_references_share_the_work(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.4.1: a data object has the type and no state, its references have the state and no type."""
    for node in document.of_type("dataObject"):
        if children_of(node, "dataState"):
            yield ignored(
                node, f"Đối tượng dữ liệu “{node.get('id')}” ghi trạng thái", "Ghi trạng thái ở dataObjectReference",
                f"the data object {node.get('id')} has a state", "put the state on its references",
            )  # fmt: skip
    for node in document.of_type("dataObjectReference"):
        if node.get("itemSubjectRef"):
            yield ignored(
                node, f"Tham chiếu dữ liệu “{node.get('id')}” ghi kiểu", "Ghi kiểu ở đối tượng dữ liệu",
                f"the data object reference {node.get('id')} has a type", "put the type on the data object",
            )  # fmt: skip


def references_are_called_after_their_object(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.4.1: the name of a reference is its object's, then its state in brackets."""
    for node in document.of_type("dataObjectReference"):
        found, name = document.named(node.get("dataObjectRef")), node.get("name")
        if found is None or not found.get("name") or not name:
            continue
        states = [state.get("name", "") for state in children_of(node, "dataState")]
        wanted = found.get("name", "") + "".join(f" [{state}]" for state in states)
        if " ".join(name.split()) != wanted:
            yield ignored(
                node, f"Tham chiếu dữ liệu tên “{name}”, theo chuẩn là “{wanted}”", "Đổi tên theo đối tượng dữ liệu",
                f"the data object reference is called “{name}”, by the standard “{wanted}”",
                "name it after its data object",
            )  # fmt: skip


RULES = (
    every_data_is_in_a_set,
    sets_list_their_own_data,
    optional_data_is_listed,
    sets_name_each_other,
    associations_have_one_source,
    process_data_faces_outward,
    data_objects_and_their_references_share_the_work,
    references_are_called_after_their_object,
)
