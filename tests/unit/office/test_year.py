"""A plan runs: rows start, hand-overs show, days are moved, late answers count, occurrences open by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.errors import Conflict, Invalid, NotAllowed
from domain.plans import Activity as ReadActivity
from domain.plans import Timing
from engine import clock
from engine.batches import batch_handler
from engine.due import DueSource, JobsDue, TimersDue
from engine.instances import terminate_instance
from engine.messages import publish_message
from engine.reconcile import reconcile
from engine.user_tasks import complete_user_task
from handlers import build
from office.activities import bind_name
from office.amendments import add_running_activity, cancel_activity, close_plan, redate_occurrence
from office.contributions import Opinion, OpinionsUndecided, answer_late, decide_contribution, urge_contribution
from office.documents import add_document, read_document
from office.extensions import ask_extension, decide_extension
from office.listener import OfficeListener
from office.occurrences import OccurrenceSource
from office.plans import create_draft
from office.review import accept_rest
from office.sample import sample_department
from office.shipped import deploy_shipped
from office.starting import COMMANDS, start_plan
from plans.timing import read_timing
from storage import notice_board
from storage.calendars import working_calendar
from storage.database import Database
from storage.tables import Activity, Contribution, Document, Occurrence, UserTask
from storage.transactions import Work, reading, run_command
from tests.unit.office.conftest import NOW, Office
from tests.unit.office.test_plans import DOCUMENT

SUMMARY = {"draft_summary": "Dự thảo"}
APPROVED = {"review_outcome": "approve", "review_note": ""}


@dataclass(frozen=True)
class Running(Office):
    """The sample department with a started plan, in virtual time."""

    plan_id: UUID
    sources: tuple[DueSource, ...]

    def now(self) -> datetime:
        return clock.now(self.database)

    def pass_until(self, day: date) -> None:
        clock.advance(self.database, self.sources, datetime(day.year, day.month, day.day, 16, 0, tzinfo=UTC))

    def settle(self) -> None:
        clock.settle(self.database, self.sources, self.now())

    def do(self, command: Callable[[Work], Any]) -> Any:
        result = run_command(self.database, command)
        self.settle()
        return result

    def rows(self) -> list[Activity]:
        with reading(self.database) as work:
            found = list(work.activities.of_plan(self.plan_id))
            work.session.expunge_all()
        return found

    def occurrences(self, row: int) -> list[Occurrence]:
        activity = self.rows()[row]
        with reading(self.database) as work:
            found = list(work.occurrences.of_activity(activity.id))
            work.session.expunge_all()
        return found

    def instance_id(self, row: int) -> UUID:
        found = next(each.instance_id for each in self.occurrences(row) if each.instance_id)
        assert found is not None
        return found

    def task(self, row: int, purpose: str, unit: str | None = None) -> UserTask:
        with reading(self.database) as work:
            tasks = work.user_tasks.of_instance(self.instance_id(row), only_open=True)
            found = next(t for t in tasks if t.purpose == purpose and (unit is None or t.unit_id == self.units[unit]))
            work.session.expunge_all()
        return found

    def complete(self, row: int, purpose: str, login: str, variables: dict[str, Any], unit: str | None = None) -> None:
        task, user = self.task(row, purpose, unit), self.user(login)
        self.do(lambda work: complete_user_task(work, task.id, user, variables, self.now()))

    def contributions(self, row: int) -> list[Contribution]:
        with reading(self.database) as work:
            found = list(work.contributions.of_instance(self.instance_id(row)))
            work.session.expunge_all()
        return found

    def status(self, row: int, unit: str, part: str = "coordinating") -> str:
        activity = self.rows()[row]
        with reading(self.database) as work:
            share = work.assignments.part_of(activity.id, self.units[unit], part)
            assert share is not None
            return share.status


@pytest.fixture(params=["sqlite", "postgresql"])
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    url = str(request.getfixturevalue(f"new_{request.param}_url"))
    database = Database(url, listeners=(OfficeListener(),), calendar=working_calendar)
    clock.start_virtual_clock(database, NOW)
    units = run_command(database, lambda work: sample_department(work, NOW))
    office = Office(database, units)
    run_command(database, lambda work: deploy_shipped(work, NOW))
    user, director = office.user("ngocntb"), office.user("khaitq")
    plan_id = run_command(database, lambda work: create_draft(work, DOCUMENT.encode(), "k.txt", user, NOW).id)
    name = "Phòng Tài nguyên và Khoáng sản nước"
    run_command(database, lambda work: bind_name(work, plan_id, name, user, NOW, unit_id=units["TNN"]))
    run_command(database, lambda work: accept_rest(work, plan_id, user, NOW))
    handlers = build(database) | {"batch": batch_handler(database, COMMANDS, lambda: clock.now(database))}
    sources = (TimersDue(), OccurrenceSource(), JobsDue(handlers))
    run_command(database, lambda work: start_plan(work, plan_id, director, NOW))
    clock.settle(database, sources, NOW)
    yield Running(database, units, plan_id, sources)
    database.close()


def test_a_started_plan_has_a_case_and_shares_for_every_row(running: Running) -> None:
    with reading(running.database) as work:
        assert work.plans.get(running.plan_id).state == "active"
    for index, row in enumerate(running.rows()):
        assert row.state == "started"
        assert sum(each.instance_id is not None for each in running.occurrences(index)) == 1
    assert running.status(0, "VP", "lead") == "new"
    assert running.status(0, "SNV") == "new"
    with pytest.raises(Conflict, match="đã bắt đầu"):
        running.do(lambda work: start_plan(work, running.plan_id, running.user("khaitq"), running.now()))


def test_only_leaders_and_clerks_start_plans(office: Office) -> None:
    with pytest.raises(NotAllowed):
        run_command(office.database, lambda work: start_plan(work, office.units["VP"], office.user("maint"), NOW))


def test_from_hand_to_hand_until_the_committee_has_issued(running: Running) -> None:
    running.complete(0, "draft", "tungvd", SUMMARY)
    assert {(each.unit_id, each.entered_for) for each in running.contributions(0)} == {
        (running.units["TCCB"], False),
        (running.units["SNV"], True),
    }
    running.complete(0, "contribute", "maint", {"agrees": False, "text": "Cần rõ hơn"}, "TCCB")
    letter = {"agrees": True, "text": "", "letter_number": "88/SNV", "letter_date": "2026-01-09"}
    running.complete(0, "contribute", "tungvd", letter, "VP")
    by_unit = {each.unit_id: each for each in running.contributions(0)}
    assert by_unit[running.units["TCCB"]].text == "Cần rõ hơn"
    assert by_unit[running.units["SNV"]].letter_date == date(2026, 1, 9)
    assert running.status(0, "TCCB") == "done"
    user, opinion = running.user("tungvd"), by_unit[running.units["TCCB"]].id
    with pytest.raises(Invalid, match="giải trình"):
        running.do(lambda work: decide_contribution(work, opinion, user, "partly", "", running.now()))
    running.do(lambda work: decide_contribution(work, opinion, user, "partly", "Đã sửa mục 2", running.now()))
    running.complete(0, "consolidate", "tungvd", {"changes": "", "consolidate_outcome": "submit"})
    assert running.status(0, "VP", "lead") == "wait_confirm"
    running.complete(0, "review", "ngocntb", {"review_outcome": "return", "review_note": "Thiếu số liệu"})
    assert running.status(0, "VP", "lead") in ("redo", "active")
    running.complete(0, "consolidate", "tungvd", {"changes": "", "consolidate_outcome": "submit"})
    running.complete(0, "review", "ngocntb", APPROVED)
    running.complete(0, "sign", "khaitq", {"sign_outcome": "approve", "sign_note": ""})
    issued = {"issued_number": "01/TTr-SNNMT", "issued_date": "2026-01-05", "issued_to": ""}
    running.complete(0, "issue", "lanht", issued)
    with reading(running.database) as work:
        register = work.documents.issued("SNNMT", 2026)
        assert [each.name for each in register] == ["01/TTr-SNNMT"]
    key = str(running.occurrences(0)[0].id)
    answer = {"answer": "issued", "answer_number": "99/QĐ-UBND", "answer_date": "2026-02-10", "answer_note": ""}
    assert running.do(lambda work: publish_message(work, "committee_answer", key, answer, running.now())) == 1
    running.complete(0, "record", "tungvd", {"result_number": "", "result_date": "2026-02-11", "result_note": ""})
    assert running.occurrences(0)[0].outcome == "issued"
    assert running.rows()[0].state == "closed"
    assert running.status(0, "VP", "lead") == "done"
    with reading(running.database) as work:
        assert reconcile(work) == []


def test_silence_is_kept_and_a_late_answer_replaces_it_until_the_consolidation_is_sent(running: Running) -> None:
    running.complete(0, "draft", "tungvd", SUMMARY)
    running.pass_until(date(2026, 1, 16))
    silent = {each.unit_id: each for each in running.contributions(0)}[running.units["TCCB"]]
    assert silent.silent_at is not None
    assert silent.answered_at is None
    opinion = Opinion(agrees=False, text="Đề nghị bỏ mục 3")
    with pytest.raises(NotAllowed):
        running.do(lambda work: answer_late(work, silent.id, running.user("chautm"), opinion, running.now()))
    running.do(lambda work: answer_late(work, silent.id, running.user("maint"), opinion, running.now()))
    assert {each.text for each in running.contributions(0)} == {"", "Đề nghị bỏ mục 3"}
    other = {each.unit_id: each for each in running.contributions(0)}[running.units["SNV"]]
    with pytest.raises(OpinionsUndecided, match="1 ý kiến"):
        running.complete(0, "consolidate", "tungvd", {"changes": "", "consolidate_outcome": "submit"})
    lead = running.user("tungvd")
    running.do(lambda work: decide_contribution(work, silent.id, lead, "accepted", "", running.now()))
    running.complete(0, "consolidate", "tungvd", {"changes": "", "consolidate_outcome": "submit"})
    letter = Opinion(True, "", "12/SNV", date(2026, 1, 16))
    with pytest.raises(Conflict, match="tổng hợp xong"):
        running.do(lambda work: answer_late(work, other.id, running.user("tungvd"), letter, running.now()))


def test_who_has_not_answered_is_urged_once_a_day(running: Running) -> None:
    running.complete(0, "draft", "tungvd", SUMMARY)
    asked = {each.unit_id: each for each in running.contributions(0)}[running.units["TCCB"]]
    for _ in range(2):
        running.do(lambda work: urge_contribution(work, asked.id, running.user("tungvd"), running.now()))
    with reading(running.database) as work:
        user = running.user("maint")
        texts = [line.notice.text for line in notice_board.for_user(work, user, running.now())]
    assert sum("nhắc góp ý" in text for text in texts) == 1


def test_the_next_period_opens_by_itself_whether_or_not_the_last_is_done(running: Running) -> None:
    quarters = running.occurrences(1)
    assert [each.period for each in quarters] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026"]
    assert [each.instance_id is not None for each in quarters] == [True, False, False, False]
    running.pass_until(date(2026, 6, 15))
    assert [each.instance_id is not None for each in running.occurrences(1)] == [True, True, False, False]
    assert run_command(running.database, lambda work: work.occurrences.to_open(running.now(), 10)) == []


def test_near_and_late_work_is_told_to_the_desk_and_then_to_those_above(running: Running) -> None:
    running.pass_until(date(2026, 4, 1))
    with reading(running.database) as work:
        official, head, leader = (running.user(login) for login in ("tungvd", "ngocntb", "khaitq"))
        told = [notice_board.for_user(work, user, running.now()) for user in (official, head, leader)]
    kinds = [{line.notice.kind for line in lines} for lines in told]
    assert {"soon", "due", "late"} <= kinds[0]
    assert "escalated" in kinds[1]
    assert "escalated" in kinds[2]


def test_a_granted_day_moves_the_row_and_what_follows(running: Running) -> None:
    task, official, head = running.task(0, "draft"), running.user("tungvd"), running.user("ngocntb")
    new = date(2026, 4, 15)
    with pytest.raises(Invalid, match="Hạn mới"):
        running.do(lambda w: ask_extension(w, task.id, official, date(2026, 3, 1), "Chờ số liệu", running.now()))
    asked = running.do(lambda work: ask_extension(work, task.id, official, new, "Chờ số liệu", running.now()))
    with pytest.raises(Conflict):
        running.do(lambda work: ask_extension(work, task.id, official, new, "Nữa", running.now()))
    with pytest.raises(NotAllowed):
        running.do(lambda work: decide_extension(work, asked.id, official, True, "", running.now()))
    running.do(lambda work: decide_extension(work, asked.id, head, True, "Đồng ý", running.now()))
    occurrence = running.occurrences(0)[0]
    assert occurrence.due_date == new
    assert "gia hạn đến 15/4/2026" in occurrence.due_explanation
    running.complete(0, "draft", "tungvd", SUMMARY)
    running.pass_until(date(2026, 1, 16))
    due_at = running.task(0, "consolidate").due_at
    assert due_at is not None
    assert due_at.date() == new


def test_a_refused_day_changes_nothing(running: Running) -> None:
    task, official, head = running.task(0, "draft"), running.user("tungvd"), running.user("ngocntb")
    asked = running.do(lambda w: ask_extension(w, task.id, official, date(2026, 4, 15), "Bận", running.now()))
    running.do(lambda work: decide_extension(work, asked.id, head, False, "Không", running.now()))
    assert running.task(0, "draft").due_at == task.due_at
    assert running.occurrences(0)[0].due_date == date(2026, 3, 30)


def test_a_terminated_case_recalls_its_row(running: Running) -> None:
    instance_id = running.instance_id(3)
    running.do(lambda w: terminate_instance(w, instance_id, running.user("khaitq"), running.now(), reason="Bỏ"))
    assert running.rows()[3].state == "cancelled"
    assert running.status(3, "TNN", "lead") == "recalled"


def test_awaited_work_is_paused_until_the_paper_comes(running: Running) -> None:
    assert running.status(4, "VP", "lead") == "paused"
    arrived = {"arrival": "arrived", "source_number": "5/KH", "source_date": "2026-01-05", "due_date": "2026-05-29"}
    running.complete(4, "arrival", "tungvd", arrived)
    assert running.status(4, "VP", "lead") == "active"
    assert running.task(4, "draft").due_at is not None
    (dated,) = running.occurrences(4)
    assert dated.due_date == date(2026, 5, 29)
    assert dated.due_explanation == "Theo 5/KH (5/1/2026): hạn 29/5/2026"


def test_the_length_a_row_prints_counts_from_what_it_waited_for(running: Running) -> None:
    words = "Trong vòng 10 ngày làm việc kể từ khi có Quyết định"
    row = ReadActivity(task="Lập danh sách", lead=("Văn phòng Sở",), timing=read_timing(words, 2026).timings)
    running.do(lambda w: add_running_activity(w, running.plan_id, row, running.user("khaitq"), running.now()))
    (awaited,) = running.occurrences(5)
    assert awaited.due_date is None
    assert "10 ngày làm việc" in awaited.due_explanation
    arrived = {"arrival": "arrived", "source_number": "88/QĐ-UBND", "source_date": "2026-03-02", "due_date": None}
    running.complete(5, "arrival", "tungvd", arrived)
    (found,) = running.occurrences(5)
    assert found.due_date == date(2026, 3, 16)
    assert found.due_explanation == (
        "Đã có 88/QĐ-UBND (2/3/2026): trong 10 ngày làm việc kể từ ngày 2/3/2026: hạn 16/3/2026"
    )
    due_at = running.task(5, "draft").due_at
    assert due_at is not None
    assert due_at.date() == date(2026, 3, 16)


def test_papers_have_versions_and_strangers_do_not_see_them(running: Running) -> None:
    instance_id, user = running.instance_id(0), running.user("tungvd")
    now = running.now() + timedelta(minutes=1)
    first = running.do(lambda work: add_document(work, instance_id, user, b"mot", "../du-thao.txt", now))
    second: Document = running.do(lambda work: add_document(work, instance_id, user, b"hai", "du-thao.txt", now))
    assert (second.version, second.replaces_id, second.name) == (2, first.id, "du-thao.txt")
    with reading(running.database) as work:
        assert read_document(work, first.id, user)[2] == b"mot"
    with reading(running.database) as work, pytest.raises(NotAllowed):
        read_document(work, first.id, running.user("lucnv"))


def test_shipped_processes_are_deployed_once(running: Running) -> None:
    assert run_command(running.database, lambda work: deploy_shipped(work, running.now())) == []


def test_a_row_is_added_in_mid_year_and_starts_at_once(running: Running) -> None:
    user = running.user("khaitq")
    row = ReadActivity(task="Kiểm tra đột xuất", lead=("Thanh tra Sở",), timing=(Timing("month", month="2026-05"),))
    running.do(lambda work: add_running_activity(work, running.plan_id, row, user, running.now()))
    assert running.rows()[5].state == "started"
    assert running.task(5, "draft").unit_id == running.units["TTS"]
    unclear = ReadActivity(task="Việc chưa rõ ai làm", timing=row.timing)
    with pytest.raises(Invalid, match="chủ trì"):
        running.do(lambda work: add_running_activity(work, running.plan_id, unclear, user, running.now()))
    assert len(running.rows()) == 6


def test_a_cancelled_row_ends_its_case_and_opens_no_period_more(running: Running) -> None:
    activity = running.rows()[1]
    with pytest.raises(NotAllowed):
        running.do(lambda work: cancel_activity(work, activity.id, running.user("lanht"), "Thôi", running.now()))
    running.do(lambda work: cancel_activity(work, activity.id, running.user("khaitq"), "Thôi", running.now()))
    assert {each.outcome for each in running.occurrences(1)} == {"cancelled"}
    assert running.rows()[1].state == "cancelled"
    running.pass_until(date(2026, 6, 20))
    assert sum(each.instance_id is not None for each in running.occurrences(1)) == 1
    with reading(running.database) as work:
        assert reconcile(work) == []


def test_a_redated_row_hands_the_day_to_its_open_step(running: Running) -> None:
    occurrence, user = running.occurrences(0)[0], running.user("khaitq")
    with pytest.raises(Invalid, match="ngày nghỉ"):
        running.do(lambda w: redate_occurrence(w, occurrence.id, date(2026, 4, 5), user, "Chậm", running.now()))
    running.do(lambda w: redate_occurrence(w, occurrence.id, date(2026, 4, 6), user, "Chậm", running.now()))
    due_at = running.task(0, "draft").due_at
    assert due_at is not None
    assert due_at.date() == date(2026, 4, 6)


def test_a_closed_plan_opens_nothing_more_and_its_cases_can_be_finished(running: Running) -> None:
    running.do(lambda work: close_plan(work, running.plan_id, running.user("khaitq"), running.now()))
    running.pass_until(date(2026, 12, 31))
    assert sum(each.instance_id is not None for each in running.occurrences(1)) == 1
    running.complete(3, "draft", "oanhltk", SUMMARY)
    assert running.task(3, "review").unit_id == running.units["TNN"]
