"""Whatever happens to a table on its way: the reader never fails and never makes a word up."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import DocumentUnreadable
from domain.text import fold_words
from plans.output import to_json
from plans.reader import read_plan
from tests.unit.plans.conftest import HEADER, ROWS, Sample

CELLS = st.sampled_from(
    sorted({cell for row in (*ROWS, HEADER) for cell in row} | {"-", "nt", "(", ")", "Sở)", "<b>x</b>", "1."})
)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=9), min_size=1, max_size=12)


@st.composite
def mutated_lines(draw: st.DrawFn) -> list[str]:
    """The sample's lines with some dropped, doubled, cut, shifted or swapped."""
    lines = Sample().text().decode().splitlines()
    for _ in range(draw(st.integers(1, 8))):
        index = draw(st.integers(0, len(lines) - 1))
        line = lines[index]
        deed = draw(st.sampled_from(("drop", "double", "cut", "shift", "swap", "blank", "break")))
        if deed == "drop" and len(lines) > 1:
            del lines[index]
        elif deed == "double":
            lines.insert(index, line)
        elif deed == "cut":
            lines[index : index + 1] = [line[: len(line) // 2], line[len(line) // 2 :]]
        elif deed == "shift":
            lines[index] = line.replace("\t\t", "\t", 1) if draw(st.booleans()) else line.replace("\t", "\t\t", 1)
        elif deed == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[index], lines[other] = lines[other], line
        elif deed == "blank":
            cells = line.split("\t")
            cells[draw(st.integers(0, len(cells) - 1))] = ""
            lines[index] = "\t".join(cells)
        else:
            lines.insert(index, "")
    return lines


@settings(max_examples=150, deadline=None)
@given(mutated_lines())
def test_every_damaged_table_is_read_or_refused_and_no_word_invented(lines: list[str]) -> None:
    _check("\n".join(lines))


@settings(max_examples=100, deadline=None)
@given(TABLES)
def test_every_table_of_odd_cells_is_read_or_refused_and_no_word_invented(rows: list[list[str]]) -> None:
    _check("\n".join("\t".join(row) for row in [HEADER, *rows]))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_every_file_is_read_or_refused(content: bytes) -> None:
    try:
        read_plan(content, "tep")
    except DocumentUnreadable:
        return


def _check(text: str) -> None:
    try:
        reading = read_plan(text.encode(), "mau.txt")
    except DocumentUnreadable:
        return
    printed = fold_words(text).replace(" ", "")
    for activity in reading.activities:
        cells = (activity.task, activity.lead_raw, activity.coordinating_raw, activity.timing_raw, *activity.products)
        for word in " ".join(map(fold_words, cells)).split():
            assert word in printed
        assert activity.lines
    assert to_json(reading)
