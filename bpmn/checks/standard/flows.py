"""Whether sequence flows join what they may, and whether their ends know of them."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import CHOREOGRAPHY_ACTIVITIES, Document, Node, breach, starts_by_event, texts
from bpmn.drawing import process_of
from bpmn.findings import Finding
from bpmn.names import ACTIVITIES, FLOW_NODES, MODEL, local


def do_not_touch_event_sub_processes(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.3.5: nothing leads into or out of an event sub-process."""
    for node in document.of_type("subProcess", "transaction", "adHocSubProcess"):
        written = texts(node, "incoming") + texts(node, "outgoing")
        if starts_by_event(node) and (written or document.arriving(node) or document.leaving(node)):
            yield breach(
                node, "{} do sự kiện khởi động nên không có đường nối vào hay ra", "Xóa các đường nối vào và ra",
                "{} is started by an event and has no flows into or out of it", "delete the flows",
            )  # fmt: skip


def stay_in_their_level(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.3.13: a flow crosses the border of no pool and no sub-process."""
    for flow in document.of_type("sequenceFlow"):
        ends = [document.named(flow.get(name)) for name in ("sourceRef", "targetRef")]
        places = [None if end is None else end.getparent() for end in ends]
        if None not in ends and (places[0] is not places[1] or places[0] is not flow.getparent()):
            yield breach(
                flow, "{} không nằm cùng quy trình hay quy trình con với hai đầu của nó",
                "Vẽ đường nối trong cùng một quy trình, hoặc dùng luồng thông điệp giữa hai quy trình",
                "{} does not lie in the same process or sub-process as both its ends",
                "draw the flow inside one process, or use a message flow between two",
            )  # fmt: skip


def are_known_at_their_ends(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.3.13: `incoming` and `outgoing` name the flows; tools leave out all, so it is said once a level."""
    for level in document.levels():
        unknown = [
            (node, flow)
            for node in level
            if local(node) in FLOW_NODES | CHOREOGRAPHY_ACTIVITIES
            for tag, flows in (("incoming", document.arriving(node)), ("outgoing", document.leaving(node)))
            for flow in flows
            if flow not in document.named_by(node, tag)
        ]
        if unknown:
            yield breach(
                unknown[0][0], f"{{}} và các phần tử cùng tầng thiếu {len(unknown)} mục incoming hoặc outgoing, "
                "đã lấy theo các đường nối", "Mở và lưu lại bằng công cụ thiết kế",
                f"{{}} and others of its level lack {len(unknown)} incoming or outgoing, taken from the flows",
                "open and save it in the designer",
            )  # fmt: skip


def ends_name_their_own_flows(document: Document) -> Iterator[Finding]:
    """What `incoming` names arrives, and what `outgoing` names leaves."""
    for tag, attribute in (("incoming", "targetRef"), ("outgoing", "sourceRef")):
        for named in document.of_type(tag):
            node, flow = named.getparent(), document.named(named.text)
            if node is None or local(flow) != "sequenceFlow" or flow is None:
                continue
            if document.named(flow.get(attribute)) is not node:
                yield breach(
                    node, f"{{}} ghi {tag} “{flow.get('id')}” nhưng đường nối đó không tới hoặc ra từ đây, đã bỏ qua",
                    "Xóa mục này, hoặc nối lại",
                    f"{{}} names {tag} “{flow.get('id')}”, which does not touch it; left out",
                    "delete the entry, or connect it again",
                )  # fmt: skip


def are_immediate_where_they_run(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 8.60: `isImmediate` is not false in an executable process."""
    for flow in document.of_type("sequenceFlow"):
        process = process_of(flow)
        if flow.get("isImmediate") == "false" and process is not None and process.get("isExecutable") != "false":
            yield breach(
                flow, "{} ghi isImmediate=false, không dùng trong quy trình chạy được; đã bỏ qua", "Xóa isImmediate",
                "{} says isImmediate=false, which no executable process may; left out", "delete isImmediate",
            )  # fmt: skip


def conditions_leave_choices(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.3.13: a conditional flow leaves an activity that has another, or a gateway that chooses."""
    for flow in document.of_type("sequenceFlow"):
        source = document.named(flow.get("sourceRef"))
        if source is None or flow.find(f"{MODEL}conditionExpression") is None:
            continue
        if local(source) in ACTIVITIES and len(document.leaving(source)) > 1:
            continue
        if local(source) in ("exclusiveGateway", "inclusiveGateway", "complexGateway", "parallelGateway"):
            continue
        yield breach(
            flow, "{} có điều kiện nhưng không ra từ chỗ được chọn nhánh",
            "Xóa điều kiện, hoặc đặt cổng chọn một hay chọn nhiều ở trước",
            "{} has a condition but leaves nothing that chooses",
            "delete the condition, or draw an exclusive or inclusive gateway before it",
        )  # fmt: skip


def defaults_leave_their_element(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.3 and 10.6: the default flow leaves the element that names it."""
    for node in document.root.iter(f"{MODEL}*"):
        flow = document.named(node.get("default")) if local(node) in FLOW_NODES else None
        if flow is not None and document.named(flow.get("sourceRef")) is not node:
            yield breach(
                node, "Nhánh mặc định của {} không phải đường nối ra khỏi nó", "Chọn một đường nối ra làm mặc định",
                "the default flow of {} does not leave it", "choose one of its outgoing flows", severity="error",
            )  # fmt: skip


def is_joined(document: Document, node: Node) -> tuple[bool, bool]:
    """Whether something leads to a node, and whether something leads from it, drawn or written."""
    arriving, leaving = document.counts(node)
    return arriving > 0, leaving > 0


RULES = (
    do_not_touch_event_sub_processes,
    stay_in_their_level,
    are_known_at_their_ends,
    ends_name_their_own_flows,
    are_immediate_where_they_run,
    conditions_leave_choices,
    defaults_leave_their_element,
)
