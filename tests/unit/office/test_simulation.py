"""A plan's year in virtual time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from domain.errors import DocumentUnreadable
from handlers import build
from office.simulation import simulate
from storage.database import Database
from storage.transactions import reading
from tests.unit.office.test_plans import DOCUMENT

PLANS = Path(__file__).parents[4] / "shared" / "plans"


@pytest.fixture(scope="module")
def year() -> dict[str, Any]:
    return simulate(DOCUMENT.encode(), "ke-hoach.txt", build)


def test_every_row_has_a_case_and_every_case_is_accounted_for(year: dict[str, Any]) -> None:
    assert year["activities"] == 5
    assert year["activities_without_case"] == 0
    assert year["cases"] == 8
    assert year["completed"] + year["open"] == year["cases"]
    assert year["on_time"] + year["late"] == year["completed"]
    assert sum(year["open_reasons"].values()) == year["open"]


def test_nothing_breaks_and_everything_agrees_afterwards(year: dict[str, Any]) -> None:
    assert year["incidents"] == 0
    assert year["differences"] == []
    assert year["timers_fired"] > 0
    assert sum(counted["given"] for counted in year["by_unit"].values()) == year["cases"]
    assert sum(counted["completed"] for counted in year["by_month"].values()) == year["completed"]


def test_the_same_seed_gives_the_same_year_and_another_gives_another(year: dict[str, Any]) -> None:
    again = simulate(DOCUMENT.encode(), "ke-hoach.txt", build)
    other = simulate(DOCUMENT.encode(), "ke-hoach.txt", build, seed=7)
    assert {**again, "seconds": 0} == {**year, "seconds": 0}
    assert {**other, "seconds": 0} != {**year, "seconds": 0}


def test_the_year_can_be_kept_and_looked_into(tmp_path: Path) -> None:
    kept = tmp_path / "mo-phong" / "nam.sqlite"
    result = simulate(DOCUMENT.encode(), "ke-hoach.txt", build, keep=kept)
    database = Database(f"sqlite:///{kept}")
    with reading(database) as work:
        (plan,) = work.plans.all()
        assert len(work.occurrences.of_plan(plan.id)) == result["cases"]
    database.close()


def test_what_is_no_plan_has_no_year() -> None:
    with pytest.raises(DocumentUnreadable):
        simulate(b"Xin chao", "thu.txt", build)


@pytest.mark.long
@pytest.mark.parametrize(
    "place", sorted(PLANS.glob("*.txt")) or [None], ids=lambda place: place.stem[:3] if place else ""
)
def test_a_real_plan_runs_its_year(place: Path | None) -> None:
    if place is None:
        pytest.skip("the plans beside the checkout are not there")
    result = simulate(place.read_bytes(), place.name, build)
    assert result["activities_without_case"] == 0
    assert result["completed"] * 2 >= result["cases"]
    assert result["late"] > 0
    assert sum(result["open_reasons"].values()) == result["open"]
    assert result["incidents"] == 0
    assert result["differences"] == []
