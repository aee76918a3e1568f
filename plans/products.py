"""The items of a cell: one for each line, dash, semicolon or number of its own."""

from __future__ import annotations

import re

from domain.text import fold_words, tidy

_LINES = re.compile(r"\n|;|(?:(?<=[.:])\s+|^)(?=[-–+•]\s)")
_DASHED = re.compile(r"\n|;\s*(?=[-–+•]\s)")
_DASH = re.compile(r"(?:^|\s)[-–+•]\s+(?=[A-ZĐÀ-Ỹ0-9])")
_MARKED = re.compile(r"(?:^|(?<=[.;:,])\s+)(?:[a-hđ]\)|\(\d\)|\d\))\s+(?=[A-ZĐÀ-Ỹ])")
_LEAD = re.compile(r"^(?:[-–+•*]\s+|(?:[a-hđ]|\d{1,2})\)\s+|\(\d{1,2}\)\s+)+")
_SHORT_WORDS = 9


def split_items(text: str) -> list[str]:
    """The items printed in `text`, without their dashes and numbers; a comma splits nothing.

    Where every line has a dash of its own, or a single one a "•", these are the items whatever semicolons they hold.
    """
    items: list[str] = []
    for line in (_DASHED if _is_listed(text) else _LINES).split(text):
        for part in _by_dashes(line):
            items.extend(_MARKED.split(part))
    cleaned = [_LEAD.sub("", tidy(item)).strip(" .;,") for item in items]
    return [item for item in cleaned if fold_words(item)]


def _is_listed(text: str) -> bool:
    lines = [line for line in map(tidy, text.splitlines()) if line]
    dashed = bool(lines) and all(line.startswith(("- ", "– ", "+ ", "• ")) for line in lines)
    return dashed and (len(lines) > 1 or lines[0].startswith("• "))


def _by_dashes(line: str) -> list[str]:
    """Parts between dashes, where a line that begins with one has only short parts: "- Kế hoạch - Báo cáo"."""
    stripped = tidy(line)
    if not stripped.startswith(("- ", "– ", "+ ", "• ")):
        return [line]
    parts = [part for part in _DASH.split(stripped) if part]
    return parts if all(len(part.split()) <= _SHORT_WORDS for part in parts) else [line]
