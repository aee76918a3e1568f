"""Whether processes, sub-processes and activities hold what they may."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bpmn.checks.standard.document import CHOREOGRAPHY_ACTIVITIES, Document, breach, children_of
from bpmn.findings import Finding
from bpmn.names import ACTIVITIES, MODEL, SCOPES, local

MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(\s*;.*)?")  # RFC 6838
SUB_PROCESSES = ("subProcess", "transaction", "adHocSubProcess")


def hold_no_choreography(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.3.5 and 11: choreography activities lie in choreographies."""
    for node in document.of_type(*sorted(CHOREOGRAPHY_ACTIVITIES)):
        if local(node.getparent()) in SCOPES:
            yield breach(
                node, "{} thuộc biên đạo, không nằm được trong quy trình", "Đổi thành một bước của quy trình",
                "{} belongs into a choreography, not into a process", "make it an activity", severity="error",
            )  # fmt: skip


def ad_hoc_holds_activities(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.3.5: at least one activity, neither start nor end."""
    for scope in document.of_type("adHocSubProcess"):
        if not children_of(scope, *ACTIVITIES):
            yield breach(
                scope, "{} không có bước nào", "Vẽ ít nhất một bước bên trong",
                "{} holds no activity", "draw at least one activity in it",
            )  # fmt: skip
        for event in children_of(scope, "startEvent", "endEvent"):
            yield breach(
                event, "{} không được nằm trong quy trình con tùy nghi", "Xóa sự kiện này",
                "{} must not lie in an ad-hoc sub-process", "delete the event",
            )  # fmt: skip


def sub_processes_take_data_as_they_are(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.4.1: a sub-process sees the data around it and has no input or output of its own."""
    for scope in document.of_type(*SUB_PROCESSES):
        if children_of(scope, "ioSpecification"):
            yield breach(
                scope, "{} không được khai báo dữ liệu vào và ra; đã bỏ qua", "Xóa ioSpecification",
                "{} must not declare inputs and outputs; left out", "delete the ioSpecification",
            )  # fmt: skip


def quantities_are_at_least_one(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 10.3."""
    for node in document.of_type(*sorted(ACTIVITIES)):
        for name in ("startQuantity", "completionQuantity"):
            value = node.get(name, "1").strip()
            if value.startswith("-") or not value.strip("+0"):
                yield breach(
                    node, f"{{}}: {name} là “{value}”, phải từ 1 trở lên", "Sửa lại số này",
                    f"{{}}: {name} is “{value}” and must be at least 1", "mend the number", severity="error",
                )  # fmt: skip


def texts_name_a_format(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.2.1 and 8.3.1: the format of a documentation or annotation is a media type, as text/plain."""
    for node in document.of_type("documentation", "textAnnotation"):
        written = node.get("textFormat", "text/plain")
        if not MEDIA_TYPE.fullmatch(written.strip()):
            yield breach(
                node, f"textFormat “{written}” không phải một kiểu nội dung, đã đọc như văn bản thường",
                "Ghi một kiểu MIME, ví dụ text/plain",
                f"textFormat “{written}” is no media type and is read as plain text", "write a media type: text/plain",
            )  # fmt: skip


def public_processes_do_not_run(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 10.1: a public process is a view of one, not to be executed."""
    for process in document.of_type("process"):
        if process.get("processType") == "Public" and process.get("isExecutable") != "false":
            yield breach(
                process, "{} là quy trình công khai (Public) nên không được đánh dấu chạy được; đã bỏ qua processType",
                "Xóa processType, hoặc đặt isExecutable là false",
                "{} is public and must not be executable; processType was left out",
                "delete processType, or set isExecutable to false",
            )  # fmt: skip


def lanes_hold_nodes_of_their_process(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.8: a lane holds nodes of its own process, each in one lane of a set."""
    for lanes in document.of_type("laneSet", "childLaneSet"):
        home, held = lanes.getparent(), set[str]()
        while local(home) in ("lane", "laneSet", "childLaneSet") and home is not None:
            home = home.getparent()
        for lane in children_of(lanes, "lane"):
            for reference in children_of(lane, "flowNodeRef"):
                name = (reference.text or "").strip()
                node = document.named(name)
                if node is not None and (name in held or home not in list(node.iterancestors())):
                    yield breach(
                        lane, f"Làn chứa “{name}”, vốn thuộc quy trình khác hoặc đã ở làn khác; đã bỏ qua",
                        "Đặt mỗi bước vào đúng một làn",
                        f"the lane holds “{name}”, which is of another process or in another lane; left out",
                        "put each node into one lane",
                    )  # fmt: skip
                held.add(name)


def resources_are_bound_by_their_parameters(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.3.1: a role binds parameters of the resource it names."""
    for binding in document.of_type("resourceParameterBinding"):
        role, parameter = binding.getparent(), document.named(binding.get("parameterRef"))
        resource = None if role is None else document.named(role.findtext(f"{MODEL}resourceRef"))
        if parameter is not None and resource is not None and parameter.getparent() is not resource:
            yield breach(
                binding, f"Tham số “{binding.get('parameterRef')}” không thuộc nguồn lực được chọn; đã bỏ qua",
                "Chọn tham số của chính nguồn lực đó",
                f"the parameter {binding.get('parameterRef')} is not one of the resource; left out",
                "choose a parameter of that resource",
            )  # fmt: skip


RULES = (
    hold_no_choreography,
    ad_hoc_holds_activities,
    sub_processes_take_data_as_they_are,
    quantities_are_at_least_one,
    texts_name_a_format,
    public_processes_do_not_run,
    lanes_hold_nodes_of_their_process,
    resources_are_bound_by_their_parameters,
)
