"""The names of BPMN 2.0 files: namespaces and the tags that belong together."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OURS = "https://bangiao.vn/schema/bpmn/1.0"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
XML_SCHEMA = "http://www.w3.org/2001/XMLSchema"
MODEL = f"{{{BPMN}}}"
EXTENSION = f"{{{OURS}}}"

# What the normaliser writes on the nodes it touched, in our namespace.
DRAWN_ID = f"{EXTENSION}drawnId"  # the id in the drawing, of a node that was renamed
DRAWN_TYPE = f"{EXTENSION}drawnType"  # the tag in the drawing, of a node that was replaced
INSERTED_FOR = f"{EXTENSION}insertedFor"  # the id of the drawn node an inserted one serves
MARKS = (DRAWN_ID, DRAWN_TYPE, INSERTED_FOR)

TASKS = frozenset(
    {"task", "userTask", "manualTask", "scriptTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask"}
)
GLOBAL_TASKS = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}
SUB_PROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES = TASKS | SUB_PROCESSES | {"callActivity"}
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway"})
FLOW_NODES = ACTIVITIES | EVENTS | GATEWAYS
SCOPES = SUB_PROCESSES | {"process"}
EVENT_DEFINITIONS = frozenset(
    f"{kind}EventDefinition"
    for kind in ("message", "signal", "timer", "conditional", "error", "escalation", "cancel", "compensate", "link",
                 "terminate")
)  # fmt: skip
ROLES = ("official", "head", "leader", "clerk", "administrator")  # whom a user task can be offered to
TIMES = ("timeDate", "timeDuration", "timeCycle")

WORDS: dict[str, tuple[str, str]] = {
    "process": ("quy trình", "process"),
    "task": ("bước", "task"),
    "userTask": ("bước giao việc", "user task"),
    "manualTask": ("bước thủ công", "manual task"),
    "scriptTask": ("bước tính toán", "script task"),
    "serviceTask": ("bước tự động", "service task"),
    "sendTask": ("bước gửi", "send task"),
    "receiveTask": ("bước chờ nhận", "receive task"),
    "businessRuleTask": ("bước quyết định", "business rule task"),
    "subProcess": ("quy trình con", "sub-process"),
    "transaction": ("giao dịch", "transaction"),
    "adHocSubProcess": ("quy trình con tùy nghi", "ad-hoc sub-process"),
    "callActivity": ("bước gọi quy trình", "call activity"),
    "startEvent": ("sự kiện bắt đầu", "start event"),
    "endEvent": ("sự kiện kết thúc", "end event"),
    "intermediateCatchEvent": ("sự kiện chờ", "catch event"),
    "intermediateThrowEvent": ("sự kiện phát", "throw event"),
    "boundaryEvent": ("sự kiện biên", "boundary event"),
    "exclusiveGateway": ("cổng chọn một", "exclusive gateway"),
    "parallelGateway": ("cổng song song", "parallel gateway"),
    "inclusiveGateway": ("cổng chọn nhiều", "inclusive gateway"),
    "complexGateway": ("cổng phức hợp", "complex gateway"),
    "eventBasedGateway": ("cổng chờ sự kiện", "event-based gateway"),
    "sequenceFlow": ("đường nối", "sequence flow"),
    "messageFlow": ("luồng thông điệp", "message flow"),
    "message": ("thông điệp", "message"),
    "signal": ("tín hiệu", "signal"),
}


def local(node: etree._Element | None) -> str:
    """The tag of a BPMN element without its namespace; empty for anything else."""
    return "" if node is None else without_namespace(str(node.tag))


@lru_cache(maxsize=512)
def without_namespace(tag: str) -> str:
    """The tag without BPMN's namespace; empty for a tag of another one."""
    return tag[len(MODEL) :] if tag.startswith(MODEL) else ""


def bare(reference: str | None) -> str:
    """A reference without the prefix of its namespace: `tns:order` names `order` of the same file."""
    return (reference or "").strip().rpartition(":")[2]
