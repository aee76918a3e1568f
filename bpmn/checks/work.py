"""Whether steps have something to do, and begin where one expects."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from bpmn.drawing import Drawing, children, event_definitions, finding, process_of
from bpmn.findings import Finding
from bpmn.names import EXTENSION, INSERTED_FOR, bare, local

GIVEN = {
    "serviceTask": (f"{EXTENSION}topic",),
    "businessRuleTask": (f"{EXTENSION}decision", f"{EXTENSION}topic"),
    "sendTask": ("messageRef", f"{EXTENSION}topic"),
}


def check(drawing: Drawing) -> Iterator[Finding]:
    """Advice on steps that would pass without effect, and on a process that calls itself."""
    for task in drawing.of_type(*GIVEN):
        yield from idle(task)
    for activity in drawing.of_type("callActivity"):
        yield from calls_itself(activity)
    for process in drawing.processes:
        yield from several_starts(process)


def idle(task: etree._Element) -> Iterator[Finding]:
    """A step that names no work passes at once."""
    if any(task.get(name) for name in GIVEN[local(task)]) or event_definitions(task):
        return
    yield finding(
        "advice", task, "{} chưa chọn việc phải làm, sẽ đi qua ngay",
        "Chọn việc (topic), bảng quyết định hoặc thông điệp",
        "{} names no work and passes at once", "choose a topic, a decision or a message",
    )  # fmt: skip


def calls_itself(activity: etree._Element) -> Iterator[Finding]:
    """A process that calls itself goes on doing so unless a gateway stands before."""
    process = process_of(activity)
    if process is not None and process.get("id") == activity.get("calledElement"):
        yield finding(
            "advice", activity, "{} gọi lại chính quy trình của mình", "Đặt một cổng có điều kiện dừng ở phía trước",
            "{} calls the process it lies in", "put a gateway with a condition that ends it in front",
        )  # fmt: skip


def check_called(drawing: Drawing, is_deployed: Callable[[str], bool]) -> Iterator[Finding]:
    """Advice on a call of what is neither in the file nor deployed: the case would stop there."""
    for activity in drawing.of_type("callActivity"):
        key = bare(activity.get("calledElement"))
        if key and key not in drawing.by_id and not is_deployed(key):
            yield finding(
                "advice", activity, f"{{}} gọi quy trình “{key}”, chưa có trong tệp và chưa được phát hành",
                "Phát hành quy trình đó trước, hoặc chọn quy trình khác",
                f"{{}} calls the process “{key}”, which is neither in the file nor deployed",
                "deploy that process first, or choose another",
            )  # fmt: skip


def several_starts(process: etree._Element) -> Iterator[Finding]:
    """Of several plain starts only one begins an instance."""
    plain = [
        event
        for event in children(process, "startEvent")
        if not event_definitions(event) and INSERTED_FOR not in event.attrib
    ]
    for event in plain[1:]:
        yield finding(
            "advice", event, "{} là sự kiện bắt đầu thường thứ hai: hồ sơ chỉ bắt đầu ở một nơi",
            "Chỉ để một sự kiện bắt đầu thường, hoặc ghi sự kiện kia chờ gì",
            "{} is a second plain start: a case begins at one of them",
            "keep one plain start event, or say what the other waits for",
        )  # fmt: skip
