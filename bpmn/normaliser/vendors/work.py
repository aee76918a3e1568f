"""The work of automatic steps: external tasks and job types as topics, expressions as scripts, decisions."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.expressions.dialects import Untranslatable, is_foreign
from bpmn.names import EXTENSION, MODEL, local
from bpmn.normaliser.insertion import change_type
from bpmn.normaliser.scripts import OUR_FORMAT
from bpmn.normaliser.vendors.scripts import Wiring
from bpmn.normaliser.vendors.values import value_of
from bpmn.vendors import attribute, drop, drop_attributes, parts

SAID = {
    "topic": (
        "{}: loại việc của máy chủ cũ được đọc là việc (topic) cùng tên", "Cài đặt phần xử lý (handler) cho việc này",
        "{}: the other engine's kind of job is read as a topic of the same name", "deploy a handler for this topic",
    ),
    "expression": (
        "{}: biểu thức được tính ngay tại bước, như một bước tính toán", "Đổi thành bước tính toán",
        "{}: the expression is evaluated at the step, as in a script task", "make it a script task",
    ),
    "decision": (
        "{}: bảng quyết định của máy chủ cũ được đọc là bảng cùng mã", "Phát hành bảng quyết định cùng bản vẽ",
        "{}: the other engine's decision is read as the decision of the same id", "deploy the decision with the file",
    ),
    "correlation": (
        "{}: khóa đối chiếu được lấy từ bản vẽ của máy chủ cũ", "Xem lại khóa đối chiếu",
        "{}: the correlation is taken from the other engine's", "look at the correlation",
    ),
}  # fmt: skip
AUTOMATIC = ("serviceTask", "sendTask", "businessRuleTask", "scriptTask")
RESULTS = ("resultVariable", "resultVariableName")


def translate(step: etree._Element, wiring: Wiring) -> Iterator[str]:
    """What the step does, where a topic, a script or a decision does the same."""
    if local(step) not in AUTOMATIC or step.get(f"{EXTENSION}topic"):
        return
    if takes_topic(step) or takes_job_type(step):
        yield "topic"
    elif takes_expression(step) or takes_script(step):
        yield "expression"
    elif takes_decision(step):
        yield "decision"


def takes_topic(step: etree._Element) -> bool:
    """Camunda 7: `type="external"` with a topic."""
    topic = attribute(step, "topic")
    if attribute(step, "type") != "external" or not topic or is_foreign(topic):
        return False
    give_topic(step, topic)
    drop_attributes(step, "type", "topic")
    return True


def takes_job_type(step: etree._Element) -> bool:
    """Camunda 8: a task definition; a type that is an expression stays."""
    for part in parts(step, "taskDefinition"):
        topic, retries = part.get("type", "").strip(), part.get("retries", "").strip()
        if topic and not is_foreign(topic):
            give_topic(step, topic)
            if retries.isdigit():
                step.set(f"{EXTENSION}retries", retries)
            drop(part)
            return True
    return False


def give_topic(step: etree._Element, topic: str) -> None:
    """Let a worker do the step."""
    if local(step) == "scriptTask":
        change_type(step, "serviceTask")
    step.set(f"{EXTENSION}topic", topic)


def takes_expression(step: etree._Element) -> bool:
    """Camunda 7, Flowable: an expression and the variable of its value."""
    source = attribute(step, "expression")
    name = next((found for each in RESULTS if (found := attribute(step, each))), "")
    if not source or local(step) == "scriptTask" or not compute(step, source, name):
        return False
    drop_attributes(step, "expression", *RESULTS)
    return True


def takes_script(step: etree._Element) -> bool:
    """Camunda 8: a FEEL expression in a script task."""
    for part in parts(step, "script"):
        if compute(step, part.get("expression", "").strip(), part.get("resultVariable", "").strip()):
            drop(part)
            return True
    return False


def compute(step: etree._Element, source: str, name: str) -> bool:
    """Make it a script that sets `name`, or sets nothing; False for what cannot be translated."""
    try:
        ours = value_of(source)
    except Untranslatable:
        return False
    if name and not name.isidentifier():
        return False
    if local(step) != "scriptTask":
        change_type(step, "scriptTask")
    for script in step.findall(f"{MODEL}script"):
        step.remove(script)
    step.set("scriptFormat", OUR_FORMAT)
    etree.SubElement(step, f"{MODEL}script").text = f"{name} = {ours}" if name else "pass"
    return True


def takes_decision(step: etree._Element) -> bool:
    """A decision whose result has the shape ours has: of one output the value, of several a mapping."""
    if local(step) != "businessRuleTask" or step.get(f"{EXTENSION}decision"):
        return False
    for part in parts(step, "calledDecision"):
        decision, name = part.get("decisionId", "").strip(), part.get("resultVariable", "").strip()
        if decision and name and not is_foreign(decision):
            drop(part)
            return ask(step, decision, name)
    decision, name = attribute(step, "decisionRef"), attribute(step, "resultVariable")
    is_newest = attribute(step, "decisionRefBinding") in ("", "latest", "deployment")
    if attribute(step, "mapDecisionResult") != "singleEntry" or is_foreign(decision) or not (name and is_newest):
        return False
    drop_attributes(step, "decisionRef", "resultVariable", "mapDecisionResult", "decisionRefBinding")
    return ask(step, decision, name)


def ask(step: etree._Element, decision: str, name: str) -> bool:
    """Let the step ask the decision, for the variable `name`."""
    step.set(f"{EXTENSION}decision", decision)
    step.set(f"{EXTENSION}result", name)
    return True


def correlate(message: etree._Element) -> Iterator[str]:
    """Camunda 8: the key a subscription is found by."""
    for part in parts(message, "subscription"):
        key = part.get("correlationKey", "").strip()
        if key and not message.get(f"{EXTENSION}correlation"):
            message.set(f"{EXTENSION}correlation", key)
            drop(part)
            yield "correlation"
