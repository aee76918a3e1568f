"""Whether repeated activities say over what, and what their runs throw."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import Document, Node, breach, children_of, texts
from bpmn.drawing import is_for_running
from bpmn.findings import Finding
from bpmn.names import EXTENSION, MODEL, local

MARKER = "multiInstanceLoopCharacteristics"
SUB_PROCESSES = ("subProcess", "transaction", "adHocSubProcess")
ITEMS = (("loopDataInputRef", "inputDataItem"), ("loopDataOutputRef", "outputDataItem"))


def markers(document: Document) -> Iterator[tuple[Node, Node]]:
    """Every activity of an executable process with its multi-instance marker."""
    for marker in document.of_type(MARKER):
        activity = marker.getparent()
        if activity is not None and is_for_running(marker):
            yield activity, marker


def say_how_often(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 10.30: a number or a collection; our attribute for a collection counts."""
    for activity, marker in markers(document):
        if marker.get(f"{EXTENSION}collection") or children_of(marker, "loopCardinality", "loopDataInputRef"):
            continue
        yield breach(
            activity, "{} có dấu lặp nhưng chưa ghi số lần hay danh sách theo chuẩn",
            "Ghi danh sách hoặc số lần; hoặc bỏ dấu lặp",
            "{} repeats without a number or collection of the standard", "give a collection or a number",
        )  # fmt: skip


def run_over_their_own_data(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 10.30: a task repeats over its own data input and collects into its own data output."""
    for activity, marker in markers(document):
        if local(activity) in SUB_PROCESSES or document.is_ours:
            continue
        for tag, kind in (("loopDataInputRef", "dataInput"), ("loopDataOutputRef", "dataOutput")):
            own = activity.find(f"{MODEL}ioSpecification")
            held = set() if own is None else set(children_of(own, kind))
            for name in texts(marker, tag):
                if document.named(name) not in held:
                    yield breach(
                        activity, f"{{}}: {tag} “{name}” không phải {kind} của bước, đã đọc như tên biến",
                        f"Khai báo {kind} trong ioSpecification của bước",
                        f"{{}}: {tag} “{name}” is no {kind} of the task and is read as a variable",
                        f"declare it as {kind} of the task",
                    )  # fmt: skip


def runs_get_one_item_each(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 10.30: the item of a run is of the collection's type, and no collection itself."""
    for activity, marker in markers(document):
        for tag, item_tag in ITEMS:
            for name, item in zip(texts(marker, tag), children_of(marker, item_tag), strict=False):
                whole, definition = document.named(name), document.named(item.get("itemSubjectRef"))
                many = None if whole is None else document.structure(whole.get("itemSubjectRef"))
                one = document.structure(item.get("itemSubjectRef"))
                is_many = definition is not None and definition.get("isCollection") == "true"
                if is_many or (many is not None and many != one):
                    yield breach(
                        activity, f"{{}}: {item_tag} không cùng kiểu với một phần tử của {tag}",
                        "Dùng cùng structureRef, không đánh dấu isCollection",
                        f"{{}}: {item_tag} is not of the type of one item of {tag}",
                        "use the same structureRef, without isCollection",
                    )  # fmt: skip


def behaviour_has_its_events(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 10.30: `behavior` None and One throw an event, Complex has definitions of its own."""
    for marker in document.of_type(MARKER):
        activity, behaviour = marker.getparent(), marker.get("behavior")
        missing = (
            (behaviour == "None" and not marker.get("noneBehaviorEventRef"))
            or (behaviour == "One" and not marker.get("oneBehaviorEventRef"))
            or (behaviour == "Complex" and not children_of(marker, "complexBehaviorDefinition"))
        )
        if missing and activity is not None:
            yield breach(
                activity, f"{{}}: behavior “{behaviour}” thiếu sự kiện cần phát, sẽ không phát gì",
                "Ghi noneBehaviorEventRef, oneBehaviorEventRef hoặc complexBehaviorDefinition",
                f"{{}}: behavior {behaviour} lacks the event to throw and throws none",
                "write noneBehaviorEventRef, oneBehaviorEventRef or complexBehaviorDefinition",
            )  # fmt: skip


RULES = (say_how_often, run_over_their_own_data, runs_get_one_item_each, behaviour_has_its_events)
