"""Attributes and extension elements of other engines: taken over, refused, or said to be left; nothing goes unsaid."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest

from bpmn.checks import check_file
from bpmn.checks.vendors import HARMLESS, KINDS
from bpmn.findings import Finding

DRAWINGS = Path(__file__).parents[2] / "bpmn"
NAMESPACES = (
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:flowable="http://flowable.org/bpmn" xmlns:activiti="http://activiti.org/bpmn" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
)
HEAD = f'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {NAMESPACES} targetNamespace="t">'


def drawing(*steps: str, process: str = "") -> bytes:
    """A process of these steps, one after the other, each with the id `t1`, `t2` and so on written as `@`."""
    nodes = "".join(step.replace("@", f't{number}" name="Bước {number}') for number, step in enumerate(steps, 1))
    names = ["s", *(f"t{number}" for number in range(1, len(steps) + 1)), "z"]
    flows = "".join(
        f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"/>'
        for number, (source, target) in enumerate(itertools.pairwise(names))
    )
    return (
        f'{HEAD}<process id="p" isExecutable="true"{process}><startEvent id="s"/>{nodes}<endEvent id="z"/>{flows}'
        "</process></definitions>"
    ).encode()


def about(xml: bytes, words: str) -> list[Finding]:
    """The findings whose English says `words`."""
    return [each for each in check_file(xml) if words in each.message_en]


def extended(part: str, step: str = "serviceTask", attributes: str = "") -> str:
    return f'<{step} id="@"{attributes}><extensionElements>{part}</extensionElements></{step}>'


REFUSED = {
    "needs a handler": (
        '<serviceTask id="@" camunda:class="org.example.Count"/>',
        '<serviceTask id="@" flowable:delegateExpression="${counter}"/>',
        '<serviceTask id="@" camunda:expression="${counter.count(pages)}"/>',
        '<serviceTask id="@" flowable:type="http"/>',
        '<serviceTask id="@" camunda:type="external" camunda:topic="${topic}"/>',
        extended('<zeebe:taskDefinition type="=kind"/>'),
        extended("<camunda:connector><camunda:connectorId>http</camunda:connectorId></camunda:connector>"),
        extended('<spiffworkflow:serviceTaskOperator id="http/Get"/>'),
        '<scriptTask id="@" camunda:resource="count.groovy"><script>pass</script></scriptTask>',
    ),
    "is never run here": (
        extended('<camunda:executionListener class="org.example.Log" event="start"/>', "userTask"),
        extended('<flowable:taskListener event="create" expression="${log.note(task)}"/>', "userTask"),
        extended('<zeebe:executionListeners><zeebe:executionListener type="log"/></zeebe:executionListeners>'),
    ),
    "maps data in a way": (
        extended('<camunda:inputOutput><camunda:inputParameter name="x"/></camunda:inputOutput>',
                 "userTask"),
        extended('<zeebe:taskDefinition type="a"/><zeebe:ioMapping><zeebe:output source="=b" target="c.d"/>'
                 "</zeebe:ioMapping>"),
        extended('<zeebe:taskDefinition type="a"/><zeebe:ioMapping><zeebe:output source="=b" target="a"/>'
                 '<zeebe:output source="=a" target="b"/></zeebe:ioMapping>'),
        extended('<camunda:in variables="all" local="true"/>', "callActivity", ' calledElement="q"'),
    ),
    "cannot be read or run there": (
        extended("<spiffworkflow:preScript>import os</spiffworkflow:preScript>", "userTask"),
        '<userTask id="@"><extensionElements><spiffworkflow:postScript>a = 1</spiffworkflow:postScript>'
        "</extensionElements><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>"
        "</multiInstanceLoopCharacteristics></userTask>",
    ),
    "cannot be asked so here": (
        '<businessRuleTask id="@" camunda:decisionRef="fee" camunda:resultVariable="fee"/>',
        extended('<zeebe:calledDecision decisionId="=which" resultVariable="fee"/>', "businessRuleTask"),
        '<callActivity id="@" calledElement="q" camunda:caseRef="c"/>',
        extended("<spiffworkflow:calledDecisionId>fee</spiffworkflow:calledDecisionId>", "businessRuleTask"),
    ),
    "only known at run time": (
        '<callActivity id="@" calledElement="${which}"/>',
        extended('<zeebe:calledElement processId="=which"/>', "callActivity", ' calledElement="q"'),
    ),
    "changes how the step runs": ('<userTask id="@" flowable:skipExpression="${skip}"/>',),
}  # fmt: skip
SAID = {
    "work goes to a role in a unit": (
        '<userTask id="@" camunda:assignee="demo"/>', '<userTask id="@" flowable:candidateUsers="a,b"/>',
        extended('<zeebe:assignmentDefinition assignee="=who"/>', "userTask"),
    ),
    "is not taken over": (
        '<userTask id="@" camunda:followUpDate="${day}"/>', '<userTask id="@" flowable:dueDate="P3D"/>',
        '<userTask id="@" camunda:formKey="embedded:app:forms/sign.html"/>',
        extended('<camunda:formData><camunda:formField id="a" type="string"/></camunda:formData>', "userTask"),
        extended("<zeebe:taskHeaders/>"), extended("<spiffworkflow:properties/>", "userTask"),
    ),
    "is not known": ('<userTask id="@" camunda:mood="good"/>', extended("<zeebe:weather/>", "userTask")),
    "without effect": ('<userTask id="@" camunda:asyncBefore="true"/>', extended("<zeebe:userTask/>", "userTask")),
}  # fmt: skip


def cases(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(words, step) for words, steps in table.items() for step in steps]


@pytest.mark.parametrize(("words", "step"), cases(REFUSED))
def test_what_would_not_be_done_is_refused_at_its_step(words: str, step: str) -> None:
    found = about(drawing(step), words)
    assert [(each.severity, each.element) for each in found] == [("error", "t1")]
    assert "Bước 1" in found[0].message
    assert found[0].remedy
    assert found[0].remedy_en


@pytest.mark.parametrize(("words", "step"), cases(SAID))
def test_what_is_left_is_said(words: str, step: str) -> None:
    assert [each.severity for each in about(drawing(step), words)] == ["advice"]
    assert not [each for each in check_file(drawing(step)) if each.severity == "error"]


@pytest.mark.parametrize("name", ["other_camunda_7", "other_camunda_8", "other_flowable", "other_spiff"])
def test_what_means_the_same_is_taken_over(name: str) -> None:
    assert not [each for each in check_file((DRAWINGS / f"{name}.bpmn").read_bytes()) if each.severity == "error"]


def test_one_habit_is_one_finding_that_lists_its_steps() -> None:
    steps = ['<userTask id="@" camunda:assignee="demo" camunda:dueDate="${day}" camunda:asyncBefore="true"/>'] * 60
    said = [each for each in check_file(drawing(*steps)) if "camunda:" in each.message or "biểu thức" in each.message]
    assert [each.severity for each in said] == ["repaired", "advice", "advice"]
    assert "“Bước 8” và 52 phần tử khác" in said[1].message
    assert "camunda:asyncBefore (60)" in said[2].message


def test_decisions_whose_result_has_the_same_shape_are_taken_over() -> None:
    steps = (
        '<businessRuleTask id="@" camunda:decisionRef="fee" camunda:resultVariable="fee" '
        'camunda:mapDecisionResult="singleEntry"/>',
        extended('<zeebe:calledDecision decisionId="fee" resultVariable="fee"/>', "businessRuleTask"),
    )
    assert [each.severity for each in about(drawing(*steps), "the decision of the same id")] == ["repaired"]
    assert not [each for each in check_file(drawing(*steps)) if each.severity == "error"]


def test_two_calls_that_return_one_variable_at_once_are_advised_against() -> None:
    call = '<callActivity id="{0}" calledElement="q"><extensionElements><camunda:out source="a" target="b"/>'
    calls = "".join(f"{call}</extensionElements></callActivity>".format(name) for name in "xy")
    flows = "".join(
        f'<sequenceFlow id="{way}" sourceRef="{way[0]}" targetRef="{way[1]}"/>' for way in ("sg", "gx", "gy")
    )
    xml = f'{HEAD}<process id="p" isExecutable="true"><startEvent id="s"/><parallelGateway id="g"/>{calls}{flows}'
    assert about(f"{xml}</process></definitions>".encode(), "write the variable b")


def test_notes_of_an_unknown_tool_are_said_once() -> None:
    step = '<userTask id="@" xmlns:tool="https://tool.example/x" tool:mood="good"><extensionElements><tool:page/></extensionElements></userTask>'  # noqa: E501
    assert [each.severity for each in about(drawing(step, step), "notes of another tool")] == ["advice"]


def test_an_extension_that_must_be_understood_is_refused() -> None:
    xml = drawing('<userTask id="@"/>').replace(b"<process", b'<extension definition="x" mustUnderstand="%s"/><process')
    assert [each.severity for each in about(xml % b"true", "must be understood")] == ["error"]
    assert about(xml % b"false", "must be understood") == []


@pytest.mark.parametrize(("written", "said"), [("groovy", 1), ("JavaScript", 1), ("python", 0), ("text/x-bangiao", 0)])
def test_a_script_said_to_be_in_another_language_is_named(written: str, said: int) -> None:
    step = f'<scriptTask id="@" scriptFormat="{written}"><script>a = 1</script></scriptTask>'
    assert len(about(drawing(step), "runs in the language of this system")) == said


def test_what_lies_in_an_illustration_is_left_alone() -> None:
    xml = drawing('<serviceTask id="@" camunda:class="org.example.Count"/>').replace(b'"true"', b'"false"', 1)
    assert about(xml, "handler") == []


def test_no_name_fares_in_two_ways() -> None:
    names = [name for kind in (HARMLESS, *KINDS) for name in kind.names]
    assert len(names) == len(set(names))


def test_a_large_drawing_is_looked_at_in_a_time_that_grows_with_its_size() -> None:
    step = extended("<spiffworkflow:preScript>a = 1</spiffworkflow:preScript><spiffworkflow:postScript>a = 2"
                    "</spiffworkflow:postScript>", "userTask", ' camunda:assignee="demo"')  # fmt: skip
    spent = []
    for count in (300, 1200):
        xml = drawing(*[step] * count)
        begun = time.process_time()
        check_file(xml)
        spent.append(time.process_time() - begun)
    assert spent[1] < spent[0] * 12, spent
