"""Documents cited by number and symbol ("Kế hoạch số 12/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from domain.plans import LegalBasis
from domain.text import fold, tidy
from plans.dates import Phrase

_SYMBOL = re.compile(
    r"(?<![\w/.-])(\d{1,5}[a-z]?(?:/(?:19|20)\d{2})?\s?[-–/]\s?[A-ZĐ][A-Za-zĐđ]*\d{0,2}(?:[-–/&][A-ZĐ][A-Za-zĐđ]*\d{0,2})*)"
)
_OF = re.compile(
    r"^[\s,]*của\s+(.+?)(?=\s+(?:về|ban hành|quy định|phê duyệt|triển khai|sửa đổi|hướng dẫn|thực hiện|trên|trong|giao"
    r"|tại|đến|do|có|để|từ|V/v|bãi bỏ|công bố)\b|\s+và\s+(?:kế|quyết|nghị|chỉ|công văn|thông|luật|hướng|các|ý kiến)"
    r"|[,;.(“\"]|$)",
    re.IGNORECASE,
)
# Who may issue a document with these letters, when the sentence does not say so (Law on legal documents, art. 4).
_ISSUERS = (
    (r"(NĐ|NQ)-CP$", "Chính phủ"),
    (r"TTg$", "Thủ tướng Chính phủ"),
    (r"/QH\d{2}$", "Quốc hội"),
    (r"VPCP$", "Văn phòng Chính phủ"),
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A document named in a text, and where the text goes on after it."""

    basis: LegalBasis
    start: int
    end: int


def citations_in(text: str) -> Iterator[Citation]:
    """Every document with a number and symbol in `text`; spans are those of the tidied text."""
    tidied = tidy(text)
    for match in _SYMBOL.finditer(tidied):
        number = re.sub(r"\s", "", match.group(1)).replace("–", "-")
        if "/" not in number or not any(letter.isupper() for letter in number):
            continue
        issued_on, end = _date_after(tidied, match.end())
        yield Citation(LegalBasis(number, issued_on, _issuer(tidied[end : end + 250])), match.start(), end)


def legal_bases(texts: Iterable[str], own_number: str | None) -> tuple[LegalBasis, ...]:
    """Each document cited, once, in the order of first mention; what a later mention adds is added."""
    found: dict[str, LegalBasis] = {}
    own = basis_key(own_number or "")
    for text in texts:
        for citation in citations_in(text):
            basis, key = citation.basis, basis_key(citation.basis.number)
            if key == own:
                continue
            known = found.setdefault(key, basis)
            found[key] = replace(known, date=known.date or basis.date, issuer=known.issuer or basis.issuer)
    return tuple(replace(basis, issuer=basis.issuer or _usual_issuer(basis.number)) for basis in found.values())


def basis_key(number: str) -> str:
    """The same for "09-CTr/TU" and "09/CTr-TU"."""
    return re.sub(r"[^a-z0-9]", "", fold(number))


def _date_after(text: str, start: int) -> tuple[date | None, int]:
    gap = re.match(r"[\s,()]*(?=ngày\b)", text[start : start + 40], re.IGNORECASE)
    if gap is None:
        return None, start
    phrase = Phrase(text[start + gap.end() : start + gap.end() + 60])
    mark, after = phrase.day_at(0)
    if mark is None:
        return None, start
    return mark.on(None), start + gap.end() + phrase.at(after - 1).end


def _issuer(rest: str) -> str | None:
    match = _OF.match(rest)
    name = tidy(match.group(1)) if match else ""
    return name if 0 < len(name.split()) <= 14 and name != "Bộ trưởng" else None


def _usual_issuer(number: str) -> str | None:
    return next((issuer for pattern, issuer in _ISSUERS if re.search(pattern, number)), None)
