"""The same functions in every place a drawing holds an expression, run by the engine in an office's database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest

from domain.people import Post, User, candidate_key
from engine.definitions import deploy
from engine.instances import instance_variables, start_instance
from engine.user_tasks import complete_user_task
from office.sample import sample_department
from office.unit_functions import unit_functions
from storage.calendars import working_calendar
from storage.database import Database
from storage.tables import Incident, UserTask
from storage.transactions import Work, reading, run_command

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)  # Monday, 08:00 in Vietnam
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bangiao="https://bangiao.vn/schema/bpmn/1.0"'
    ' targetNamespace="https://bangiao.vn/samples">'
)
LOOP = "multiInstanceLoopCharacteristics"
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="tables" name="Bảng"
    namespace="https://bangiao.vn/samples">
  <decision id="rank" name="Xếp hạng"><decisionTable hitPolicy="FIRST">
    <input id="i"><inputExpression id="ie"><text>{input}</text></inputExpression></input>
    <output id="o" name="rank" />
    <rule id="r1"><inputEntry id="t1"><text>{test}</text></inputEntry>
      <outputEntry id="e1"><text>{output}</text></outputEntry></rule>
  </decisionTable></decision>
</definitions>"""


def drawing(nodes: str, way: str) -> bytes:
    """A process through the nodes named in `way`, one behind the other."""
    names = ["begin", *way.split(), "done"]
    flows = "".join(
        f'<sequenceFlow id="{one}_{other}" sourceRef="{one}" targetRef="{other}" />' for one, other in pairwise(names)
    )
    process = f'<process id="work" isExecutable="true"><startEvent id="begin" />{nodes}<endEvent id="done" />{flows}'
    return f"{HEAD}{process}</process></definitions>".encode()


class Desk:
    """The sample department with one deployed drawing at a time."""

    def __init__(self, database: Database, units: Mapping[str, UUID]) -> None:
        self.database = database
        with reading(database) as work:
            division = next(unit for unit in work.units.all() if unit.kind == "division")
            self.lead, self.department = str(division.id), str(division.parent_id)

    def start(self, xml: bytes, table: str = "", **variables: Any) -> UUID:
        known = {"lead": self.lead, "due_date": "2026-03-20", "period": "2026-Q1", **variables}

        def begin(work: Work) -> UUID:
            deploy(work, xml, decisions=[("rank", table.encode())] if table else (), now=NOW)
            return start_instance(work, "work", known, now=NOW).id

        return run_command(self.database, begin)

    def variables(self, case: UUID) -> Mapping[str, Any]:
        with reading(self.database) as work:
            return dict(instance_variables(work, case))

    def tasks(self, case: UUID) -> list[UserTask]:
        with reading(self.database) as work:
            return list(work.user_tasks.of_instance(case, only_open=True))

    def complete(self, task: UserTask, **variables: Any) -> None:
        post = Post(UUID(self.lead), "administrator")
        person = User(UUID(int=1), "quantri", "Người thử", (post,), frozenset({candidate_key(post.unit_id, post.role)}))
        run_command(self.database, lambda work: complete_user_task(work, task.id, person, variables, NOW))

    def timers(self, case: UUID) -> list[datetime]:
        with reading(self.database) as work:
            return [timer.due_at for timer in work.timers.of_instance(case)]

    def incident(self, case: UUID) -> Incident:
        with reading(self.database) as work:
            (found,) = work.incidents.open_of_instance(case)
            return found


@pytest.fixture
def desk(sqlite_database: Database) -> Desk:
    sqlite_database.functions, sqlite_database.calendar = unit_functions, working_calendar
    return Desk(
        sqlite_database,
        run_command(sqlite_database, lambda work: sample_department(work, NOW, password="mat-khau-thu")),
    )


def test_in_a_condition(desk: Desk) -> None:
    nodes = """<exclusiveGateway id="which" default="to_no" />
        <scriptTask id="yes"><script>went = 'yes'</script></scriptTask>
        <scriptTask id="no"><script>went = 'no'</script></scriptTask>
        <sequenceFlow id="a" sourceRef="begin" targetRef="which" />
        <sequenceFlow id="to_no" sourceRef="which" targetRef="no" />
        <sequenceFlow id="to_yes" sourceRef="which" targetRef="yes"><conditionExpression>
        unit(lead)['kind'] == 'division' and before(period()['last'], 5) > working_days(1)
        </conditionExpression></sequenceFlow>
        <sequenceFlow id="x" sourceRef="yes" targetRef="done" />
        <sequenceFlow id="y" sourceRef="no" targetRef="done" />"""
    xml = drawing(nodes, "").replace(b'<sequenceFlow id="begin_done" sourceRef="begin" targetRef="done" />', b"")
    assert desk.variables(desk.start(xml))["went"] == "yes"


def test_in_a_script(desk: Desk) -> None:
    script = (
        "top = parent(lead)\nends = end_of_quarter()\nnames = column([unit(lead)], 'kind')\ncut = period()['data_to']"
    )
    found = desk.variables(desk.start(drawing(f'<scriptTask id="s"><script>{script}</script></scriptTask>', "s")))
    assert (found["top"], found["ends"], found["names"]) == (desk.department, date(2026, 3, 31), ["division"])
    assert found["cut"] == date(2026, 3, 14)


def test_in_a_timer(desk: Desk) -> None:
    event = """<intermediateCatchEvent id="t"><timerEventDefinition><timeDate>
        last_by(period()['data_to']) if is_part_of(lead, parent(lead)) else None</timeDate></timerEventDefinition>
        </intermediateCatchEvent>"""
    assert desk.timers(desk.start(drawing(event, "t"))) == [datetime(2026, 3, 13, 10, tzinfo=UTC)]


def test_in_a_collection_and_in_what_each_run_gives(desk: Desk) -> None:
    task = f"""<scriptTask id="s"><script>x = 1</script><{LOOP} isSequential="true"
        bangiao:collection="units_below(parent(lead))"
        bangiao:elementVariable="part" bangiao:outputCollection="kinds" bangiao:outputElement="unit(part)['kind']" />
        </scriptTask>"""
    assert "division" in desk.variables(desk.start(drawing(task, "s")))["kinds"]


def test_in_a_cardinality_and_in_a_completion_condition(desk: Desk) -> None:
    task = f"""<userTask id="ask" bangiao:unit="lead"><{LOOP}><loopCardinality>quarter(due_date) + 3</loopCardinality>
        <completionCondition>nrOfCompletedInstances >= len(members_asked) and after(today(), 1) == working_days(1)
        </completionCondition></{LOOP}></userTask>"""
    case = desk.start(drawing(task, "ask"), members_asked=["a", "b"])
    assert len(desk.tasks(case)) == 4
    for _ in range(2):
        desk.complete(desk.tasks(case)[0])
    assert desk.tasks(case) == []


def test_in_a_decision_table(desk: Desk) -> None:
    table = TABLE.format(input="unit(lead)['kind']", test='"division"', output="end_of_year()")
    task = '<businessRuleTask id="rule" bangiao:decision="rank" bangiao:result="rank" />'
    found = desk.variables(desk.start(drawing(task, "rule"), table))
    assert found["rank"] == date(2026, 12, 31)


def test_in_an_assignment(desk: Desk) -> None:
    task = """<userTask id="sign" bangiao:role="leader" bangiao:unit="unit_with('leader', parent(lead))"
        bangiao:dueDate="before(due_date, 3)" bangiao:priority="50 if unit(lead)['kind'] == 'division' else 1" />"""
    (opened,) = desk.tasks(desk.start(drawing(task, "sign")))
    assert opened.candidate_key == candidate_key(UUID(desk.department), "leader")
    assert (opened.due_at, opened.priority) == (datetime(2026, 3, 17, 10, tzinfo=UTC), 50)


def test_in_a_due_day_and_a_payload(desk: Desk) -> None:
    task = """<userTask id="draft" bangiao:unit="lead" bangiao:dueDays="working_days_between(today(), due_date) // 2" />
        <serviceTask id="mail" bangiao:topic="mail.send"
        bangiao:payload="{'to': parent(lead), 'by': end_of_month()}" />"""
    case = desk.start(drawing(task, "draft mail"))
    (opened,) = desk.tasks(case)
    assert opened.due_at == datetime(2026, 3, 11, 10, tzinfo=UTC)
    desk.complete(opened)
    with reading(desk.database) as work:
        (job,) = work.jobs.of_instance(case)
    assert job.payload == {"to": desk.department, "by": "2026-03-31"}


def test_in_what_an_imported_drawing_says(desk: Desk) -> None:
    task = """<userTask id="sign" bangiao:unit="=if contains(name, &quot;gấp&quot;) then lead else null" />"""
    (opened,) = desk.tasks(desk.start(drawing(task, "sign"), name="việc gấp"))
    assert opened.unit_id == UUID(desk.lead)


NAMED = 'id="s" name="Tính hạn"'
SCRIPT = f"<scriptTask {NAMED}><script>x = 1</script>"
WRONG = {
    "script": (f"<scriptTask {NAMED}><script>a = 1\nb = days_between(due, today()) + wrong</script></scriptTask>", 2),
    "timer": (
        f"<intermediateCatchEvent {NAMED}><timerEventDefinition><timeDate>before(wrong, 3)</timeDate>"
        "</timerEventDefinition></intermediateCatchEvent>",
        1,
    ),
    "unit": (f'<userTask {NAMED} bangiao:unit="parent(wrong)" />', 1),
    "due day": (f'<userTask {NAMED} bangiao:unit="lead" bangiao:dueDays="wrong + 1" />', 1),
    "payload": (f"<serviceTask {NAMED} bangiao:topic='t' bangiao:payload='{{\"a\": wrong}}' />", 1),
    "collection": (f"<userTask {NAMED}><{LOOP} bangiao:collection=\"column(wrong, 'a')\" /></userTask>", 1),
    "cardinality": (
        f"<userTask {NAMED}><{LOOP}><loopCardinality>wrong * 2</loopCardinality></{LOOP}></userTask>",
        1,
    ),
    "completion": (
        f"{SCRIPT}<{LOOP}><loopCardinality>2</loopCardinality>"
        f"<completionCondition>wrong > 1</completionCondition></{LOOP}></scriptTask>",
        1,
    ),
    "output": (
        f"{SCRIPT}<{LOOP} bangiao:collection='[1]' bangiao:outputCollection='o' bangiao:outputElement='wrong' />"
        "</scriptTask>",
        1,
    ),
}


@pytest.mark.parametrize("place", WRONG)
def test_an_incident_names_element_line_and_variable(desk: Desk, place: str) -> None:
    nodes, line = WRONG[place]
    incident = desk.incident(desk.start(drawing(nodes, "s"), due="2026-03-20"))
    assert (incident.element_id, incident.kind) == ("s", "expression")
    for words in (incident.message, incident.detail):
        assert words.startswith("“Tính hạn”: ")
        assert "wrong" in words
    assert f"dòng {line}: " in incident.message
    assert f"line {line}: " in incident.detail
    assert incident.message != incident.detail


def test_a_wrong_cell_of_a_table_names_the_table_too(desk: Desk) -> None:
    table = TABLE.format(input="wrong + 1", test="> 3", output="1")
    task = '<businessRuleTask id="s" name="Tính hạn" bangiao:decision="rank" />'
    incident = desk.incident(desk.start(drawing(task, "s"), table, wrong="chữ"))
    assert incident.message == (
        "“Tính hạn”: bảng quyết định “Xếp hạng”: “+” không dùng được với chữ và số (biến wrong; dòng 1: wrong + 1)"
    )
    assert (
        incident.detail
        == "“Tính hạn”: decision rank: + does not go with text and a number (variable wrong; line 1: wrong + 1)"
    )


@pytest.mark.parametrize(
    ("attribute", "words"),
    [
        ('bangiao:dueDays="10 * 1000"', "số ngày làm việc từ 0"),
        ('bangiao:dueDays="-1"', "số ngày làm việc từ 0"),
        ("bangiao:dueDays=\"'ba'\"", "số ngày làm việc từ 0"),
        ('bangiao:followUpDays="2.5"', "số ngày làm việc từ 0"),
        ('bangiao:priority="9223372036854775807"', "số nguyên"),
        ("bangiao:dueDate=\"'thứ ba'\"", "không phải là ngày"),
        ('bangiao:unit="[lead]"', "mã định danh"),
    ],
)
def test_an_attribute_of_another_kind_is_an_incident_of_its_step(desk: Desk, attribute: str, words: str) -> None:
    incident = desk.incident(desk.start(drawing(f'<userTask id="s" {attribute} />', "s")))
    assert (incident.element_id, incident.kind) == ("s", "expression")
    assert words in incident.message
