"""Table headers: which column holds what, by the words officials use for it, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from domain.text import fold_words
from plans.grid import Row

Column = Literal[
    "number", "objective", "task", "product", "lead", "coordinating", "timing", "amount", "funding",
    "target", "target_value", "measure", "watcher", "remark", "unknown",
]  # fmt: skip

# The first that matches counts: "kết quả công việc" is a product and "đơn vị phối hợp thực hiện" no lead.
_SYNONYMS: tuple[tuple[Column, str], ...] = (
    ("number", r"^(stt|tt|s t t|so tt|so thu tu|no)$"),
    ("remark", r"ghi chu"),
    ("measure", r"^(don vi tinh|dvt)\b"),
    ("unknown", r"^lanh dao\b(?!.*\b(chu tri|thuc hien))"),
    ("lead", r"chu tri"),
    ("coordinating", r"phoi hop"),
    ("watcher", r"theo doi"),
    ("timing", r"thoi gian|thoi han|tien do|thoi diem|\bhan (hoan thanh|thuc hien)"
               r"|^(hoan thanh|bat dau|ket thuc)( truoc)?$|^han$"),
    ("funding", r"nguon (kinh phi|von|luc)|nguon von"),
    ("amount", r"kinh phi|du toan|so tien|thanh tien|tong tien"),
    ("product", r"san pham|ket qua|dau ra|hinh thuc van ban"),
    ("lead", r"(don vi|co quan|bo phan|phong|nguoi|ca nhan|to chuc)( \w+)? thuc hien|phu trach|phan cong|dau moi"
             r"|trach nhiem|^(don vi|co quan)$"),
    ("target_value", r"chi tieu (phan dau|giao|duoc giao|nam|dat|ke hoach)|muc phan dau|ke hoach nam|gia tri"
                     r"|muc (dat|giao)|^nam \d{4}$|muc tieu nam"),
    ("target", r"chi tieu|tieu chi|chi so"),
    ("task", r"nhiem vu|cong viec|hoat dong|noi dung|dau viec|^viec|giai phap|^ten\b|thu tuc hanh chinh|^chu de"),
    ("objective", r"muc tieu"),
)  # fmt: skip
_KINDS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple((kind, re.compile(pattern)) for kind, pattern in _SYNONYMS)
_LONGEST_LABEL = 14
_TASK_WORDS = re.compile(r"nhiem vu|cong viec|hoat dong|noi dung")
_NUMBER_ROW = re.compile(r"^\(?\s*(\d{1,2}|[A-Za-z])\s*\)?$")


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, from one or two rows (`height`)."""

    columns: tuple[Column, ...]
    height: int = 1

    def has(self, *kinds: Column) -> bool:
        return any(kind in self.columns for kind in kinds)

    @property
    def holds_activities(self) -> bool:
        return (
            self.has("task", "objective")
            and self.has("lead", "coordinating", "timing", "product")
            and (self.has("lead", "coordinating", "timing"))
        )

    @property
    def holds_targets(self) -> bool:
        return self.has("target") and self.has("target_value")

    @property
    def holds_money(self) -> bool:
        return self.has("amount") and self.has("task", "objective")


def classify(label: str) -> Column | None:
    """What a column with this label holds, or None."""
    words = fold_words(label)
    if not words or len(words.split()) > _LONGEST_LABEL:
        return None
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), None)


def read_header(rows: Sequence[Row]) -> Header | None:
    """The header that `rows` begin with, or None when the first row is no header."""
    top = rows[0].texts
    below = rows[1].texts if len(rows) > 1 and not rows[1].opens and _is_second_row(top, rows[1]) else None
    columns = _columns(top, below)
    known = [kind for kind in columns if kind not in ("unknown", "number")]
    if len(set(known)) < 2 or (len(set(known)) < 3 and "number" not in columns):
        return None
    if any(text and classify(text) is None and len(text) > 90 for text in top):
        return None
    header = Header(_settle(columns, top, below), height=2 if below else 1)
    return header if header.holds_activities or header.holds_targets or header.holds_money else None


def is_number_row(row: Row) -> bool:
    """Whether this is the row "1 2 3 4" (or "(1) (2) (3)", "A B 1 2") that forms put under their header."""
    texts = [text for text in row.texts if text]
    marks = [match.group(1) for text in texts if (match := _NUMBER_ROW.match(text))]
    if len(texts) < 3 or len(marks) != len(texts):
        return False
    numbers = [int(mark) for mark in marks if mark.isdigit()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True


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


def _columns(top: Sequence[str], below: Sequence[str] | None) -> list[Column]:
    columns: list[Column] = []
    for index in range(max(len(top), len(below or ()))):
        upper = top[index] if index < len(top) else ""
        lower = below[index] if below and index < len(below) else ""
        columns.append(classify(lower) or classify(upper) or "unknown")
    return columns


def _settle(columns: list[Column], top: Sequence[str], below: Sequence[str] | None) -> tuple[Column, ...]:
    """Columns that two labels claim, and tables whose only task column is called otherwise."""
    settled = list(columns)
    tasks = [index for index, kind in enumerate(settled) if kind == "task"]
    if len(tasks) > 1 and "objective" not in settled:
        settled[tasks[0]] = "objective"
    if not tasks:
        labels = [(below[i] if below and i < len(below) and below[i] else t) for i, t in enumerate(top)]
        for wanted in ("product", "objective"):
            hit = next(
                (i for i, k in enumerate(settled) if k == wanted and (_TASK_WORDS.search(fold_words(labels[i]))
                                                                     or wanted == "objective")), None)  # fmt: skip
            if hit is not None and "target" not in settled:
                settled[hit] = "task"
                break
    if settled.count("lead") > 1:
        strong = [i for i, text in enumerate(top) if settled[i] == "lead" and "chu tri" in fold_words(text)]
        strong += [i for i, text in enumerate(below or ()) if settled[i] == "lead" and "chu tri" in fold_words(text)]
        for index, kind in enumerate(settled):
            if kind == "lead" and strong and index not in strong:
                settled[index] = "unknown"
    return tuple(settled)
