"""Table headers of one, two or three rows: which column holds what, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.text import fold_words, tidy
from plans.grid import Row
from plans.labels import Column, classify, names_person
from plans.ticks import tick_labels
from plans.wording import begins_low

MOST_ROWS = 3
_TASK_WORDS = re.compile(r"nhiem vu|cong viec|hoat dong|noi dung")
_NUMBER_ROW = re.compile(r"^\(?\s*(\d{1,2}|[A-Za-z])\s*\)?$")
_BARE_NUMBER = re.compile(r"^\d+(?:\.\d+)*\.?$")
_LONGEST_OTHER = 90
_LONGEST_WITH_STOP = 3


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, from `height` rows; `labels` say what each holds, for ticked ones its time in words."""

    columns: tuple[Column, ...]
    height: int = 1
    labels: tuple[str, ...] = ()

    def has(self, *kinds: Column) -> bool:
        return any(kind in self.columns for kind in kinds)

    @property
    def holds_activities(self) -> bool:
        return self.has("task", "objective") and self.has("lead", "coordinating", "timing", "tick")

    @property
    def holds_targets(self) -> bool:
        return self.has("target") and self.has("target_value")

    @property
    def holds_money(self) -> bool:
        return self.has("amount") and self.has("task", "objective")


def read_header(rows: Sequence[Row]) -> Header | None:
    """The header that `rows` begin with, or None when the first row is no header."""
    top = rows[0].texts
    if any(text and len(text) > _LONGEST_OTHER and classify(text) is None for text in top):
        return None
    if not any(classify(text) not in (None, "number") for text in top if text):
        return None
    labels, groups, ticks, height = _rows_of_labels(rows)
    if any(text and index not in ticks and not _may_be_label(text) for index, text in enumerate(top)):
        return None
    columns: list[Column] = [
        "tick" if index in ticks else classify(label) or classify(groups[index]) or "unknown"
        for index, label in enumerate(labels)
    ]
    known = [kind for kind in columns if kind not in ("unknown", "number")]
    if len(set(known)) < 2 or (len(set(known)) < 3 and "number" not in columns):
        return None
    said = tuple(ticks.get(index) or tidy(label) for index, label in enumerate(labels))
    header = Header(_settle(columns, said, groups), height, said)
    return header if header.holds_activities or header.holds_targets or header.holds_money else None


def is_number_row(row: Row) -> bool:
    """Whether this is the row "1 2 3 4" (or "(1) (2) (3)", "A B 1 2") that forms put under their header."""
    texts = [text for text in row.texts if text]
    marks = [match.group(1) for text in texts if (match := _NUMBER_ROW.match(text))]
    if len(texts) < 3 or len(marks) != len(texts):
        return False
    numbers = [int(mark) for mark in marks if mark.isdigit()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True


def _may_be_label(text: str) -> bool:
    """Whether a cell may stand in a header: no bare number, and no piece of a sentence."""
    is_long = len(text.split()) > _LONGEST_WITH_STOP
    return not _BARE_NUMBER.match(text) and not (is_long and (begins_low(text) or text.endswith((".", ",", ";"))))


def _rows_of_labels(rows: Sequence[Row]) -> tuple[list[str], list[str], dict[int, str], int]:
    """For each column its lowest label and the one over it, the ticked columns, and how many rows that took."""
    labels, groups = list(rows[0].texts), [""] * len(rows[0].cells)
    ticks = tick_labels(labels, labels)
    height = 1
    for index, row in enumerate(rows[1:MOST_ROWS], start=1):
        if row.opens:
            break
        over = _spread(labels, len(row.cells))
        found = _ticks_below(over, labels, row)
        if not found and _ticks_follow(labels, rows[index + 1 : MOST_ROWS]):
            height += 1
            continue
        if not found and not (height == 1 and _is_second_row(labels, row)):
            break
        labels, groups = _lowered(labels, over, row)
        ticks, height = found or ticks, height + 1
    return labels, groups, ticks, height


def _spread(labels: Sequence[str], width: int) -> list[str]:
    """The labels with each repeated over the blank columns to its right, which it may span."""
    spread: list[str] = []
    for index in range(max(len(labels), width)):
        own = labels[index] if index < len(labels) else ""
        spread.append(own or (spread[-1] if spread else ""))
    return spread


def _lowered(labels: Sequence[str], over: Sequence[str], row: Row) -> tuple[list[str], list[str]]:
    """Labels and groups after a further row: its own texts under what stood over them."""
    lowest, groups = [], []
    for index, group in enumerate(over):
        own = row.cells[index].text if index < len(row.cells) else ""
        kept = labels[index] if index < len(labels) else ""
        lowest.append(own or kept)
        groups.append(group if own else "")
    return lowest, groups


def _ticks_below(over: Sequence[str], labels: Sequence[str], row: Row) -> dict[int, str]:
    """The ticked columns `row` names, when it names nothing else."""
    ticks = tick_labels(over, row.texts)
    others = [
        text
        for index, text in enumerate(row.texts)
        if text and index not in ticks and not (index < len(labels) and text == labels[index])
    ]
    return ticks if all(classify(text) not in (None, "number") for text in others) else {}


def _ticks_follow(labels: Sequence[str], rows: Sequence[Row]) -> bool:
    """Whether the next row names ticked columns, so that the one between only groups them: quarters over months."""
    return bool(rows) and not rows[0].opens and bool(_ticks_below(_spread(labels, len(rows[0].cells)), labels, rows[0]))


def _is_second_row(top: Sequence[str], row: Row) -> bool:
    """Whether `row` splits columns that `top` leaves open, and says nothing but labels."""
    texts = row.texts
    filled = [index for index, text in enumerate(texts) if text and (index >= len(top) or text != top[index])]
    if not filled or (texts[0] and texts[0] != top[0]):
        return False
    under_span = any(index >= len(top) or not top[index] for index in filled) or any(
        cell.merged == "above" for cell in row.cells
    )
    return under_span and all(classify(texts[index]) not in (None, "number") for index in filled)


def _settle(columns: list[Column], labels: Sequence[str], groups: Sequence[str]) -> tuple[Column, ...]:
    """Columns that two labels claim, and tables whose only task column is called otherwise."""
    settled = list(columns)
    _settle_tasks(settled, labels)
    if "start" in settled and "timing" not in settled:
        settled[settled.index("start")] = "timing"
    _settle_leads(settled, labels, groups)
    return tuple(settled)


def _settle_tasks(settled: list[Column], labels: Sequence[str]) -> None:
    tasks = [index for index, kind in enumerate(settled) if kind == "task"]
    if len(tasks) > 1 and fold_words(labels[tasks[0]]).startswith("ten "):
        settled[tasks[0]] = "subject"
    elif len(tasks) > 1 and "objective" not in settled:
        settled[tasks[0]] = "objective"
    if tasks:
        return
    for wanted in ("product", "objective", "subject"):
        for index, kind in enumerate(settled):
            says_task = wanted != "product" or _TASK_WORDS.search(fold_words(labels[index]))
            if kind == wanted and says_task and "target" not in settled:
                settled[index] = "task"
                return


def _settle_leads(settled: list[Column], labels: Sequence[str], groups: Sequence[str]) -> None:
    """Of several columns that may lead, the one that says so, else units before people."""
    leads = [index for index, kind in enumerate(settled) if kind == "lead"]
    if len(leads) < 2:
        return
    strong = [i for i in leads if "chu tri" in fold_words(labels[i]) or "chu tri" in fold_words(groups[i])]
    units = [i for i in leads if not names_person(labels[i])]
    kept = strong or units or leads
    for index in leads:
        if index not in kept:
            settled[index] = "watcher"
