"""Whether boundary events stand where they may, and compensation leads to what undoes."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import Document, Node, breach, is_undone_by, starts_by_event
from bpmn.checks.standard.flows import is_joined
from bpmn.drawing import process_of
from bpmn.findings import Finding
from bpmn.names import ACTIVITIES, local


def lie_beside_their_activity(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.4: on the border of an activity of the same level, not of an event sub-process."""
    for event in document.of_type("boundaryEvent"):
        host = document.named(event.get("attachedToRef"))
        if host is not None and (host.getparent() is not event.getparent() or starts_by_event(host)):
            yield breach(
                event, "{} gắn vào một bước không cùng tầng hoặc do sự kiện khởi động", "Gắn vào một bước cùng tầng",
                "{} is attached to an activity of another level or one started by an event",
                "attach it to an activity of its own level", severity="error",
            )  # fmt: skip


def have_no_incoming(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.4."""
    for event in document.of_type("boundaryEvent"):
        if is_joined(document, event)[0]:
            yield breach(
                event, "{} không được có đường nối đi vào", "Xóa đường nối đi vào",
                "{} must not have an incoming flow", "delete the flow",
            )  # fmt: skip


def lead_on(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.4: at least one flow leaves, except for compensation."""
    for event in document.of_type("boundaryEvent"):
        if "compensate" not in document.kinds(event) and not is_joined(document, event)[1]:
            yield breach(
                event, "{} không dẫn tới đâu", "Nối tới bước xử lý hoặc sự kiện kết thúc",
                "{} leads nowhere", "connect it to a step or an end event",
            )  # fmt: skip


def compensation_has_no_flow(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.7.2: it is joined to what undoes by an association."""
    for event in document.of_type("boundaryEvent"):
        if "compensate" in document.kinds(event) and is_joined(document, event)[1]:
            yield breach(
                event, "{} là sự kiện bù trừ nên không có đường nối đi ra",
                "Dùng liên kết (association) tới bước hoàn tác",
                "{} waits for compensation and has no outgoing flow", "use an association to the step that undoes",
                severity="error",
            )  # fmt: skip


def compensation_leads_to_what_undoes(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.4 and 10.7.2: it may have an association; that ends at one activity with `isForCompensation`."""
    joined: dict[Node | None, list[Node | None]] = {}
    for each in document.of_type("association"):
        joined.setdefault(document.named(each.get("sourceRef")), []).append(document.named(each.get("targetRef")))
    for event in document.of_type("boundaryEvent"):
        activities = [end for end in joined.get(event, ()) if end is not None and local(end) in ACTIVITIES]
        undoing = [end for end in activities if is_undone_by(end)]
        if "compensate" in document.kinds(event) and (len(activities) != 1 or not undoing):
            yield breach(
                event, "{} không nối tới đúng một bước hoàn tác", "Nối sự kiện bù trừ tới một bước đánh dấu là bù trừ",
                "{} does not lead to exactly one compensating step",
                "associate it with one activity marked as compensation",
            )  # fmt: skip


def compensated_activities_can_be_seen(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.7.1: compensation is thrown for an activity of its own process."""
    for event in document.of_type("intermediateThrowEvent", "endEvent"):
        for definition in document.definitions(event):
            activity = document.named(definition.get("activityRef"))
            if activity is not None and process_of(activity) is not process_of(event):
                yield breach(
                    event, "{} hoàn tác một bước của quy trình khác", "Chọn một bước trong cùng quy trình",
                    "{} compensates an activity of another process", "choose an activity of its own process",
                )  # fmt: skip


def what_undoes_has_no_flow(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.7.2: an activity for compensation lies outside the normal flow."""
    for node in document.of_type(*sorted(ACTIVITIES)):
        if is_undone_by(node) and any(is_joined(document, node)):
            yield breach(
                node, "{} đánh dấu là bù trừ nên không có đường nối vào hay ra",
                "Xóa các đường nối, hoặc bỏ dấu bù trừ",
                "{} is marked as compensation and has no flows", "delete the flows, or the mark", severity="error",
            )  # fmt: skip


def what_always_interrupts_says_so(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 10.90: an error or cancel event does not leave its activity running."""
    for event in document.of_type("boundaryEvent"):
        if event.get("cancelActivity") == "false" and document.kinds(event) & {"error", "cancel", "compensate"}:
            yield breach(
                event, "{} không thể để bước đang chạy tiếp tục, đã bỏ qua cancelActivity=false", "Xóa cancelActivity",
                "{} cannot leave its activity running", "delete cancelActivity",
            )  # fmt: skip


def cancel_belongs_to_transactions(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.3.5 and 10.5.3: a cancel event leaves a transaction, or ends a path somewhere inside of one."""
    for event in document.of_type("boundaryEvent", "endEvent"):
        if local(event) == "boundaryEvent":
            belongs = document.type_named(event.get("attachedToRef")) == "transaction"
        else:
            belongs = any(local(each) == "transaction" for each in event.iterancestors())
        if "cancel" in document.kinds(event) and not belongs:
            yield breach(
                event, "{} thuộc loại hủy, chỉ dùng với giao dịch", "Đổi loại sự kiện, hoặc dùng giao dịch",
                "{}: only a transaction can be cancelled", "change the event, or make it a transaction",
                severity="error",
            )  # fmt: skip


RULES = (
    lie_beside_their_activity,
    have_no_incoming,
    lead_on,
    compensation_has_no_flow,
    compensation_leads_to_what_undoes,
    compensated_activities_can_be_seen,
    what_undoes_has_no_flow,
    what_always_interrupts_says_so,
    cancel_belongs_to_transactions,
)
