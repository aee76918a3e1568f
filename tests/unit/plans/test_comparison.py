"""Comparing two versions of a plan."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.plans import Activity, Timing
from plans.comparison import FIELDS, applied, compare_plans
from tests.unit.plans.plan_values import activities

numbers = st.one_of(st.none(), st.integers(1, 9).map(str))
rows = st.lists(st.builds(lambda row, number: replace(row, number=number), activities, numbers), max_size=8)


def content(plan: list[Activity]) -> list[tuple[object, ...]]:
    return [tuple(getattr(row, name) for name in FIELDS) for row in plan]


def numbered(*tasks: str) -> list[Activity]:
    return [Activity(task=task, number=str(index)) for index, task in enumerate(tasks, start=1)]


@given(rows)
def test_a_plan_does_not_differ_from_itself(plan: list[Activity]) -> None:
    assert compare_plans(plan, plan).is_empty


@given(rows, rows)
def test_applying_the_difference_gives_the_later_version(earlier: list[Activity], later: list[Activity]) -> None:
    assert content(applied(earlier, compare_plans(earlier, later))) == content(later)


@given(st.data(), rows)
def test_a_shuffled_and_shortened_plan_is_made_again_too(data: st.DataObject, earlier: list[Activity]) -> None:
    later = data.draw(st.permutations(earlier))[: data.draw(st.integers(0, len(earlier)))]
    comparison = compare_plans(earlier, later)
    assert content(applied(earlier, comparison)) == content(later)
    assert len(comparison.of_kind("removed")) == len(earlier) - len(later)
    assert not comparison.of_kind("added")


@given(rows, rows)
def test_every_row_of_both_versions_appears_once(earlier: list[Activity], later: list[Activity]) -> None:
    comparison = compare_plans(earlier, later)
    assert sorted(row.was for row in comparison.rows if row.was is not None) == list(range(len(earlier)))
    assert [row.will for row in comparison.rows if row.will is not None] == list(range(len(later)))


def test_a_row_that_came_renumbers_the_others_and_changes_nothing_else() -> None:
    earlier = numbered("Rà soát quy trình nội bộ", "Lập danh mục thủ tục", "Tổ chức tập huấn")
    later = numbered("Rà soát quy trình nội bộ", "Kiểm tra các chi cục", "Lập danh mục thủ tục", "Tổ chức tập huấn")
    comparison = compare_plans(earlier, later)
    assert [row.kind for row in comparison.rows] == ["same", "added", "changed", "changed"]
    assert all(row.is_renumbered for row in comparison.of_kind("changed"))
    assert not comparison.moved


def test_a_task_reworded_is_changed_and_not_replaced() -> None:
    earlier = numbered("Tổ chức hội nghị tập huấn nghiệp vụ cho công chức một cửa")
    later = numbered("Tổ chức hội nghị tập huấn nghiệp vụ cho công chức, viên chức một cửa")
    (row,) = compare_plans(earlier, later).rows
    assert [change.field for change in row.changes] == ["task"]


def test_another_task_under_the_same_number_is_another_row() -> None:
    earlier, later = numbered("Rà soát quy trình nội bộ"), numbered("Mua sắm phương tiện phòng chống lụt bão")
    assert {row.kind for row in compare_plans(earlier, later).rows} == {"added", "removed"}


def test_a_row_carried_elsewhere_has_moved() -> None:
    earlier = numbered("Rà soát quy trình", "Lập danh mục", "Tổ chức tập huấn", "Kiểm tra chi cục")
    later = [earlier[3], *earlier[:3]]
    assert [row.earlier for row in compare_plans(earlier, later).moved] == [earlier[3]]


def test_what_changed_is_told_field_by_field() -> None:
    before = Activity(
        task="Báo cáo tiến độ", number="1", lead=("Văn phòng Sở",), timing=(Timing("month", month="2026-03"),)
    )
    after = replace(before, lead=("Thanh tra Sở",), lead_raw="Thanh tra Sở", timing=(Timing("month", month="2026-06"),))
    comparison = compare_plans([before], [after])
    (row,) = comparison.rows
    assert [(change.field, change.before, change.after) for change in row.changes] == [
        ("lead", before.lead, after.lead),
        ("timing", before.timing, after.timing),
    ]
    assert applied([before], comparison)[0].lead_raw == "Thanh tra Sở"
