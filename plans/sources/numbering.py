"""The automatic numbers of Word paragraphs, which stand nowhere in the text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMANS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    pattern: str
    start: int


class Numbering:
    """Counts through the lists of one document; ask once for each paragraph, in order."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        for abstract in root.iter(f"{_W}abstractNum"):
            key = abstract.get(f"{_W}abstractNumId") or ""
            self._levels[key] = {int(level.get(f"{_W}ilvl") or 0): _level(level) for level in abstract.iter(f"{_W}lvl")}
        for number in root.iter(f"{_W}num"):
            target = number.find(f"{_W}abstractNumId")
            if target is not None:
                self._abstract[number.get(f"{_W}numId") or ""] = target.get(f"{_W}val") or ""

    def label(self, paragraph: Any) -> str:
        """The number or dash Word shows before this `w:p`, "" when it shows none."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            return ""
        number_id = _value(properties, "numId")
        depth = int(_value(properties, "ilvl") or 0)
        key = self._abstract.get(number_id, "")
        level = self._levels.get(key, {}).get(depth)
        if level is None or number_id in ("", "0") or level.format == "none":
            return ""
        if level.format == "bullet":
            return "-"
        counts = self._counts[key]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        label = level.pattern
        for index in range(depth + 1):
            shown = self._levels[key].get(index, level)
            label = label.replace(f"%{index + 1}", _written(counts.get(index, shown.start), shown.format))
        return label


def _level(level: Any) -> _Level:
    start = _value(level, "start")
    return _Level(_value(level, "numFmt") or "decimal", _value(level, "lvlText"), int(start) if start.isdigit() else 1)


def _value(parent: Any, name: str) -> str:
    child = parent.find(f"{_W}{name}")
    return (child.get(f"{_W}val") or "") if child is not None else ""


def _written(number: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        roman, rest = "", number
        for value, letters in _ROMANS:
            roman += letters * (rest // value)
            rest %= value
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter") and 1 <= number <= len(_LETTERS):
        letter = _LETTERS[number - 1]
        return letter.upper() if form == "upperLetter" else letter
    return f"{number:02d}" if form == "decimalZero" else str(number)
