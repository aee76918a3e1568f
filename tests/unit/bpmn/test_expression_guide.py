"""The designers' guide lists every function, with examples that can be written into a drawing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bpmn.expressions import KNOWN_FUNCTIONS, check_expression

GUIDE = (Path(__file__).parents[3] / "docs" / "huong-dan" / "thiet-ke.md").read_text()
LISTED = GUIDE.partition("<!-- functions -->")[2].partition("<!-- end of functions -->")[0]
ROWS = [line.split(" | ") for line in LISTED.splitlines() if line.startswith("| `")]


def test_every_function_is_listed_and_nothing_else() -> None:
    named = {name for row in ROWS for name in re.findall(r"`(\w+)\(", row[0])}
    assert named == KNOWN_FUNCTIONS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_an_example_uses_a_function_of_its_row_and_can_be_read(row: list[str]) -> None:
    example = row[2].rstrip(" |").strip("`")
    check_expression(example)
    assert set(re.findall(r"(\w+)\(", row[0])) & set(re.findall(r"(\w+)\(", example))
