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


LABELS = st.sampled_from(
    ("Chủ trì:", "Phối hợp:", "Thời gian:", "Sản phẩm:", "- Đơn vị chủ trì:", "1. Rà soát quy trình", "II. NHIỆM VỤ",
     "a) Tập huấn", "Văn phòng Sở", "quý II", ";", "(", ")", "\n", "\n\n", "Nơi nhận:", "Nhiệm vụ 2: Kiểm tra")
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LABELS, min_size=1, max_size=25))
def test_labels_in_prose_are_read_or_refused_and_no_word_invented(words: list[str]) -> None:
    _check("KẾ HOẠCH\nRà soát năm 2026\n\n" + " ".join(words))


TICKS = st.lists(st.sampled_from(("", "x", "X", "15", "(1)", "từ", "✓", "tuần 2")), min_size=4, max_size=4)


@settings(max_examples=100, deadline=None)
@given(st.lists(TICKS, min_size=1, max_size=8))
def test_ticked_columns_give_the_times_over_them_and_nothing_else(rows: list[list[str]]) -> None:
    head = "KẾ HOẠCH\nnăm 2026\n\nTT\tNhiệm vụ\tĐơn vị chủ trì\tQuý I\tQuý II\tQuý III\tQuý IV\n"
    lines = [f"{index}\tViệc số {index}\tVăn phòng Sở\t" + "\t".join(row) for index, row in enumerate(rows, 1)]
    text = head + "\n".join(lines)
    _check(text)
    for activity, row in zip(read_plan(text.encode(), "mau.txt").activities, rows, strict=True):
        quarters = {timing.quarter for timing in activity.timing if timing.kind == "quarter"}
        assert quarters == {f"2026-Q{index}" for index, tick in enumerate(row, 1) if tick}


TAGS = st.sampled_from(
    ("<table>", "<tr>", "<td rowspan=2>", "<td colspan=3>", "<th>", "</td>", "</tr>", "</table>", "Nhiệm vụ", "Chủ trì",
     "Thời gian", "Tháng 3", "x", "<td>")
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(TAGS, max_size=30))
def test_every_tag_soup_is_read_or_refused_and_no_word_invented(parts: list[str]) -> None:
    _check("KẾ HOẠCH\nnăm 2026\n" + "".join(parts))


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
