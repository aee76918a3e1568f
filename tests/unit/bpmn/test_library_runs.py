"""The shipped processes run to their ends in virtual time, by every route, with their own forms filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bpmn.definitions import read_definition
from bpmn.forms import Form, read_form
from bpmn.library import shipped
from bpmn.spiff.model import compile_definition
from domain.calendars import WorkingCalendar
from domain.errors import FormInvalid
from engine.calendar import functions
from engine.spiff.case import Case, Moment, Wait

LEAD, LEADER_UNIT, CLERK_UNIT = "phong-chu-tri", "lanh-dao-so", "van-phong"
FIRST, SECOND = "phong-mot", "phong-hai"
CALENDAR = WorkingCalendar()

STARTED_WITH: dict[str, Any] = {
    "activity_id": "a1", "plan_id": "k1", "occurrence_id": "o1", "number": "2.3", "title": "Rà soát thủ tục",
    "products": ["Kế hoạch"], "lead": LEAD, "department": "so", "leader_unit": LEADER_UNIT, "clerk_unit": CLERK_UNIT,
    "coordinating": [], "due_date": "2026-06-30", "inputs_due_days": 5, "silence_rule": True, "to_committee": False,
    "checkins": [], "proposed_definition": None, "due_in": None,
}  # fmt: skip
TWO_UNITS = [{"unit": FIRST, "by_letter": False}, {"unit": SECOND, "by_letter": False}]

APPROVED = {"review_outcome": "approve"}
SIGNED = {"sign_outcome": "approve"}
DRAFTED = {"draft_summary": "Năm nội dung"}
SUBMITTED = {"consolidate_outcome": "submit"}
ISSUED = {"issued_number": "45/KH-SNNMT", "issued_date": "2026-03-20"}
AGREES = {"agrees": "true"}


class Year:
    """One case of a shipped process; jobs are done at once and noted, days pass when they are told to."""

    def __init__(self, key: str, on: str = "2026-03-02", **variables: Any) -> None:
        definitions = {each.key: read_definition(each.xml, each.key) for each in shipped()}
        self.forms: dict[str, Form] = {
            name: read_form(schema, name) for each in shipped() for name, schema in each.forms.items()
        }
        called = {n: compile_definition(definitions[n]) for n in ("activity", "simple")} if key == "awaits" else {}
        self.now = datetime.combine(date.fromisoformat(on), datetime.min.time(), UTC).replace(hour=1)
        self.waits: dict[str, Wait] = {}
        self.jobs: list[tuple[str, Mapping[str, Any]]] = []
        self.model = compile_definition(definitions[key], called=called)
        self.case = Case.start(self.model, key, STARTED_WITH | variables, self.moment)
        self._go_on()

    @property
    def moment(self) -> Moment:
        return Moment(self.now, functions(CALENDAR, self.now))

    def _go_on(self) -> None:
        """Take what changed, restore the case from its saved state, and do the jobs that came up."""
        changes = self.case.take_changes()
        self.case = Case.load(self.model, *self.case.encode())
        assert not changes.failures, changes.failures
        for closed in changes.closed:
            self.waits.pop(closed.key, None)
        self.waits |= {wait.key: wait for wait in changes.opened}
        for wait in [wait for wait in self.waits.values() if wait.kind == "job"]:
            topic = wait.attributes["topic"]
            self.jobs.append((topic, wait.attributes["payload"]))
            numbered = {"number": "45/KH-SNNMT", "date": "2026-03-20"} if topic == "document.number" else {}
            self.waits.pop(wait.key)
            self.case.finish_job(wait.token_id, numbered, self.moment)
            self._go_on()

    def tasks(self) -> list[str]:
        return sorted(wait.element_id for wait in self.waits.values() if wait.kind == "user_task")

    def task(self, element_id: str, **attributes: Any) -> Wait:
        here = [wait for wait in self.waits.values() if wait.kind == "user_task" and wait.element_id == element_id]
        (found,) = [wait for wait in here if all(wait.attributes.get(k) == v for k, v in attributes.items())]
        return found

    def do(self, element_id: str, values: Mapping[str, Any] | None = None, **attributes: Any) -> Wait:
        """Fill in the task's form as a page would and complete it."""
        task = self.task(element_id, **attributes)
        variables = self.forms[task.attributes["form"]].validate(values or {}, task.variables)
        self.case.complete(task.token_id, variables, self.moment)
        self._go_on()
        return task

    def until(self, day: str) -> None:
        """Let time pass to the end of `day`; timers fire in turn."""
        end = datetime.combine(date.fromisoformat(day), datetime.max.time(), UTC)
        while True:
            timers = [(w.due_at, w) for w in self.waits.values() if w.kind == "timer" and w.due_at and w.due_at <= end]
            if not timers:
                break
            due_at, timer = min(timers, key=lambda found: found[0])
            self.now = max(self.now, due_at)
            self.case.fire(timer.token_id, self.moment)
            self._go_on()
        self.now = max(self.now, end)

    def answer(self, **variables: Any) -> None:
        """The People's Committee answers by message."""
        (wait,) = [wait for wait in self.waits.values() if wait.kind == "message"]
        assert (wait.name, wait.correlation) == ("committee_answer", "o1")
        self.case.deliver(wait.token_id, "committee_answer", variables, self.moment)
        self._go_on()

    def told(self, topic: str) -> list[str]:
        return [payload["kind"] for found, payload in self.jobs if found == topic]

    def to_review(self) -> None:
        """A case without coordinating units, up to the head's desk."""
        self.do("draft", DRAFTED)

    def to_issue(self) -> None:
        self.to_review()
        self.do("review", APPROVED)
        self.do("sign", SIGNED)


def test_an_activity_goes_from_hand_to_hand_until_its_result_is_recorded() -> None:
    year = Year("activity", coordinating=TWO_UNITS)
    draft = year.do("draft", DRAFTED)
    assert (draft.attributes["role"], draft.attributes["unit"]) == ("official", LEAD)
    assert year.tasks() == ["contribute", "contribute"]
    asked = year.do("contribute", AGREES, unit=FIRST)
    assert (asked.attributes["role"], asked.attributes["purpose"]) == ("official", "contribute")
    year.do("contribute", {"agrees": "false", "text": "Bỏ mục 3"}, unit=SECOND)
    year.do("consolidate", SUBMITTED)
    assert year.do("review", APPROVED).attributes["role"] == "head"
    signed = year.do("sign", SIGNED)
    assert (signed.attributes["role"], signed.attributes["unit"]) == ("leader", LEADER_UNIT)
    assert year.jobs == [("document.number", {"activity_id": "a1", "occurrence_id": "o1"})]
    issue = year.task("issue")
    assert (issue.attributes["role"], issue.attributes["unit"]) == ("clerk", CLERK_UNIT)
    assert year.forms["issue"].initial(issue.variables)["issued_number"] == "45/KH-SNNMT"
    year.do("issue", ISSUED)
    record = year.task("record")
    assert year.forms["record"].initial(record.variables)["result_number"] == "45/KH-SNNMT"
    year.do("record", {"result_number": "45/KH-SNNMT", "result_date": "2026-03-20"})
    assert year.case.ended
    assert not year.waits
    assert year.case.variables()["asked_units"] == [FIRST, SECOND]


def test_without_coordinating_units_the_draft_goes_straight_to_the_head() -> None:
    year = Year("activity")
    year.to_review()
    assert year.tasks() == ["review"]


def test_a_unit_asked_by_letter_is_entered_by_the_lead_with_number_and_date() -> None:
    year = Year("activity", coordinating=[{"unit": FIRST, "by_letter": True}])
    year.do("draft", DRAFTED)
    with pytest.raises(FormInvalid) as refused:
        year.do("contribute", AGREES, unit=LEAD)
    assert set(refused.value.fields) == {"letter_number", "letter_date"}
    year.do("contribute", AGREES | {"letter_number": "7/CV", "letter_date": "2026-03-05"}, unit=LEAD)
    assert year.tasks() == ["consolidate"]


def test_a_silent_unit_is_reminded_and_at_its_due_date_no_longer_waited_for() -> None:
    year = Year("activity", coordinating=TWO_UNITS)  # Monday 2 March; five working days end on Monday 9
    year.do("draft", DRAFTED)
    year.do("contribute", AGREES, unit=FIRST)
    year.until("2026-03-05")
    assert year.jobs == []
    year.until("2026-03-06")
    assert year.jobs == [("notice.urge", {"kind": "soon", "step": "contribute", "unit": SECOND})]
    assert year.tasks() == ["contribute"]
    year.until("2026-03-09")
    assert year.tasks() == ["consolidate"]


def test_without_a_silence_rule_the_lead_waits_for_every_unit() -> None:
    year = Year("activity", coordinating=TWO_UNITS, silence_rule=False)
    year.do("draft", DRAFTED)
    year.do("contribute", AGREES, unit=FIRST)
    year.until("2026-12-31")
    assert year.tasks() == ["contribute"]
    year.do("contribute", AGREES, unit=SECOND)
    assert year.tasks() == ["consolidate"]


def test_the_lead_may_ask_the_units_again_before_it_submits() -> None:
    year = Year("activity", coordinating=TWO_UNITS)
    year.do("draft", DRAFTED)
    for _ in range(3):
        year.do("contribute", AGREES, unit=FIRST)
        year.do("contribute", AGREES, unit=SECOND)
        year.do("consolidate", {"consolidate_outcome": "ask_again"})
    assert year.tasks() == ["contribute", "contribute"]


@pytest.mark.parametrize(("coordinating", "back_at"), [(TWO_UNITS, "consolidate"), ([], "draft")])
def test_head_and_leader_return_with_a_note_to_whoever_writes(coordinating: list[Any], back_at: str) -> None:
    year = Year("activity", coordinating=coordinating)
    year.do("draft", DRAFTED)
    for unit in coordinating:
        year.do("contribute", AGREES, unit=unit["unit"])
    go_on = SUBMITTED if back_at == "consolidate" else DRAFTED
    if coordinating:
        year.do("consolidate", go_on)
    with pytest.raises(FormInvalid):
        year.do("review", {"review_outcome": "return"})
    year.do("review", {"review_outcome": "return", "review_note": "Thiếu căn cứ"})
    assert year.tasks() == [back_at]
    assert year.task(back_at).variables["review_note"] == "Thiếu căn cứ"
    year.do(back_at, go_on)
    year.do("review", APPROVED)
    year.do("sign", {"sign_outcome": "return", "sign_note": "Sửa mục 2"})
    assert year.tasks() == [back_at]
    year.do(back_at, go_on)
    year.do("review", APPROVED)
    year.do("sign", SIGNED)
    assert year.tasks() == ["issue"]


@pytest.mark.parametrize("by_message", [True, False])
def test_the_committee_issues_and_its_number_is_offered_for_the_record(by_message: bool) -> None:
    year = Year("activity", to_committee=True)
    year.to_issue()
    year.do("issue", ISSUED)
    assert year.tasks() == ["answer"]
    said = {"answer": "issued", "answer_number": "12/QĐ-UBND", "answer_date": "2026-04-01", "answer_note": ""}
    if by_message:
        year.answer(**said)
    else:
        year.do("answer", said)
    record = year.task("record")
    assert year.forms["record"].initial(record.variables) == {
        "result_number": "12/QĐ-UBND", "result_date": "2026-04-01", "result_note": None,
    }  # fmt: skip
    year.do("record")
    assert year.case.ended
    assert not year.waits


@pytest.mark.parametrize(("coordinating", "back_at"), [(TWO_UNITS, "consolidate"), ([], "draft")])
def test_what_the_committee_returns_goes_through_all_hands_again(coordinating: list[Any], back_at: str) -> None:
    year = Year("activity", to_committee=True, coordinating=coordinating)
    year.do("draft", DRAFTED)
    for unit in coordinating:
        year.do("contribute", AGREES, unit=unit["unit"])
    if coordinating:
        year.do("consolidate", SUBMITTED)
    year.do("review", APPROVED)
    year.do("sign", SIGNED)
    year.do("issue", ISSUED)
    year.answer(answer="returned", answer_note="Chưa rõ kinh phí")
    assert year.tasks() == [back_at]
    year.do(back_at, SUBMITTED if coordinating else DRAFTED)
    year.do("review", APPROVED)
    year.do("sign", SIGNED)
    year.do("issue", ISSUED)
    assert year.tasks() == ["answer"]


def test_what_the_committee_wants_besides_is_supplied_signed_and_issued_again() -> None:
    year = Year("activity", to_committee=True)
    year.to_issue()
    year.do("issue", ISSUED)
    with pytest.raises(FormInvalid):
        year.do("answer", {"answer": "more"})
    year.do("answer", {"answer": "more", "answer_note": "Thêm phụ lục kinh phí"})
    supplement = year.do("supplement", {"supplement": "Phụ lục 2"})
    assert supplement.attributes["unit"] == LEAD
    year.do("sign", SIGNED)
    assert year.tasks() == ["issue"]
    year.do("issue", ISSUED)
    year.answer(answer="issued", answer_number="12/QĐ-UBND", answer_date="2026-05-04")
    assert year.tasks() == ["record"]
    assert [topic for topic, _ in year.jobs] == ["document.number", "document.number"]


def test_a_case_is_urged_before_on_and_after_its_due_date_and_goes_on_all_the_same() -> None:
    year = Year("activity")
    year.until("2026-06-24")
    assert year.jobs == []
    year.until("2026-06-25")
    assert year.told("notice.urge") == ["soon"]
    year.until("2026-06-30")
    assert year.told("notice.urge") == ["soon", "due"]
    assert year.told("notice.escalate") == []
    year.until("2026-07-01")
    assert year.told("notice.urge") == ["soon", "due", "late"]
    assert year.told("notice.escalate") == ["late"]
    year.until("2026-12-31")
    assert len(year.jobs) == 4
    assert year.tasks() == ["draft"]


def test_work_that_is_late_when_it_begins_is_urged_once_and_not_three_times() -> None:
    year = Year("simple", due_date="2026-01-30")
    year.until("2026-03-02")
    assert year.told("notice.urge") == ["late"]
    assert year.told("notice.escalate") == ["late"]


@pytest.mark.parametrize("key", ["activity", "simple", "periodic"])
def test_without_a_due_date_nobody_is_urged(key: str) -> None:
    year = Year(key, due_date=None)
    year.until("2030-12-31")
    assert year.jobs == []
    assert year.tasks() == ["draft"]
    assert year.task("draft").attributes.get("due_date") is None


def test_simple_work_returns_to_the_unit_until_its_head_is_content() -> None:
    year = Year("simple")
    for turn in range(4):
        year.do("draft", {"draft_summary": f"Lần {turn + 1}"})
        year.do("review", {"review_outcome": "return", "review_note": "Làm lại"})
    year.do("draft", {"draft_summary": "Lần cuối"})
    year.do("review", APPROVED)
    year.do("record", {"result_note": "Lưu tại phòng"})
    assert year.case.ended
    assert not year.waits


@pytest.mark.parametrize("coordinating", [TWO_UNITS, []])
def test_a_periodic_report_is_prepared_confirmed_and_sent(coordinating: list[Any]) -> None:
    year = Year("periodic", coordinating=coordinating)
    year.do("draft", DRAFTED)
    for unit in coordinating:
        year.do("contribute", AGREES, unit=unit["unit"])
    if coordinating:
        year.do("consolidate", SUBMITTED)
    year.do("review", {"review_outcome": "return", "review_note": "Số liệu chưa khớp"})
    year.do("consolidate" if coordinating else "draft", SUBMITTED if coordinating else DRAFTED)
    year.do("review", APPROVED)
    year.do("issue", {"issued_number": "9/BC-SNNMT", "issued_date": "2026-06-16"})
    assert year.case.ended
    assert not year.waits


def test_standing_work_opens_each_check_in_ahead_and_one_unanswered_blocks_no_other() -> None:
    year = Year("standing", checkins=["2026-03-31", "2026-06-30"])
    assert year.tasks() == []
    year.until("2026-03-16")
    assert year.tasks() == []
    year.until("2026-03-17")
    assert year.tasks() == ["check_in"]
    year.until("2026-04-01")
    assert year.told("notice.urge") == ["soon", "late"]
    year.until("2026-06-16")
    assert year.tasks() == ["check_in", "check_in"]
    second = next(wait for wait in year.waits.values() if wait.variables.get("checkin_date") == "2026-06-30")
    values = year.forms["check_in"].validate({"progress": "60", "text": "Đã làm nửa năm"}, second.variables)
    year.case.complete(second.token_id, values, year.moment)
    year._go_on()
    assert not year.case.ended
    year.do("check_in", {"progress": "55", "text": "Ghi muộn"})
    assert year.case.ended
    assert year.case.variables()["checked_dates"] == ["2026-03-31", "2026-06-30"]


def test_standing_work_without_check_ins_ends_at_once() -> None:
    assert Year("standing").case.ended


def test_awaiting_work_is_asked_about_each_quarter_and_ends_when_no_longer_needed() -> None:
    year = Year("awaits", due_date=None, proposed_definition="activity")
    assert year.task("arrival").attributes.get("due_date") is None
    year.until("2026-12-31")
    assert year.told("notice.urge") == ["ask"] * 4
    year.do("arrival", {"arrival": "not_yet"})
    assert year.tasks() == ["arrival"]
    year.until("2027-03-31")
    assert year.told("notice.urge") == ["ask"] * 5
    with pytest.raises(FormInvalid):
        year.do("arrival", {"arrival": "not_needed"})
    year.do("arrival", {"arrival": "not_needed", "arrival_note": "Bộ đã bãi bỏ yêu cầu"})
    assert year.case.ended
    assert not year.waits


@pytest.mark.parametrize(
    ("due_in", "printed", "due"),
    [
        ({"amount": 10, "unit": "working_day"}, "", "2026-03-13"),
        ({"amount": 30, "unit": "day"}, "", "2026-03-27"),
        ({"amount": -15, "unit": "day"}, "", "2026-02-12"),
        ({"amount": 10, "unit": "working_day"}, "2026-05-29", "2026-05-29"),
        (None, "", None),
    ],
)
def test_without_a_day_in_the_document_the_length_the_plan_prints_counts(
    due_in: dict[str, Any] | None, printed: str, due: str | None
) -> None:
    year = Year("awaits", due_date=None, proposed_definition="simple", due_in=due_in)
    arrived = {"arrival": "arrived", "source_number": "88/KH-UBND", "source_date": "2026-02-27", "due_date": printed}
    year.do("arrival", arrived)
    given = year.task("draft").attributes.get("due_date")
    assert (str(given) if given else None) == due


@pytest.mark.parametrize("proposed", ["activity", "simple"])
def test_when_the_document_is_here_the_proposed_process_runs_with_its_due_date(proposed: str) -> None:
    year = Year("awaits", due_date=None, proposed_definition=proposed)
    arrived = {"arrival": "arrived", "source_number": "88/KH-UBND", "source_date": "2026-03-01"}
    year.do("arrival", arrived | {"due_date": "2026-05-29"})
    assert year.tasks() == ["draft"]
    year.until("2026-05-29")
    assert year.told("notice.urge") == ["soon", "due"]
    year.to_review()
    year.do("review", APPROVED)
    if proposed == "activity":
        year.do("sign", SIGNED)
        year.do("issue", ISSUED)
    year.do("record")
    assert year.case.ended
    assert not year.waits
