"""What a case needs from other files: decision tables, called processes."""

from __future__ import annotations

import pytest

from bpmn.spiff.model import Model, compile_xml
from engine.spiff.case import Case, Moment

BPMN = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"'
BPMN += ' xmlns:bangiao="https://bangiao.vn/schema/bpmn/1.0">'
DMN = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="f" namespace="x">
<decision id="route" name="Route"><decisionTable><input><inputExpression><text>pages</text></inputExpression></input>
<output name="role"/><output name="days"/>
<rule><inputEntry><text>&lt; 10</text></inputEntry><outputEntry><text>"head"</text></outputEntry>
<outputEntry><text>2</text></outputEntry></rule>
<rule><inputEntry><text>&gt;= 10</text></inputEntry><outputEntry><text>"leader"</text></outputEntry>
<outputEntry><text>5</text></outputEntry></rule></decisionTable></decision></definitions>"""


def drawing(task: str) -> bytes:
    """A process `p`: start, the task `t`, the user task `a`."""
    return (
        f'{BPMN}<process id="p" isExecutable="true"><startEvent id="s"/>{task}<userTask id="a"/>'
        '<sequenceFlow id="f1" sourceRef="s" targetRef="t"/><sequenceFlow id="f2" sourceRef="t" targetRef="a"/>'
        "</process></definitions>"
    ).encode()


def started(model: Model, pages: int, moment: Moment) -> Case:
    return Case.start(model, "p", {"pages": pages}, moment)


@pytest.fixture
def moment(starter: object) -> Moment:
    found = getattr(starter, "moment")  # noqa: B009 - its class lives in conftest
    assert isinstance(found, Moment)
    return found


def test_a_rule_task_takes_its_decision_as_variables(moment: Moment) -> None:
    model = compile_xml(drawing('<businessRuleTask id="t" bangiao:decision="route"/>'), decisions={"route": DMN})
    assert started(model, 4, moment).variables() == {"pages": 4, "role": "head", "days": 2}
    assert started(model, 40, moment).variables() == {"pages": 40, "role": "leader", "days": 5}


def test_a_rule_task_takes_its_decision_whole(moment: Moment) -> None:
    task = '<businessRuleTask id="t" bangiao:decision="route" bangiao:result="routed"/>'
    case = started(compile_xml(drawing(task), decisions={"route": DMN}), 4, moment)
    assert case.variables() == {"pages": 4, "routed": {"role": "head", "days": 2}}


def test_a_missing_decision_is_an_incident(moment: Moment) -> None:
    case = started(compile_xml(drawing('<businessRuleTask id="t" bangiao:decision="route"/>')), 4, moment)
    assert [failure.element_id for failure in case.take_changes().failures] == ["t"]


def test_a_process_of_another_file_runs_inside_and_is_loaded_again(moment: Moment) -> None:
    other = (
        f'{BPMN}<process id="helper" isExecutable="false"><startEvent id="hs"/><userTask id="deep"/>'
        '<sequenceFlow id="h1" sourceRef="hs" targetRef="deep"/></process>'
        '<process id="main" isExecutable="true"><startEvent id="ms"/><callActivity id="inner" calledElement="helper"/>'
        '<sequenceFlow id="m1" sourceRef="ms" targetRef="inner"/></process></definitions>'
    ).encode()
    model = compile_xml(drawing('<callActivity id="t" calledElement="shared"/>'), called={"shared": compile_xml(other)})
    case = started(model, 1, moment)
    changes = case.take_changes()
    assert [(wait.element_id, wait.kind) for wait in changes.opened] == [("deep", "user_task")]
    assert changes.head is not None
    loaded = Case.load(model, changes.head, changes.rows)
    loaded.complete(changes.opened[0].token_id, {"done": True}, moment)
    assert [wait.element_id for wait in loaded.take_changes().opened] == ["a"]
    assert loaded.variables() == {"pages": 1, "done": True}
