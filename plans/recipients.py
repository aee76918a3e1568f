"""To whom a plan is sent: the entries under "Nơi nhận:", up to the copy that stays ("Lưu: VT")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.text import fold_words, tidy
from plans.grid import Paragraph
from plans.signatures import is_annex, is_name, is_signature_title

_HEADING = re.compile(r"^\W*nơi nhận\b\W*", re.IGNORECASE)
_MARK = re.compile(r"^[-–+•*]\s*")
_KEPT = re.compile(r"^luu\b")
_MOST = 40
_LONGEST_WORDS = 40


def find_recipients(prose: Sequence[Paragraph]) -> tuple[str, ...]:
    """The recipients as printed, without their dashes and semicolons; empty where the paper names none."""
    lines = [line for paragraph in prose for line in paragraph.text.splitlines() if line.strip()]
    start = next((i for i, line in enumerate(lines) if _HEADING.match(line)), None)
    if start is None:
        return ()
    found: list[str] = []
    for entry in _entries([_HEADING.sub("", lines[start]), *lines[start + 1 :]]):
        found.append(entry)
        if _KEPT.match(fold_words(entry)) or len(found) == _MOST:
            break
    return tuple(found)


def _entries(lines: Sequence[str]) -> Iterator[str]:
    """One entry a dash or semicolon; a line without a dash goes on with an entry that has not ended yet."""
    open_entry = ""
    for line in lines:
        text = tidy(line)
        if not text:
            continue
        if is_signature_title(text) or is_annex(text) or len(text.split()) > _LONGEST_WORDS:
            break
        is_marked = bool(_MARK.match(text))
        if not is_marked and (is_name(text) or (not open_entry and not text.endswith((";", ".")))):
            break
        if is_marked and open_entry:
            yield open_entry
            open_entry = ""
        open_entry = tidy(f"{open_entry} {_MARK.sub('', text)}")
        *ended, open_entry = (part.strip() for part in re.split(r"[;.]\s*$|;\s+", open_entry))
        yield from (part for part in ended if part)
    if open_entry:
        yield open_entry
