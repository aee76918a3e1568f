"""Whether events carry the definition their place in the drawing asks for."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import Drawing, children, event_definitions, finding, is_event_sub_process, scope_of
from bpmn.findings import Finding
from bpmn.names import MODEL, local

ONLY_IN_EVENT_SUB_PROCESS = ("errorEventDefinition", "escalationEventDefinition", "compensateEventDefinition")


def check(drawing: Drawing) -> Iterator[Finding]:
    """BPMN 2.0, tables 10.84 to 10.101."""
    for scope in drawing.scopes:
        yield from starts(scope)
    for event in drawing.of_type("boundaryEvent", "intermediateCatchEvent"):
        yield from waits_for_something(event)
    for event in drawing.of_type("intermediateCatchEvent", "intermediateThrowEvent"):
        yield from unjoined_link(event)
    for event in drawing.of_type("boundaryEvent", "endEvent"):
        yield from cancel(event, drawing)
    for event in drawing.of_type("boundaryEvent"):
        yield from host(event, drawing)
    for scope in drawing.of_type("adHocSubProcess"):
        yield from ad_hoc(scope)
    for activity in drawing.of_type("callActivity"):
        yield from called(activity)


def starts(scope: etree._Element) -> Iterator[Finding]:
    """A sub-process begins plainly, an event sub-process by its event, a process by neither error nor escalation."""
    found = children(scope, "startEvent")
    kinds = [local(definition) for event in found for definition in event_definitions(event)]
    if is_event_sub_process(scope):
        if len(found) != 1 or not kinds:
            yield finding(
                "error", scope, "{} cần đúng một sự kiện bắt đầu, có ghi chờ sự kiện gì",
                "Đặt một sự kiện bắt đầu kiểu thông điệp, tín hiệu, hẹn giờ, lỗi…",
                "{} needs exactly one start event that says what it waits for", "draw one start event with a trigger",
                against_standard=True,
            )  # fmt: skip
        return
    for event in found:
        own = [local(definition) for definition in event_definitions(event)]
        if local(scope) != "process" and own:
            yield finding(
                "error", event, "{} trong quy trình con phải là bắt đầu thường",
                "Đổi thành sự kiện bắt đầu thường, hoặc đổi quy trình con thành loại do sự kiện khởi động",
                "{} in a sub-process must be plain", "make it plain, or make the sub-process an event sub-process",
                against_standard=True,
            )  # fmt: skip
        elif event.get("parallelMultiple") == "true" and len(own) > 1:
            yield finding(
                "error", event, "{} chờ nhiều sự kiện cùng đến, hệ thống chưa bắt đầu hồ sơ như vậy được",
                "Bắt đầu bằng một sự kiện, và đón các sự kiện khác ở bước ngay sau đó",
                "{} waits for several events together, which cannot start a case",
                "start with one of them and catch the others in a step after it",
            )  # fmt: skip
        elif "conditionalEventDefinition" in own and local(scope) == "process":
            yield finding(
                "error", event, "{} chờ một điều kiện, nhưng khi chưa có hồ sơ thì chưa có gì để xét điều kiện",
                "Dùng sự kiện bắt đầu thường, thông điệp, tín hiệu hoặc hẹn giờ, rồi chờ điều kiện ở bước sau",
                "{} waits for a condition, but before a case begins there is nothing to look at",
                "use a plain, message, signal or timer start and wait for the condition in the next step",
            )  # fmt: skip
        elif any(kind in ONLY_IN_EVENT_SUB_PROCESS for kind in own):
            yield finding(
                "error", event, "{} thuộc loại chỉ dùng trong quy trình con do sự kiện khởi động",
                "Dùng sự kiện bắt đầu thường, thông điệp, tín hiệu hoặc hẹn giờ",
                "{} of this kind belongs into an event sub-process", "use a plain, message, signal or timer start",
                against_standard=True,
            )  # fmt: skip


def waits_for_something(event: etree._Element) -> Iterator[Finding]:
    """A catching event without a definition would wait for ever."""
    if not event_definitions(event):
        yield finding(
            "error", event, "{} chưa ghi chờ điều gì", "Chọn loại sự kiện: thông điệp, hẹn giờ, tín hiệu, lỗi…",
            "{} does not say what it waits for", "choose its kind: message, timer, signal, error…",
            against_standard=True,
        )  # fmt: skip


def unjoined_link(event: etree._Element) -> Iterator[Finding]:
    """A link that still has its definition found no partner of its name."""
    if event.find(f"{MODEL}linkEventDefinition") is not None:
        yield finding(
            "error", event, "{} là mối nối nhưng không có đầu kia cùng tên trong cùng quy trình",
            "Đặt cùng một tên cho hai đầu mối nối",
            "{} is a link without a partner of its name in the same process", "give both ends the same name",
        )  # fmt: skip


def host(event: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    """What an event starts has no border for another event to stand on (BPMN 2.0, 10.3.5)."""
    if is_event_sub_process(drawing.by_id[event.get("attachedToRef") or ""]):
        yield finding(
            "error", event, "{} không gắn được vào quy trình con do sự kiện khởi động",
            "Đặt sự kiện vào bên trong quy trình con đó",
            "{} cannot be attached to an event sub-process", "put the event into that sub-process",
            against_standard=True,
        )  # fmt: skip


def cancel(event: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    """Only a transaction can be cancelled."""
    if event.find(f"{MODEL}cancelEventDefinition") is None:
        return
    place = scope_of(event) if local(event) == "endEvent" else drawing.by_id.get(event.get("attachedToRef") or "")
    if local(place) != "transaction":
        yield finding(
            "error", event, "{} thuộc loại hủy, chỉ dùng với giao dịch",
            "Đổi loại sự kiện, hoặc đổi quy trình con thành giao dịch",
            "{}: only a transaction can be cancelled", "change the event, or make the sub-process a transaction",
            against_standard=not any(local(each) == "transaction" for each in event.iterancestors()),
        )  # fmt: skip


def ad_hoc(scope: etree._Element) -> Iterator[Finding]:
    """In an ad-hoc sub-process nothing begins and nothing ends by a drawn event (BPMN 2.0, 10.3.5)."""
    for event in children(scope, "startEvent", "endEvent"):
        yield finding(
            "error", event, "{} không được nằm trong quy trình con tùy nghi", "Xóa sự kiện này",
            "{} must not lie in an ad-hoc sub-process", "delete the event",
            against_standard=True,
        )  # fmt: skip


def called(activity: etree._Element) -> Iterator[Finding]:
    """A call activity says what it calls."""
    if not (activity.get("calledElement") or "").strip():
        yield finding(
            "error", activity, "{} chưa chọn quy trình được gọi", "Chọn quy trình cần gọi",
            "{} does not say which process it calls", "choose the process",
        )  # fmt: skip
