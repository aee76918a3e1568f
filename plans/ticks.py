"""Columns of months, quarters or years that a row of work only ticks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from domain.text import fold_words, tidy

_MONTH = re.compile(r"^(?:thang |t ?)?(\d{1,2})(?: ?/ ?((?:19|20)\d{2}))?$")
_QUARTER = re.compile(r"^(?:quy |q ?)?(i{1,3}|iv|[1-4])(?: ?/ ?((?:19|20)\d{2}))?$")
_YEAR = re.compile(r"^(?:nam )?((?:19|20)\d{2})$")
_TIME_GROUP = re.compile(r"thoi gian|thoi han|tien do|lo trinh|\bthang\b|\bquy\b|\bnam\b|ke hoach|lich")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ROMANS = ("", "I", "II", "III", "IV")
_FEWEST_MONTHS = 3
_TICKS = frozenset({"x", "v", "✓", "√", "✔", "*", "●", "■", "•", "+", "o", "→", "-->", "có"})


def tick_labels(group: Sequence[str], labels: Sequence[str]) -> dict[int, str]:
    """The ticked columns among `labels`, by index, each as "Tháng 3", "Quý II" or "Năm 2027".

    `group` is the label standing over each of them ("Thời gian thực hiện"), "" where none does. Bare numbers count
    only under a group that speaks of time; a quarter is one where its label or group says so.
    """
    for read in (_quarter, _month, _year):
        found = _run(group, labels, read)
        if found:
            return found
    return {}


def spoken(ticks: Sequence[tuple[str, str]]) -> str:
    """The ticked columns in words, with what stands in a cell instead of a tick: "Tháng 2, 3; Tháng 5 (tuần 1)"."""
    said: list[str] = []
    for label, mark in ticks:
        kind, _, value = label.partition(" ")
        if mark.casefold() not in _TICKS:
            said.append(f"{label} ({tidy(mark)})")
        elif said and said[-1].startswith(f"{kind} ") and not said[-1].endswith(")"):
            said[-1] += f", {value}"
        else:
            said.append(label)
    return "; ".join(said)


Reader = Callable[[str, str], tuple[int, str] | None]


def _run(group: Sequence[str], labels: Sequence[str], read: Reader) -> dict[int, str]:
    """Neighbouring columns that `read` understands, in rising order; none unless there are enough."""
    values: dict[int, tuple[int, str]] = {}
    for index, label in enumerate(labels):
        value = read(fold_words(label), fold_words(group[index]) if index < len(group) else "")
        if value:
            values[index] = value
    indexes = sorted(values)
    rises = all(values[one][0] < values[other][0] and other - one == 1 for one, other in pairwise(indexes))
    return {index: values[index][1] for index in indexes} if len(indexes) >= _fewest(read) and rises else {}


def _fewest(read: Reader) -> int:
    return 2 if read is _year else _FEWEST_MONTHS


def _month(label: str, group: str) -> tuple[int, str] | None:
    match = _MONTH.match(label)
    if match is None or not 1 <= int(match.group(1)) <= 12 or (label.isdigit() and not _TIME_GROUP.search(group)):
        return None
    year = f"/{match.group(2)}" if match.group(2) else ""
    return int(match.group(2) or 0) * 12 + int(match.group(1)), f"Tháng {int(match.group(1))}{year}"


def _quarter(label: str, group: str) -> tuple[int, str] | None:
    match = _QUARTER.match(label)
    if match is None:
        return None
    bare = not label.startswith(("quy", "q"))
    if bare and not _TIME_GROUP.search(group):
        return None
    if match.group(1).isdigit() and bare and "quy" not in group.split():
        return None
    quarter = _ROMAN.get(match.group(1)) or int(match.group(1))
    year = f"/{match.group(2)}" if match.group(2) else ""
    return int(match.group(2) or 0) * 4 + quarter, f"Quý {_ROMANS[quarter]}{year}"


def _year(label: str, group: str) -> tuple[int, str] | None:
    match = _YEAR.match(label)
    if match is None or not re.search(r"thoi gian|tien do|lo trinh|thuc hien", group):
        return None
    return int(match.group(1)), f"Năm {match.group(1)}"
