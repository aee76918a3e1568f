"""Whether events carry definitions their place allows, complete enough to run."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import Document, Node, breach, children_of, listed, starts_by_event
from bpmn.drawing import is_for_running
from bpmn.findings import Finding
from bpmn.names import EVENT_DEFINITIONS, local

ALLOWED = {
    "start": frozenset({"message", "timer", "conditional", "signal"}),
    "start of an event sub-process": frozenset(
        {"message", "timer", "conditional", "signal", "error", "escalation", "compensate"}
    ),
    "start of a sub-process": frozenset[str](),
    "intermediateCatchEvent": frozenset({"message", "timer", "conditional", "signal", "link"}),
    "intermediateThrowEvent": frozenset({"message", "escalation", "compensate", "signal", "link"}),
    "endEvent": frozenset({"message", "escalation", "compensate", "signal", "error", "cancel", "terminate"}),
    "boundaryEvent": frozenset(
        {"message", "timer", "conditional", "signal", "error", "escalation", "compensate", "cancel"}
    ),
}
SUB_PROCESSES = ("subProcess", "transaction", "adHocSubProcess")
CODES = {"error": "errorCode", "escalation": "escalationCode"}


def place(event: Node) -> str:
    """The place of an event, as a key of ALLOWED; empty in a choreography."""
    parent = event.getparent()
    if local(event) != "startEvent":
        return local(event) if local(parent) in ("process", *SUB_PROCESSES) else ""
    if local(parent) not in SUB_PROCESSES or parent is None:
        return "start" if local(parent) == "process" else ""
    return "start of an event sub-process" if starts_by_event(parent) else "start of a sub-process"


def carry_what_their_place_allows(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, tables 10.84 to 10.93."""
    for event in document.of_type(
        "startEvent", "intermediateCatchEvent", "intermediateThrowEvent", "endEvent", "boundaryEvent"
    ):
        wrong = document.kinds(event) - ALLOWED.get(place(event), document.kinds(event))
        if wrong:
            yield breach(
                event, f"{{}} không thể mang loại {listed(wrong)} ở vị trí này", "Đổi loại sự kiện",
                f"{{}} cannot be of the kind {listed(wrong)} at its place", "change the kind of the event",
                severity="error",
            )  # fmt: skip


def wait_for_something(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.4: a catching intermediate or boundary event has a definition."""
    for event in document.of_type("intermediateCatchEvent", "boundaryEvent"):
        if not document.definitions(event):
            yield breach(
                event, "{} chưa ghi chờ điều gì", "Chọn loại sự kiện: thông điệp, hẹn giờ, tín hiệu, lỗi…",
                "{} does not say what it waits for", "choose its kind: message, timer, signal, error…",
            )  # fmt: skip


def one_event_starts_an_event_sub_process(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.3.5: exactly one start event, and it has a trigger."""
    for scope in document.of_type(*SUB_PROCESSES):
        starts = children_of(scope, "startEvent")
        if starts_by_event(scope) and (len(starts) != 1 or not document.kinds(starts[0])):
            yield breach(
                scope, "{} cần đúng một sự kiện bắt đầu, có ghi chờ sự kiện gì",
                "Đặt một sự kiện bắt đầu kiểu thông điệp, tín hiệu, hẹn giờ, lỗi…",
                "{} needs exactly one start event that says what it waits for", "draw one start event with a trigger",
            )  # fmt: skip


def one_event_interrupts_a_scope_once(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.6: of the event sub-processes of a scope, one alone interrupts it for the same event."""
    seen: set[tuple[Node | None, str, Node]] = set()
    for event in document.of_type("startEvent"):
        scope = event.getparent()
        if scope is None or not starts_by_event(scope) or event.get("isInterrupting") == "false":
            continue
        for definition in document.definitions(event):
            kind = local(definition).removesuffix("EventDefinition")
            caught = document.named(definition.get(f"{kind}Ref"))
            if caught is None:
                continue
            if (key := (scope.getparent(), kind, caught)) in seen:
                yield breach(
                    event, "{} chờ cùng một sự kiện với quy trình con khác trong cùng tầng, và đều ngắt",
                    "Chỉ để một quy trình con ngắt bởi sự kiện này",
                    "{} waits for the same event as another interrupting event sub-process of its level",
                    "keep one of them",
                )  # fmt: skip
            seen.add(key)


def errors_interrupt(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 10.86: an error or a compensation does not leave the scope running."""
    for event in document.of_type("startEvent"):
        if event.get("isInterrupting") == "false" and document.kinds(event) & {"error", "compensate"}:
            yield breach(
                event, "{} chờ lỗi hoặc bù trừ nên luôn ngắt, đã bỏ qua isInterrupting=false", "Xóa isInterrupting",
                "{} waits for an error or compensation and always interrupts", "delete isInterrupting",
            )  # fmt: skip


def own_definitions_are_not_shared(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.5: only a definition at the root of the file can be referred to."""
    for reference in document.of_type("eventDefinitionRef"):
        found, event = document.named(reference.text), reference.getparent()
        if event is None or found is None or local(found) not in EVENT_DEFINITIONS:
            continue
        if found.getparent() is not document.root:
            yield breach(
                event, "{} dùng định nghĩa nằm trong một sự kiện khác", "Đưa định nghĩa ra ngoài quy trình",
                "{} uses a definition that belongs to another event", "put the definition at the root of the file",
                severity="error",
            )  # fmt: skip


def thrown_errors_and_escalations_have_codes(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.3.6 and 8.3.7: what is thrown in an executable process has a code."""
    for event in document.of_type("endEvent", "intermediateThrowEvent"):
        for definition in document.definitions(event):
            kind = local(definition).removesuffix("EventDefinition")
            thrown = document.named(definition.get(f"{kind}Ref")) if kind in CODES else None
            if kind in CODES and is_for_running(event) and (thrown is None or not thrown.get(CODES[kind])):
                yield breach(
                    event, f"{{}} chưa có {CODES[kind]}, chỉ nơi bắt mọi mã mới nhận được",
                    f"Chọn và ghi {CODES[kind]}",
                    f"{{}} has no {CODES[kind]}: only what catches any code receives it",
                    f"choose one with {CODES[kind]}",
                )  # fmt: skip


def messages_and_signals_are_named(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.5: in an executable process a message or signal event says which."""
    for kind in ("message", "signal"):
        for definition in document.of_type(f"{kind}EventDefinition"):
            event = definition.getparent()
            if event is not None and is_for_running(definition) and not definition.get(f"{kind}Ref"):
                yield breach(
                    event, f"{{}} chưa ghi {kind}Ref, đã lấy tên của sự kiện", f"Chọn {kind} cho sự kiện",
                    f"{{}} names no {kind} and takes the event's name", f"choose a {kind} for the event",
                )  # fmt: skip


def message_events_name_an_operation(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 10.89; with our attributes messages go by name and correlation."""
    for definition in document.of_type("messageEventDefinition"):
        event = definition.getparent()
        if document.is_ours or event is None or not is_for_running(definition):
            continue
        if not children_of(definition, "operationRef"):
            yield breach(
                event, "{} không ghi thao tác (operationRef); thông điệp được gửi và nhận theo tên",
                "Ghi operationRef, hoặc lưu lại bằng công cụ thiết kế của hệ thống",
                "{} names no operation; its message goes by name", "write operationRef, or save it in our designer",
            )  # fmt: skip


RULES = (
    carry_what_their_place_allows,
    wait_for_something,
    one_event_starts_an_event_sub_process,
    one_event_interrupts_a_scope_once,
    errors_interrupt,
    own_definitions_are_not_shared,
    thrown_errors_and_escalations_have_codes,
    messages_and_signals_are_named,
    message_events_name_an_operation,
)
