"""What was read beside the rows is kept, dropped or made a row, by name, and every change can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from domain.errors import Conflict, Invalid, NotAllowed
from domain.plans import Activity as ReadActivity
from domain.plans import BudgetItem, IndicatorTarget, Obligation, PlanHead, PlanReading, ReportingRule, Timing
from office.activities import bind_name, edit_activity, settle_doubt, split_activity
from office.doubts import is_repaired, open_doubts
from office.plan_changes import take_back
from office.plans import create_draft
from office.read_parts import decide_item, decide_rest, undecided
from office.readiness import ready_to_start, undecided_in
from office.review import accept_repairs, accept_rest, edit_head, paste_rows
from office.sample_plan import start_sample_plan
from office.shipped import deploy_shipped
from office.starting import start_plan
from office.time_choices import choose_time
from plans.timing import read_timing
from storage.tables import Activity
from storage.transactions import Work, reading, run_command
from tests.unit.office.conftest import NOW, TODAY, Office

READING = PlanReading(
    plan=PlanHead(title="Kế hoạch năm 2026", year=2026),
    activities=(
        ReadActivity(
            task="Rà soát thủ tục",
            number="1",
            lead_raw="Văn phòng Sở",
            lead=("Văn phòng Sở",),
            timing_raw="Tháng 6",
            timing=(Timing("month", month="2026-06"),),
        ).noting("task", "Ô bị ngắt trang; đã ghép hai phần"),
    ),
    indicators=(
        IndicatorTarget("Giải quyết đúng hạn", ">=", 96.0, "%"),
        IndicatorTarget("Số hóa kết quả", "complete", None),
    ),
    reporting=(ReportingRule("Báo cáo quý", periods=("quarter",)),),
    obligations=(Obligation("Văn phòng Sở", "Lập danh mục rà soát", (Timing("deadline", before=date(2026, 1, 31)),)),),
    budget=(BudgetItem("Tập huấn", 50_500_000),),
    warnings=("Không rõ người ký", "Số của kế hoạch để trống"),
)


@pytest.fixture
def plan_id(office: Office) -> UUID:
    user = office.user("ngocntb")
    return run_command(
        office.database, lambda work: create_draft(work, b"van ban", "k.txt", user, NOW, reading=READING)
    ).id


def decide(office: Office, plan_id: UUID, kind: str, index: int, choice: str, login: str = "ngocntb") -> None:
    user = office.user(login)
    run_command(office.database, lambda work: decide_item(work, plan_id, kind, index, choice, user, NOW))


def undo(office: Office, plan_id: UUID) -> str:
    def command(work: Work) -> str:
        last = work.plan_changes.last(plan_id)
        assert last is not None
        return take_back(work, plan_id, last.id, office.user("ngocntb"), NOW)

    return run_command(office.database, command)


def kept(office: Office, plan_id: UUID) -> tuple[list[str], list[str], int, list[str]]:
    """The plan's targets, reports, periods of the reports, and tasks."""
    with reading(office.database) as work:
        series = work.report_series.of_plan(plan_id)
        return (
            sorted(each.text for each in work.indicators.of_plan(plan_id)),
            [each.name for each in series],
            sum(len(work.report_series.periods_of(each.id)) for each in series),
            [each.task for each in work.activities.of_plan(plan_id)],
        )


def test_a_dropped_target_or_report_is_followed_no_more_until_it_is_taken_back(office: Office, plan_id: UUID) -> None:
    before = kept(office, plan_id)
    assert before == (["Giải quyết đúng hạn", "Số hóa kết quả"], ["Báo cáo quý"], 4, ["Rà soát thủ tục"])
    decide(office, plan_id, "indicators", 0, "dropped")
    decide(office, plan_id, "reporting", 0, "dropped")
    assert kept(office, plan_id) == (["Số hóa kết quả"], [], 0, ["Rà soát thủ tục"])
    undo(office, plan_id)
    undo(office, plan_id)
    assert kept(office, plan_id) == before
    with reading(office.database) as work:
        assert work.plans.get(plan_id).reading["decisions"] == {}


def test_a_dated_duty_becomes_a_row_once(office: Office, plan_id: UUID) -> None:
    decide(office, plan_id, "obligations", 0, "added")
    with reading(office.database) as work:
        row = work.activities.of_plan(plan_id)[1]
    assert row.timing_raw == "Trước ngày 31/01/2026"
    assert (row.task, row.lead_unit_id, row.due_date) == (
        "Lập danh mục rà soát",
        office.units["VP"],
        date(2026, 1, 30),
    )
    with pytest.raises(Conflict, match="đã được thêm"):
        decide(office, plan_id, "obligations", 0, "added")
    undo(office, plan_id)
    assert kept(office, plan_id)[3] == ["Rà soát thủ tục"]
    decide(office, plan_id, "obligations", 0, "added")


def test_warnings_stay_undecided_until_somebody_keeps_them(office: Office, plan_id: UUID) -> None:
    decide(office, plan_id, "warnings", 1, "kept")
    with reading(office.database) as work:
        plan = work.plans.get(plan_id)
        assert undecided(plan, "warnings") == [0]
        assert plan.reading["decisions"]["warnings:1"]["name"] == office.user("ngocntb").name


@pytest.mark.parametrize(
    ("kind", "index", "choice"),
    [
        ("warnings", 2, "kept"),
        ("warnings", -1, "kept"),
        ("plan", 0, "kept"),
        ("budget", 0, "added"),
        ("budget", 0, "x"),
    ],
)
def test_what_is_not_there_cannot_be_decided(office: Office, plan_id: UUID, kind: str, index: int, choice: str) -> None:
    with pytest.raises(Invalid):
        decide(office, plan_id, kind, index, choice)


def test_only_who_reviews_decides(office: Office, plan_id: UUID) -> None:
    with pytest.raises(NotAllowed):
        decide(office, plan_id, "warnings", 0, "kept", "maint")


def test_every_repair_is_waved_through_by_name_at_once(office: Office, plan_id: UUID) -> None:
    user = office.user("ngocntb")
    assert run_command(office.database, lambda work: accept_repairs(work, plan_id, user, NOW)) == 1
    with reading(office.database) as work:
        (doubt,) = work.activities.of_plan(plan_id)[0].doubts
    assert doubt["settled_name"] == user.name
    assert undo(office, plan_id) == "Chấp nhận các chỗ đã sửa khi đọc"
    with reading(office.database) as work:
        assert work.activities.of_plan(plan_id)[0].doubts[0]["settled_by"] is None


def test_a_changed_year_is_taken_back_with_its_due_days(office: Office, plan_id: UUID) -> None:
    user = office.user("ngocntb")
    with reading(office.database) as work:
        before = [row.due_explanation for row in work.activities.of_plan(plan_id)]
        version = work.plans.get(plan_id).version
    cells = {"year": 2027, "title": "Tên khác", "number": "9/KH", "issued_on": date(2027, 1, 4)}
    run_command(office.database, lambda work: edit_head(work, plan_id, version, user, NOW, **cells))
    undo(office, plan_id)
    with reading(office.database) as work:
        plan = work.plans.get(plan_id)
        assert (plan.year, plan.title, plan.number, plan.issued_on) == (2026, "Kế hoạch năm 2026", None, None)
        assert [row.due_explanation for row in work.activities.of_plan(plan_id)] == before


def test_a_started_plan_is_not_taken_back(office: Office, plan_id: UUID) -> None:
    decide(office, plan_id, "warnings", 0, "kept")

    def begin(work: Work) -> None:
        work.plans.get(plan_id).state = "active"

    run_command(office.database, begin)
    with pytest.raises(Conflict):
        undo(office, plan_id)


# nothing starts before all is settled


def row_of(office: Office, plan_id: UUID, place: int = 0) -> Activity:
    with reading(office.database) as work:
        found = work.activities.of_plan(plan_id)[place]
        work.session.expunge_all()
    return found


def left(office: Office, plan_id: UUID) -> list[str]:
    """What somebody still has to decide before the plan starts."""
    with reading(office.database) as work:
        return [reason.text for reason in undecided_in(work.plans.get(plan_id), work.activities.of_plan(plan_id))]


def draft(office: Office, read: PlanReading) -> UUID:
    user = office.user("ngocntb")
    return run_command(office.database, lambda work: create_draft(work, b"v", "k.txt", user, NOW, reading=read)).id


def test_whatever_was_read_blocks_the_start_until_it_is_waved_through_by_name(office: Office, plan_id: UUID) -> None:
    assert left(office, plan_id) == [
        "1 chỗ đã sửa khi đọc chưa có người chấp nhận",
        "2 điều cần xem chưa có người quyết định",
        "1 việc có thời hạn trong phần lời văn chưa có người quyết định",
        "2 chỉ tiêu chưa có người chấp nhận",
        "1 chế độ báo cáo chưa có người chấp nhận",
    ]
    run_command(office.database, lambda work: deploy_shipped(work, NOW))
    leader, clerk = office.user("khaitq"), office.user("ngocntb")
    for kind, count in (("warnings", 2), ("obligations", 1), ("indicators", 2), ("reporting", 1), ("repairs", 1)):
        with pytest.raises(Conflict, match="Chưa thể bắt đầu"):
            run_command(office.database, lambda work: start_plan(work, plan_id, leader, NOW))
        assert run_command(office.database, lambda work, k=kind: accept_rest(work, plan_id, clerk, NOW, [k])) == count
    assert left(office, plan_id) == []
    (doubt,) = row_of(office, plan_id).doubts
    assert (doubt["settled_name"], doubt["settled_at"]) == (clerk.name, NOW.isoformat())
    with reading(office.database) as work:
        decided = work.plans.get(plan_id).reading["decisions"]["reporting:0"]
        assert ready_to_start(work, work.plans.get(plan_id), TODAY) == []
    assert decided == {"choice": "kept", "name": clerk.name, "at": NOW.isoformat()}
    run_command(office.database, lambda work: start_plan(work, plan_id, leader, NOW))


def test_only_who_reviews_waves_through_and_only_what_there_is(office: Office, plan_id: UUID) -> None:
    with pytest.raises(NotAllowed):
        run_command(office.database, lambda work: accept_rest(work, plan_id, office.user("maint"), NOW))
    with pytest.raises(Invalid):
        run_command(office.database, lambda work: accept_rest(work, plan_id, office.user("ngocntb"), NOW, ["budget"]))
    assert len(left(office, plan_id)) == 5


def test_all_duties_become_rows_in_one_change(office: Office) -> None:
    duties = tuple(replace(READING.obligations[0], what=f"Việc {number}", lines=(number,)) for number in range(1, 6))
    plan_id, user = draft(office, replace(READING, obligations=duties)), office.user("ngocntb")
    made = run_command(office.database, lambda work: decide_rest(work, plan_id, "obligations", "added", user, NOW))
    assert made == 5
    assert kept(office, plan_id)[3] == ["Rà soát thủ tục", *(f"Việc {number}" for number in range(1, 6))]
    assert row_of(office, plan_id, 5).lines == [5]
    assert undo(office, plan_id) == "Thêm 5 dòng từ phần lời văn"
    assert kept(office, plan_id)[3] == ["Rà soát thủ tục"]


# doubts of rows


def test_a_warning_that_names_a_row_is_asked_there_once(office: Office) -> None:
    asked = replace(
        READING.activities[0].noting("lead", "Ô trống do gộp với dòng trên; lấy theo dòng trên"), number="7"
    )
    warning = "Nhiệm vụ 7: ô chủ trì để trống, tạm lấy theo dòng trên (“Văn phòng Sở”); cần xác nhận"
    plan_id = draft(office, replace(READING, activities=(asked,), warnings=("Không rõ người ký", warning)))
    row = row_of(office, plan_id)
    questions = [doubt for doubt in row.doubts if not is_repaired(doubt)]
    assert [(doubt["field"], doubt["text"][:24]) for doubt in questions] == [("lead", "Ô chủ trì để trống, tạm ")]
    with reading(office.database) as work:
        assert undecided(work.plans.get(plan_id), "warnings") == [0]
    user, index = office.user("ngocntb"), row.doubts.index(questions[0])
    settled = run_command(office.database, lambda work: settle_doubt(work, row.id, index, row.version, user, NOW))
    assert [doubt["field"] for doubt in open_doubts(settled)] == ["task"]  # the cell's repair went with the question


def test_a_learnt_name_leaves_what_was_mended_in_its_cell(office: Office) -> None:
    strange = replace(READING.activities[0], lead_raw="Tổ lạ", lead=("Tổ lạ",)).noting("lead", "Ô bị ngắt trang")
    plan_id, user = draft(office, replace(READING, activities=(strange,))), office.user("ngocntb")
    unit_id = office.units["VP"]
    run_command(office.database, lambda work: bind_name(work, plan_id, "Tổ lạ", user, NOW, unit_id=unit_id))
    assert [doubt["text"] for doubt in open_doubts(row_of(office, plan_id)) if doubt["field"] == "lead"] == [
        "Ô bị ngắt trang"
    ]


def test_the_parts_of_a_split_row_keep_what_was_settled(office: Office, plan_id: UUID) -> None:
    user = office.user("ngocntb")
    run_command(office.database, lambda work: accept_repairs(work, plan_id, user, NOW))
    row = row_of(office, plan_id)
    parts = run_command(
        office.database, lambda work: split_activity(work, row.id, ["Một", "Hai"], row.version, user, NOW)
    )
    assert [open_doubts(part) for part in parts] == [[], []]


def test_rows_of_the_first_version_are_understood() -> None:
    assert is_repaired({"field": "task", "text": "", "blocking": False, "settled_by": None})
    assert not is_repaired({"field": "lead", "text": "", "blocking": True, "settled_by": None})
    assert not is_repaired({"field": "lead", "text": "", "settled_by": None})


def test_what_was_mended_in_one_row_is_accepted_by_itself(office: Office) -> None:
    two = (READING.activities[0], replace(READING.activities[0], number="2"))
    plan_id, user = draft(office, replace(READING, activities=two)), office.user("ngocntb")
    first = row_of(office, plan_id)
    run_command(office.database, lambda work: accept_repairs(work, plan_id, user, NOW, activity_id=first.id))
    assert [len(open_doubts(row_of(office, plan_id, place))) for place in (0, 1)] == [0, 1]
    assert undo(office, plan_id) == "Chấp nhận chỗ đã sửa ở dòng 1"
    assert len(open_doubts(row_of(office, plan_id))) == 1


# times that may be taken in several ways


@pytest.fixture
def open_time(office: Office) -> UUID:
    row = replace(READING.activities[0], timing_raw="6 tháng", timing=read_timing("6 tháng", 2026).timings)
    return draft(office, replace(READING, activities=(row,)))


def choose(office: Office, plan_id: UUID, text: str) -> Activity:
    row, user = row_of(office, plan_id), office.user("ngocntb")
    return run_command(office.database, lambda work: choose_time(work, row.id, text, row.version, user, NOW))


def test_a_reading_of_a_time_is_chosen_by_name_and_taken_back(office: Office, open_time: UUID) -> None:
    before = row_of(office, open_time)
    assert [doubt["field"] for doubt in open_doubts(before)] == ["timing", "task"]
    row = choose(office, open_time, "Chậm nhất ngày 30/6/2026")
    assert row.due_date == date(2026, 6, 30)
    assert row.timing_raw == "6 tháng"
    assert [doubt["field"] for doubt in open_doubts(row)] == ["task"]
    assert undo(office, open_time) == "Chọn thời gian dòng 1"
    again = row_of(office, open_time)
    assert (again.timing, again.due_date, again.doubts) == (before.timing, before.due_date, before.doubts)


def test_only_what_is_offered_is_chosen(office: Office, open_time: UUID) -> None:
    with pytest.raises(Invalid, match="không có trong các lựa chọn"):
        choose(office, open_time, "Tháng 13/2026")


def test_a_doubtful_time_typed_by_hand_is_asked_about(office: Office, plan_id: UUID) -> None:
    row, user = row_of(office, plan_id), office.user("ngocntb")
    changes = {"timing_raw": "Quý nào cũng được"}
    changed = run_command(office.database, lambda work: edit_activity(work, row.id, changes, row.version, user, NOW))
    assert "Chưa chắc về thời gian" in open_doubts(changed)[-1]["text"]


# how many statements


def statements(office: Office, command: Callable[[Work], Any]) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(office.database.engine, "before_cursor_execute", note)
    try:
        run_command(office.database, command)
    finally:
        event.remove(office.database.engine, "before_cursor_execute", note)
    return len(seen)


def test_the_start_takes_as_many_statements_for_many_rows_as_for_few(office: Office) -> None:
    run_command(office.database, lambda work: deploy_shipped(work, NOW))
    leader, clerk = office.user("khaitq"), office.user("ngocntb")
    counts = []
    for size in (3, 300):
        rows = tuple(replace(READING.activities[0], number=str(number)) for number in range(size))
        plan_id = draft(office, replace(READING, activities=rows))
        accepted = statements(office, lambda work, p=plan_id: accept_rest(work, p, clerk, NOW))
        pasted = statements(office, lambda work, p=plan_id, r=rows: paste_rows(work, p, r, clerk, NOW))
        run_command(office.database, lambda work, p=plan_id: accept_rest(work, p, clerk, NOW))
        begun = statements(office, lambda work, p=plan_id: start_plan(work, p, leader, NOW))
        counts.append((pasted, begun))
        assert accepted <= 75 + size  # a row with a version is written by itself
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 25


def test_the_sample_plan_goes_through_the_same_door(office: Office) -> None:
    run_command(office.database, lambda work: deploy_shipped(work, NOW))
    leader = office.user("khaitq")
    plan = run_command(office.database, lambda work: start_sample_plan(work, leader, NOW))
    assert left(office, plan.id) == []
    with reading(office.database) as work:
        stored = work.plans.get(plan.id)
        assert stored.state == "starting"
        assert {decision["name"] for decision in stored.reading["decisions"].values()} == {leader.name}
