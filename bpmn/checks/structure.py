"""Whether the file is BPMN 2.0 at all: a process, ids that are unique, references that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.checks.standard.document import NODES
from bpmn.drawing import children, finding, is_illustration, line_of
from bpmn.findings import Finding
from bpmn.names import ACTIVITIES, EVENT_DEFINITIONS, FLOW_NODES, MODEL, bare, local

REFERRED = {
    "sourceRef": "điểm đầu",
    "targetRef": "điểm cuối",
    "attachedToRef": "bước được gắn vào",
    "processRef": "quy trình",
    "default": "nhánh mặc định",
    "messageRef": "thông điệp",
    "signalRef": "tín hiệu",
    "errorRef": "lỗi",
    "escalationRef": "mức báo cáo",
    "eventDefinitionRef": "định nghĩa sự kiện",
}
REFERENCES = {"messageRef": "message", "signalRef": "signal", "errorRef": "error", "escalationRef": "escalation"}


class Known:
    """What references may lead to: the elements of a file by id, and what it imports by namespace."""

    def __init__(self, root: etree._Element) -> None:
        self.nodes = {name: node for node in root.iter(f"{MODEL}*") if (name := node.get("id"))}
        self.imported = frozenset(each.get("namespace") for each in root.findall(f"{MODEL}import"))
        self.space = root.get("targetNamespace")

    def leads_elsewhere(self, node: etree._Element, name: str) -> bool:
        """Whether a reference may lead into an imported drawing, by its prefix or as both are of one namespace."""
        prefix, colon, _ = name.partition(":")
        space = node.nsmap.get(prefix) if colon else None
        return (self.space if space is None else space) in self.imported


def check(root: etree._Element) -> Iterator[Finding]:
    """The faults that make a drawing unreadable; `root` is the tree as it came, of BPMN."""
    if root.find(f"{MODEL}process") is None:
        yield Finding(
            "error", None, line_of(root), "Tệp không có quy trình nào", "Vẽ ít nhất một quy trình",
            "there is no process in the file", "draw at least one process",
        )  # fmt: skip
        return
    yield from duplicate_ids(root)
    known = Known(root)
    for node in root.iter(f"{MODEL}*"):
        yield from dangling(node, known)


def not_bpmn(root: etree._Element) -> Finding:
    """The finding about a file of another kind."""
    return Finding(
        "error", None, line_of(root), "Tệp không phải BPMN 2.0", "Xuất bản vẽ theo chuẩn BPMN 2.0 (.bpmn)",
        "this is not a BPMN 2.0 file", "export the drawing as BPMN 2.0", against_standard=True,
    )  # fmt: skip


def check_executable(root: etree._Element) -> Iterator[Finding]:
    """Whether anything can run; `root` is the normalised tree."""
    processes = root.findall(f"{MODEL}process")
    if any(process.get("isExecutable") == "true" and children(process) for process in processes):
        return
    yield finding(
        "error", processes[0], "Không có quy trình nào chạy được trong tệp",
        "Vẽ các bước và đánh dấu “Chạy được” cho quy trình",
        "no process of the file is executable", "draw its steps and mark the process as executable",
    )  # fmt: skip


def duplicate_ids(root: etree._Element) -> Iterator[Finding]:
    """Every second use of an id (XML Schema: ID)."""
    seen: dict[str, etree._Element] = {}
    for node in root.iter(f"{MODEL}*"):
        name = node.get("id")
        if name and name in seen:
            yield finding(
                "error", node, f"Mã “{name}” được dùng hai lần (lần đầu ở dòng {line_of(seen[name])})",
                "Đặt mã khác cho một trong hai phần tử",
                f"the id {name} is used twice (first in line {line_of(seen[name])})", "give one of them another id",
                against_standard=True,
            )  # fmt: skip
        elif name:
            seen[name] = node


def dangling(node: etree._Element, known: Known) -> Iterator[Finding]:
    """The references of one element that lead nowhere, or to something of the wrong kind."""
    if local(node) == "sequenceFlow":
        for attribute in ("sourceRef", "targetRef"):
            yield from expect(node, attribute, known, NODES)
    elif local(node) == "boundaryEvent":
        yield from expect(node, "attachedToRef", known, ACTIVITIES)
    elif local(node) == "participant" and node.get("processRef"):
        yield from expect(node, "processRef", known, {"process"})
    if local(node) in FLOW_NODES and node.get("default"):
        yield from expect(node, "default", known, {"sequenceFlow"})
    for attribute, tag in REFERENCES.items():
        if node.get(attribute) and local(node) in FLOW_NODES | EVENT_DEFINITIONS:
            yield from expect(node, attribute, known, {tag})
    if local(node) == "eventDefinitionRef":
        yield from expect(node, "eventDefinitionRef", known, EVENT_DEFINITIONS)


def expect(node: etree._Element, reference: str, known: Known, tags: frozenset[str] | set[str]) -> Iterator[Finding]:
    """A finding when a reference, an attribute or the text of `node`, does not lead to an element of one of `tags`."""
    name = (node.text or "" if local(node) == reference else node.get(reference, "")).strip()
    elsewhere = known.leads_elsewhere(node, name)
    found = known.nodes.get(name, None if elsewhere and ":" in name else known.nodes.get(bare(name)))
    if found is not None and local(found) in tags:
        return
    if found is None and elsewhere:
        if local(node) != "participant" and not is_illustration(node):
            yield unread(node, name)
        return
    yield lost(node, reference, name)


def unread(node: etree._Element, name: str) -> Finding:
    """The finding about a step that needs what an imported file holds."""
    return finding(
        "error", node, f"{{}} dùng “{name}” của tệp khác, hệ thống không đọc tệp được nhập khi chạy",
        "Chép phần đó vào tệp này",
        f"{{}} uses “{name}” of another file; imported files are not read for running", "copy that part into the file",
    )  # fmt: skip


def lost(node: etree._Element, attribute: str, name: str) -> Finding:
    """The finding about a reference that leads nowhere."""
    return finding(
        "error", node, f"{{}}: {REFERRED.get(attribute, attribute)} “{name}” không có trong bản vẽ",
        "Nối lại hoặc xóa phần tử này",
        f"{{}}: {attribute} points to “{name}”, which is no fitting element", "connect it again, or delete it",
        against_standard=True,
    )  # fmt: skip
