"""Who signed: the title in capitals at the end of the plan and the name under it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.plans import Signer
from domain.text import fold_words, tidy
from plans.grid import Paragraph

_TITLE = re.compile(
    r"\b(giam doc|chu tich|chi cuc truong|cuc truong|truong ban|chanh van phong|chanh thanh tra|truong phong"
    r"|vien truong|hieu truong|tong bien tap|bi thu|bo truong|thu truong|vu truong|chu nhiem|truong khoa|truong tram"
    r"|doi truong|hat truong|chi huy truong|truong doan|tong thanh tra|kiem toan truong|chanh an)\b"
)
_SIGNED_FOR = re.compile(r"^(t ?/?m|k ?/?t|t ?/?l|tuq|q) ")
_RECIPIENTS = re.compile(r"^noi nhan\b")
_ANNEX = re.compile(r"^(phu luc|bieu so|danh muc)\b")
_NAME_WORD = re.compile(r"^[A-ZĐÀ-ÂÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ][a-zđà-ỹ]*$")
_NO_NAME = frozenset(
    {"so", "phong", "ban", "van", "nhan", "phu", "ke", "noi", "dang", "cong", "trung", "uy", "hoi", "luu", "doc"}
)


def find_signer(prose: Sequence[Paragraph]) -> Signer | None:
    """The signer, or None when no name stands where a signature belongs."""
    lines = [tidy(paragraph.text) for paragraph in prose]
    start = next((i for i, line in enumerate(lines) if _RECIPIENTS.match(fold_words(line))), None)
    end = next((i for i in range(start or 0, len(lines)) if start is not None and is_annex(lines[i])), len(lines))
    span = range(start or 0, end) if start is not None else range(len(lines) // 2, len(lines))
    titles = [i for i in span if is_signature_title(lines[i])]
    if titles:
        group = _last_group(titles)
        name = next((lines[i] for i in range(group[-1] + 1, min(group[-1] + 6, len(lines))) if is_name(lines[i])), None)
        if name is None:
            name = next((lines[i] for i in range(group[0] - 1, max(group[0] - 4, -1), -1) if is_name(lines[i])), None)
        return Signer(name, ", ".join(lines[i] for i in group)) if name else None
    names = [lines[i] for i in span if start is not None and is_name(lines[i])]
    return Signer(names[-1]) if names else None


def _last_group(indexes: Sequence[int]) -> list[int]:
    """The last run of neighbouring lines."""
    group = [indexes[-1]]
    for index in reversed(indexes[:-1]):
        if group[0] - index > 1:
            break
        group.insert(0, index)
    return group


def is_signature_title(line: str) -> bool:
    """Whether a line is the office over a signature, in capitals: "KT. GIÁM ĐỐC", "TRƯỞNG BAN"."""
    words = fold_words(line)
    letters = [letter for letter in line if letter.isalpha()]
    is_loud = bool(letters) and sum(map(str.isupper, letters)) >= 0.9 * len(letters)
    return is_loud and len(words.split()) <= 10 and bool(_TITLE.search(words) or _SIGNED_FOR.match(words))


def is_annex(line: str) -> bool:
    """Whether a line opens an annex."""
    return bool(_ANNEX.match(fold_words(line))) and len(line.split()) <= 12


def is_name(line: str) -> bool:
    """Whether a line is the name of a person and nothing else."""
    words = line.split()
    if not 2 <= len(words) <= 5 or not all(_NAME_WORD.match(word) for word in words):
        is_loud = line.isupper() and 3 <= len(words) <= 5 and all(word.isalpha() for word in words)
        return is_loud and not is_signature_title(line)
    return fold_words(words[0]) not in _NO_NAME - {"van"}
