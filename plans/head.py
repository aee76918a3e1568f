"""The head of a plan: number, date, year, title, issuer, province, signer, recipients and the documents it rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.plans import PlanHead
from domain.text import fold_words, tidy
from domain.words import Words
from plans.citations import legal_bases
from plans.dates import dates_in
from plans.grid import Paragraph
from plans.issuers import PLACE_LINE, find_issuer, find_province
from plans.names import Names
from plans.recipients import find_recipients
from plans.signatures import find_signer

_HEAD_LINES = 40
_NUMBER = re.compile(r"^\s*Số\s*:?\s*([^\s/]*)\s*/\s*([A-ZĐ][\wĐđ&-]*(?:[-–/][\wĐđ&-]+)*)", re.IGNORECASE)
_PARTY_NUMBER = re.compile(r"^\s*Số\s*:?\s*(\d+)\s*-\s*([A-ZĐ]{2,}[\wĐđ]*/[\wĐđ-]+)")
_ATTACHED = re.compile(
    r"^\(?\s*(?:ban hành\s+)?(?:kèm theo|theo)\s+kế hoạch\s+số\s*:?\s*(\d+\w?)\s*/\s*([A-ZĐ][\wĐđ/&–-]*)(.*)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d{2})\b", re.IGNORECASE)
_BASIS = re.compile(
    r"^(căn cứ|thực hiện (?:quyết định|kế hoạch|nghị quyết|chỉ thị|công văn|nghị định|chương trình|thông báo)"
    r"|theo đề nghị|nhằm|để (?:triển khai|thực hiện)|xét đề nghị"
    r"|tiếp tục thực hiện (?:quyết định|kế hoạch|nghị quyết))\b",
    re.IGNORECASE,
)
_SECTION = re.compile(r"^(?:[IVX]+|\d+|[A-D])\s*[.)]\s")


@dataclass(frozen=True, slots=True)
class _Identity:
    number: str | None = None
    date: date | None = None


def read_head(prose: Sequence[Paragraph], texts: Sequence[str], names: Names) -> tuple[PlanHead, list[Words]]:
    """The head of the plan and the warnings about it; `texts` are all texts of the document, for citations."""
    lines = [tidy(paragraph.text) for paragraph in prose]
    identity = _identity(lines)
    title = _title(lines[:_HEAD_LINES])
    province = find_province(lines[:_HEAD_LINES], lines)
    year = _year(title, identity.date, lines)
    head = PlanHead(
        title=title,
        issuer=find_issuer(title, lines[:_HEAD_LINES], province, names),
        province=re.sub(r"^(tỉnh|thành phố)\s+", "", province, flags=re.IGNORECASE) if province else None,
        number=identity.number,
        date=identity.date,
        year=year,
        signer=find_signer(prose),
        legal_bases=legal_bases(texts, identity.number),
        recipients=find_recipients(prose),
    )
    return head, _warnings(head)


def _warnings(head: PlanHead) -> list[Words]:
    missing = (
        (
            head.number,
            Words("Số của kế hoạch để trống hoặc không đọc được", "The plan's number is empty or unreadable"),
        ),
        (
            head.date,
            Words("Ngày ban hành để trống hoặc chưa đủ ngày, tháng, năm", "The day of issue is empty or incomplete"),
        ),
        (
            head.year,
            Words(
                "Không rõ năm của kế hoạch: các mốc không in năm chưa đọc được",
                "The plan's year is not clear: times without a year could not be read",
            ),
        ),
        (head.issuer, Words("Không rõ cơ quan ban hành", "It is not clear who issued the plan")),
        (head.signer, Words("Không rõ người ký", "It is not clear who signed")),
    )
    return [warning for value, warning in missing if value is None]


def _identity(lines: Sequence[str]) -> _Identity:
    """Number and date from the head, else from the line over an annex ("Kèm theo Kế hoạch số …")."""
    number = next((n for line in lines[:_HEAD_LINES] if (n := _number(line))), None)
    issued = next((d for line in lines[:_HEAD_LINES] if (d := _place_date(line))), None)
    for line in lines:
        attached = _ATTACHED.search(line)
        if attached:
            number = number or f"{attached.group(1)}/{attached.group(2).rstrip('.,;)')}"
            issued = issued or next((d for mark, _, _ in dates_in(attached.group(3)) if (d := mark.on(None))), None)
    return _Identity(number, issued)


def _number(line: str) -> str | None:
    party = _PARTY_NUMBER.match(line)
    if party:
        return f"{party.group(1)}-{party.group(2)}"
    match = _NUMBER.match(line)
    return f"{match.group(1)}/{match.group(2)}" if match and match.group(1).strip(".…_ ").isalnum() else None


def _place_date(line: str) -> date | None:
    match = PLACE_LINE.match(line)
    if match is None or len(line) > 90:
        return None
    return next((found for mark, _, _ in dates_in("ngày" + match.group(2)) if (found := mark.on(None))), None)


def _title(lines: Sequence[str]) -> str | None:
    for index, line in enumerate(lines):
        words = fold_words(line)
        if words == "ke hoach":
            rest = _title_lines(lines[index + 1 :])
            return f"Kế hoạch {_lowered(' '.join(rest))}" if rest else None
        if words.startswith("ke hoach ") and _is_title_line(line) and not _NUMBER.match(line) and len(words) < 250:
            return " ".join([line, *_title_lines(lines[index + 1 :])])
    return None


def _title_lines(lines: Sequence[str]) -> list[str]:
    found: list[str] = []
    for line in lines[:3]:
        if not _is_title_line(line) or (found and _YEAR.search(found[-1])):
            break
        found.append(line)
    return found


def _is_title_line(line: str) -> bool:
    is_prose = bool(_BASIS.match(line) or _SECTION.match(line)) or line.endswith((";", ":"))
    return not is_prose and len(line) < 260 and not line.startswith("(") and not set(line) <= set("-–_* ")


def _lowered(text: str) -> str:
    second = text[1:2]
    return text if second.isupper() else text[:1].lower() + text[1:]


def _year(title: str | None, issued: date | None, lines: Sequence[str]) -> int | None:
    """The year in the title, else that of the date, else the one the document speaks of most."""
    in_title = _YEAR.findall(title or "")
    if in_title:
        return int(in_title[-1])
    if issued:
        return issued.year
    spoken = Counter(year for line in lines for year in _YEAR.findall(line) if "ngày" not in line.casefold())
    return int(spoken.most_common(1)[0][0]) if spoken else None
