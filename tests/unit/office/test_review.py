"""What was read beside the rows is kept, dropped or made a row, by name, and every change can be taken back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.errors import Conflict, Invalid, NotAllowed
from domain.plans import Activity as ReadActivity
from domain.plans import BudgetItem, IndicatorTarget, Obligation, PlanHead, PlanReading, ReportingRule, Timing
from office.plan_changes import take_back
from office.plans import create_draft
from office.read_parts import decide_item, decide_rest, undecided
from office.readiness import ready_to_start, undecided_in
from office.review import accept_repairs, accept_rest, edit_head
from storage.transactions import Work, reading, run_command
from tests.unit.office.conftest import NOW, Office

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
