"""Whole plans of invented offices, each in another layout, against the reading an official gives them by eye."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans.reader import read_plan
from tests.unit.plans.reading_lines import reading_lines

SAMPLES = sorted(path for path in (Path(__file__).parent / "samples").iterdir() if path.suffix != ".expected")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_plan_is_read_as_an_official_reads_it(sample: Path) -> None:
    expected = sample.with_suffix(".expected").read_text("utf-8").splitlines()
    assert reading_lines(read_plan(sample.read_bytes(), sample.name)) == expected
