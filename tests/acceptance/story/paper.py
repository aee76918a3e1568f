"""The plan document of the story: a department's own where it stands beside the checkout, else a small one of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
SHARED = HERE.parents[3] / "shared" / "plans"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document, when the office takes it up, how many rows it has, and the rows people of the story care about."""

    path: Path
    begins_at: datetime
    year: int
    rows: int
    carried: str
    """Number of the row that is carried to the People's Committee."""
    asks_new_unit: str
    """Number of a row that gets a coordinating unit nobody has heard of."""
    answers_by_message: bool
    """Whether the Committee's answer comes as a message; else the clerk enters it."""


OURS = Paper(
    HERE / "plan.txt",
    datetime(2026, 1, 5, 1, 0, tzinfo=UTC),
    2026,
    rows=7,
    carried="1.2",
    asks_new_unit="2.2",
    answers_by_message=False,
)


def theirs() -> Paper | None:
    """The department's document, where it is there."""
    found = sorted(SHARED.glob("003*.txt"))
    if not found:
        return None
    return Paper(
        found[0],
        datetime(2022, 1, 4, 1, 0, tzinfo=UTC),
        2022,
        rows=22,
        carried="2.3",
        asks_new_unit="2.4",
        answers_by_message=True,
    )
