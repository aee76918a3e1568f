"""Whether what is called is there, can be started, and takes what it is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bpmn.checks.standard.document import Document, Node, breach, children_of, texts
from bpmn.findings import Finding
from bpmn.names import GLOBAL_TASKS, MODEL, local

PARTS = ("dataInput", "dataOutput", "inputSet", "outputSet")


def what_is_called_is_there(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.3.6: a process or global task; in our drawings it may be another deployed definition."""
    for activity in document.of_type("callActivity"):
        reference = activity.get("calledElement", "").strip()
        if document.is_ours or not reference or local(document.named(reference)) in ("process", *GLOBAL_TASKS):
            continue
        if document.named(reference) is None and document.may_lead_elsewhere(reference):
            continue
        yield breach(
            activity, f"{{}}: “{reference}” không có trong tệp; khi chạy sẽ tìm trong các quy trình đã công bố",
            "Chọn quy trình được gọi",
            f"{{}}: “{reference}” is no process of the file and is looked for among those deployed",
            "choose the process it calls",
        )  # fmt: skip


def what_is_called_starts_plainly(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.2: a called process has a start event without a trigger."""
    called = {id(document.named(each.get("calledElement"))) for each in document.of_type("callActivity")}
    for process in document.of_type("process"):
        starts = children_of(process, "startEvent")
        if id(process) in called and starts and all(map(document.definitions, starts)):
            yield breach(
                process, "{} được gọi từ bước khác nhưng không có sự kiện bắt đầu thường",
                "Vẽ một sự kiện bắt đầu thường",
                "{} is called but has no plain start event", "draw a plain start event",
            )  # fmt: skip


def calls_match_what_they_call(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.3.6: inputs, outputs and their sets are those of the called element."""
    known: dict[Node, dict[str, Counter[str]]] = {}
    for activity in document.of_type("callActivity"):
        called = document.named(activity.get("calledElement"))
        if called is None:
            continue
        if called not in known:
            known[called] = signature(document.home_of(called), called)
        if signature(document, activity) != known[called]:
            yield breach(
                activity, "{} có dữ liệu vào và ra khác với quy trình được gọi; biến được chuyển theo tên",
                "Khai báo cùng dữ liệu vào và ra ở hai nơi",
                "{} declares other inputs and outputs than what it calls; variables go by name",
                "declare the same inputs and outputs in both",
            )  # fmt: skip


def signature(document: Document, node: Node) -> dict[str, Counter[str]]:
    """What a node takes and gives: the structures of its data, the numbers of data in its sets."""
    declared = node.find(f"{MODEL}ioSpecification")
    if declared is None:
        return {part: Counter() for part in PARTS}
    found: dict[str, Counter[str]] = {}
    for part in PARTS:
        nodes = children_of(declared, part)
        if part.endswith("Set"):
            tag = "dataInputRefs" if part == "inputSet" else "dataOutputRefs"
            found[part] = Counter(str(len(texts(each, tag))) for each in nodes)
        else:
            found[part] = Counter(document.structure(each.get("itemSubjectRef")) or "" for each in nodes)
    return found


RULES = (what_is_called_is_there, what_is_called_starts_plainly, calls_match_what_they_call)
