"""The head of a plan: number, date, year, title, issuer, province, signer and the documents it rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.plans import PlanHead
from domain.text import capitalise, fold_words, tidy
from plans.citations import legal_bases
from plans.dates import dates_in
from plans.grid import Paragraph
from plans.names import Names
from plans.signatures import find_signer

_HEAD_LINES = 40
_NUMBER = re.compile(r"^\s*Số\s*:?\s*([^\s/]*)\s*/\s*([A-ZĐ][\wĐđ&-]*(?:[-–/][\wĐđ&-]+)*)", re.IGNORECASE)
_ATTACHED = re.compile(
    r"^\(?\s*(?:ban hành\s+)?(?:kèm theo|theo)\s+kế hoạch\s+số\s*:?\s*(\d+\w?)\s*/\s*([A-ZĐ][\wĐđ/&–-]*)(.*)",
    re.IGNORECASE,
)
_PLACE_LINE = re.compile(r"^(.{2,40}?),\s*ngày\b(.*)$", re.IGNORECASE)
_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d{2})\b", re.IGNORECASE)
_BASIS = re.compile(
    r"^(căn cứ|thực hiện (?:quyết định|kế hoạch|nghị quyết|chỉ thị|công văn|nghị định|chương trình|thông báo)"
    r"|theo đề nghị|nhằm|để (?:triển khai|thực hiện)|xét đề nghị"
    r"|tiếp tục thực hiện (?:quyết định|kế hoạch|nghị quyết))\b",
    re.IGNORECASE,
)
_SECTION = re.compile(r"^(?:[IVX]+|\d+|[A-D])\s*[.)]\s")
_CAPITAL = "A-ZĐÀ-ÂÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ"
_PROVINCE = re.compile(rf"\b(tỉnh|[Tt]hành phố)\s+((?:[{_CAPITAL}][a-zđà-ỹ]+)(?:\s[{_CAPITAL}][a-zđà-ỹ]+){{0,3}})")
_OFFICE = re.compile(r"\b(Sở|Ban Quản lý|Chi cục|Trung tâm|Văn phòng|Thanh tra)\s+(.+)")
_NAME_ENDS = frozenset(
    (
        *("năm", "xây", "ban", "như", "về", "tỉnh", "thành", "trong", "để", "theo", "có", "đã", "là", "tổ"),
        *("yêu", "đề", "căn", "được", "thực", "báo", "chỉ", "tại", "giai", "đến", "các", "tham", "gửi", "quy", "trên"),
    )
)


@dataclass(frozen=True, slots=True)
class _Identity:
    number: str | None = None
    date: date | None = None


def read_head(prose: Sequence[Paragraph], texts: Sequence[str], names: Names) -> tuple[PlanHead, list[str]]:
    """The head of the plan and the warnings about it; `texts` are all texts of the document, for citations."""
    lines = [tidy(paragraph.text) for paragraph in prose]
    identity = _identity(lines)
    title = _title(lines[:_HEAD_LINES])
    province = _province(lines)
    year = _year(title, identity.date, lines)
    head = PlanHead(
        title=title,
        issuer=_issuer(title, lines, province, names),
        province=re.sub(r"^(tỉnh|thành phố)\s+", "", province, flags=re.IGNORECASE) if province else None,
        number=identity.number,
        date=identity.date,
        year=year,
        signer=find_signer(prose),
        legal_bases=legal_bases(texts, identity.number),
    )
    return head, _warnings(head)


def _warnings(head: PlanHead) -> list[str]:
    missing = (
        (head.number, "Số của kế hoạch để trống hoặc không đọc được"),
        (head.date, "Ngày ban hành để trống hoặc chưa đủ ngày, tháng, năm"),
        (head.year, "Không rõ năm của kế hoạch: các mốc không in năm chưa đọc được"),
        (head.issuer, "Không rõ cơ quan ban hành"),
        (head.signer, "Không rõ người ký"),
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
    match = _NUMBER.match(line)
    return f"{match.group(1)}/{match.group(2)}" if match and match.group(1).strip(".…_ ").isalnum() else None


def _place_date(line: str) -> date | None:
    match = _PLACE_LINE.match(line)
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


def _province(lines: Sequence[str]) -> str | None:
    """ "tỉnh X" or "Thành phố X", from the place over the date, else the one named most."""
    named = Counter(f"{kind.casefold()} {name}" for line in lines for kind, name in _PROVINCE.findall(line))
    for line in lines[:_HEAD_LINES]:
        match = _PLACE_LINE.match(line)
        if match and len(line) <= 90 and not _BASIS.match(line):
            place = match.group(1).strip(" .")
            known = next((full for full in named if fold_words(full).endswith(fold_words(place))), None)
            return place if fold_words(place).startswith(("thanh pho", "tinh")) else known or f"tỉnh {place}"
    return named.most_common(1)[0][0] if named else None


def _issuer(title: str | None, lines: Sequence[str], province: str | None, names: Names) -> str | None:
    """The office in the head, the title or the first sentences, in full, with its province."""
    candidates = [line for line in lines[:_HEAD_LINES] if line.isupper() and _OFFICE.match(capitalise(line.casefold()))]
    if candidates:
        office = candidates[0][:2].title() + candidates[0][2:].casefold() if candidates[0].startswith("SỞ") else None
        printed = names.in_full(office) if office else None
        if printed and names.count(printed):
            return _with_province(printed, province)
    for text in [title or "", *lines[:_HEAD_LINES]]:
        for match in _OFFICE.finditer(text):
            name = _office_name(match.group(1), match.group(2))
            if name:
                return _with_province(names.in_full(name), province)
    return None


def _office_name(kind: str, rest: str) -> str | None:
    words: list[str] = []
    for word in rest.split():
        bare = word.rstrip(",.;:()")
        is_deed = bare.casefold() == "triển" and words[-1:] != ["Phát"]
        if bare.casefold() in _NAME_ENDS or is_deed or not bare or word.startswith("("):
            break
        words.append(bare)
        if bare != word:
            break
    if not words or not words[0][:1].isupper() or len(words) > 12:
        return None
    return f"{kind} {' '.join(words)}"


def _with_province(office: str, province: str | None) -> str:
    return f"{office} {province}" if province and province.casefold() not in office.casefold() else office
