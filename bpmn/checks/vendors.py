"""What becomes of other engines' attributes and extension elements that were not taken over: nothing goes unsaid.

What would silently not be done is refused. What only tells people, or comes to a stop by itself, is said. What has no
effect on the course of a case is named once for the whole file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from bpmn.carriers import owner
from bpmn.drawing import Drawing, finding, findings_together, is_illustration
from bpmn.expressions.dialects import is_foreign
from bpmn.findings import Finding, Severity
from bpmn.names import MODEL, local
from bpmn.normaliser.scripts import OUR_FORMAT
from bpmn.vendors import PREFIXES, remains


@dataclass(frozen=True, slots=True)
class Kind:
    """Parts that fare alike; `{parts}` in a sentence are those found, `{}` the elements that have them."""

    severity: Severity
    names: frozenset[str]
    message: str
    remedy: str
    english: str
    remedy_en: str


def kind(severity: Severity, names: str, message: str, remedy: str, english: str, remedy_en: str) -> Kind:
    """One row of the table; `names` are separated by blanks."""
    return Kind(severity, frozenset(names.split()), message, remedy, english, remedy_en)


HARMLESS = kind(
    "advice", "async asyncAfter asyncBefore asyncLeave bindingType businessCalendarName businessKey"
    " calledElementBinding calledElementTenantId calledElementType calledElementVersion calledElementVersionTag"
    " completeAsync decisionRefTenantId diagramRelationId exampleOutputJson exclusive failedJobRetryTimeCycle"
    " fallbackToDefaultTenant field formFieldValidation historyTimeToLive inheritBusinessKey isStartableInTasklist"
    " jobCategory jobPriority modelerTemplate modelerTemplateIcon modelerTemplateVersion processInstanceIdVariableName"
    " processInstanceName properties sameDeployment task-candidates-type taskPriority unitTests userTask version"
    " versionTag work-form-field-validation",
    "Ghi chú riêng của máy chủ khác, không có tác dụng ở đây và không cần: {parts}", "Không phải làm gì",
    "notes for another engine, without effect and without need here: {parts}", "nothing needs to be done",
)  # fmt: skip
KINDS = (
    kind(
        "error", "class connector delegateExpression expression linkedResources resource script"
        " serviceTaskOperator shell taskDefinition topic triggerable type",
        "{}: {parts} gọi mã chương trình của hệ thống khác, ở đây không có gì chạy thay",
        "Ghi việc (topic) cho bước và cài đặt phần xử lý (handler), hoặc vẽ lại bằng bước tính toán",
        "{}: {parts} calls code of another system: it needs a handler",
        "give the step a topic and deploy a handler for it, or draw a script task",
    ),
    kind(
        "error", "eventListener executionListener executionListeners taskListener taskListeners",
        "{}: {parts} không chạy ở đây",
        "Xóa phần này nếu chỉ để ghi nhật ký; nếu không, vẽ một bước tính toán hoặc bước tự động",
        "{}: {parts} is never run here", "delete it when it only logs, else draw a script or service task",
    ),
    kind(
        "error", "in inputOutput ioMapping out inheritVariables useLocalScopeForOutParameters",
        "{}: {parts} chuyển dữ liệu theo cách không có ở đây",
        "Bước gọi quy trình: khai báo dữ liệu vào và ra; bước khác: dùng payload, hoặc tính vào biến ở một bước trước",
        "{}: {parts} maps data in a way there is none of here",
        "declare inputs and outputs of a call activity; elsewhere use the payload, or a script task before the step",
    ),
    kind(
        "error", "preScript postScript scriptsOnInstances",
        "{}: {parts} không đọc được theo ngôn ngữ của hệ thống, hoặc đứng ở nơi không chạy được",
        "Vẽ một bước tính toán", "{}: {parts} cannot be read or run there", "draw a script task",
    ),
    kind(
        "error", "calledDecision calledDecisionId decisionRef decisionRefBinding decisionRefVersion"
        " decisionRefVersionTag mapDecisionResult caseBinding caseRef caseVersion",
        "{}: {parts} dùng bảng quyết định hoặc hồ sơ khác theo cách không có ở đây",
        "Chọn bảng quyết định và biến kết quả ở bảng thuộc tính", "{}: {parts} asks for what cannot be asked so here",
        "choose the decision and the variable of its result in the panel",
    ),
    kind(
        "error", "calledElement", "{}: quy trình được gọi chỉ biết khi chạy", "Ghi mã của quy trình được gọi",
        "{}: what is called is only known at run time", "write the key of the called process",
    ),
    kind(
        "error", "adHoc conditionalFilter errorEventDefinition skipExpression subscription resultVariable"
        " resultVariableName messageVariable payloadExpression processVariableCorrelation",
        "{}: {parts} đổi cách bước chạy, ở đây chưa làm được", "Vẽ lại bằng cổng, sự kiện hoặc bước tính toán",
        "{}: {parts} changes how the step runs, which is not carried out",
        "draw it with gateways, events or script tasks",
    ),
    kind(
        "advice", "assignee assignmentDefinition candidateGroups candidateUsers owner",
        "{}: {parts} không chuyển được, vì ở đây việc được giao theo vai trò và đơn vị",
        "Chọn vai trò và đơn vị nhận việc",
        "{}: {parts} is not taken over: work goes to a role in a unit", "choose a role and a unit",
    ),
    kind(
        "advice", "candidateStarterGroups candidateStarterUsers initiator",
        "{}: {parts} không chuyển được", "Ghi ai được bắt đầu (candidateStarters)",
        "{}: {parts} is not taken over", "say who may start it (candidateStarters)",
    ),
    kind(
        "advice", "dueDate followUpDate priority priorityDefinition taskSchedule",
        "{}: {parts} không chuyển được", "Ghi hạn, ngày nhắc lại hoặc mức ưu tiên ở bảng thuộc tính",
        "{}: {parts} is not taken over", "write due date, follow-up days or priority in the panel",
    ),
    kind(
        "advice", "allowGuest formData formDefinition formHandlerClass formKey formProperty formRef formRefBinding"
        " formRefVersion guestConfirmation instructionsForEndUser userTaskForm spiffworkflow:properties",
        "{}: {parts} không chuyển được", "Tạo biểu mẫu ở đây rồi chọn cho bước",
        "{}: {parts} is not taken over", "make the form here and choose it for the step",
    ),
    kind(
        "advice", "elementIndexVariable errorCodeVariable errorMessageVariable escalationCodeVariable"
        " taskHeaders",
        "{}: {parts} không chuyển được, biến này sẽ không có", "Bỏ phần này, hoặc đặt biến ở một bước tính toán",
        "{}: {parts} is not taken over, the variable will not be there",
        "drop it, or set the variable in a script task",
    ),
)  # fmt: skip
UNKNOWN = kind(
    "advice", "", "{}: không rõ {parts}; phần này không có tác dụng ở đây", "Xem lại, rồi bỏ phần này",
    "{}: {parts} is not known; it has no effect here", "look at it, then drop it",
)  # fmt: skip
STRANGE = kind(
    "advice", "", "Tệp mang ghi chú của công cụ khác ({parts}), không có tác dụng ở đây", "Không phải làm gì",
    "the file carries notes of another tool ({parts}), which have no effect here", "nothing needs to be done",
)  # fmt: skip
OF = {name: each for each in (HARMLESS, *KINDS) for name in each.names}


def check(drawing: Drawing) -> Iterator[Finding]:
    """One finding a kind, with the elements; one for all that is harmless, one for each tool nothing is known of."""
    found: dict[Kind, dict[etree._Element, list[str]]] = {}
    harmless: Counter[str] = Counter()
    strange: dict[str, etree._Element] = {}
    for node in drawing.root.iter(f"{MODEL}*"):
        if local(node) == "definitions" or is_illustration(node):
            continue
        for namespace, name in remains(node):
            if namespace not in PREFIXES:
                strange.setdefault(namespace, owner(node))
                continue
            part = f"{PREFIXES[namespace]}:{name}"
            each = OF.get(part) or OF.get(name, UNKNOWN)
            if each is HARMLESS:
                harmless[part] += 1
            else:
                found.setdefault(each, {}).setdefault(owner(node), []).append(part)
        if local(node) == "callActivity" and is_foreign(node.get("calledElement", "")):
            found.setdefault(OF["calledElement"], {}).setdefault(node, [])
    for each, places in found.items():
        yield about(each, places)
    if harmless:
        yield without_effect(drawing.root, harmless)
    for namespace, place in strange.items():
        yield about(STRANGE, {place: [namespace or "?"]})
    yield from scripts_of_others(drawing)
    yield from must_be_understood(drawing.root)


def scripts_of_others(drawing: Drawing) -> Iterator[Finding]:
    """Scripts named as of another language that could be read as ours: what cannot is refused elsewhere."""
    tasks = [
        task for task in drawing.of_type("scriptTask")
        if not any(name in task.get("scriptFormat", OUR_FORMAT).lower() for name in (OUR_FORMAT, "python"))
    ]  # fmt: skip
    if tasks:
        formats = ", ".join(dict.fromkeys(task.get("scriptFormat", "") for task in tasks))
        yield findings_together(
            "advice", tasks, f"{{}} ghi ngôn ngữ “{formats}”, nhưng được chạy theo ngôn ngữ của hệ thống",
            "Xem lại phép tính có cùng nghĩa không, rồi bỏ scriptFormat",
            f"{{}} is said to be in {formats} but runs in the language of this system",
            "see whether the script means the same, then drop its scriptFormat",
        )  # fmt: skip


def must_be_understood(root: etree._Element) -> Iterator[Finding]:
    """BPMN 2.0, 8.2.3: an extension may say that whoever does not understand it must not run the file."""
    for extension in root.iter(f"{MODEL}extension"):
        if extension.get("mustUnderstand", "").strip() in ("true", "1"):
            named = extension.get("definition", "")
            yield finding(
                "error", extension, f"Tệp đòi hỏi phải hiểu phần mở rộng “{named}”, ở đây không có",
                "Bỏ mustUnderstand nếu quy trình chạy đúng mà không cần phần này",
                f"the file says that the extension {named} must be understood, which it is not here",
                "drop mustUnderstand if the process runs rightly without it",
            )  # fmt: skip


def about(kind: Kind, places: dict[etree._Element, list[str]]) -> Finding:
    """The finding about all places of a kind."""
    parts = ", ".join(dict.fromkeys(part for found in places.values() for part in found))
    message, english = (text.replace("{parts}", parts) for text in (kind.message, kind.english))
    return findings_together(kind.severity, list(places), message, kind.remedy, english, kind.remedy_en)


def without_effect(root: etree._Element, harmless: Counter[str]) -> Finding:
    """What need not be kept."""
    first = next((node for node in root if local(node) == "process"), root)
    parts = ", ".join(f"{part} ({count})" if count > 1 else part for part, count in sorted(harmless.items()))
    return about(HARMLESS, {first: [parts]})
