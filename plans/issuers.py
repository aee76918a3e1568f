"""Which office issued a plan, and in which province: from the letterhead, else from the title and first sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from domain.text import capitalise, fold_words
from plans.names import Names

PLACE_LINE = re.compile(r"^(.{2,40}?),\s*ngày\b(.*)$", re.IGNORECASE)
_CAPITAL = "A-ZĐÀ-ÂÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ"
_PROVINCE = re.compile(rf"\b(tỉnh|[Tt]hành phố)\s+((?:[{_CAPITAL}][a-zđà-ỹ]+)(?:\s[{_CAPITAL}][a-zđà-ỹ]+){{0,3}})")
_LOUD_PROVINCE = re.compile(rf"\b(TỈNH|THÀNH PHỐ)\s+(?!ỦY|UỶ|ĐOÀN)((?:[{_CAPITAL}]+\s?){{1,4}})$")
_OFFICE_WORDS = (
    r"Sở|Ban Quản lý|Ban|Bộ|Chi cục|Cục|Tổng cục|Trung tâm|Văn phòng|Thanh tra|Trường|Bệnh viện|Ủy ban nhân dân"
    r"|Uỷ ban nhân dân|UBND|Đảng ủy|Đảng uỷ|Tỉnh ủy|Thành ủy|Huyện ủy|Hội|Viện|Công an|Phòng|Đài|Kho bạc|Thuế|Trạm"
)
_OFFICE = re.compile(r"\b(Sở|Ban Quản lý|Chi cục|Trung tâm|Văn phòng|Thanh tra|Trường|Bệnh viện)\s+(.+)")
_LETTERHEAD = re.compile(rf"^(?:{_OFFICE_WORDS})\b", re.IGNORECASE)
_COUNTRY = re.compile(r"^(cong hoa xa hoi|doc lap|dang cong san)")
_BESIDE = re.compile(r"\s+(?:CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Độc lập|ĐẢNG CỘNG SẢN)\b.*$")
"""What stands to the right of the letterhead, where the source put both columns in one line."""
_OWN_NUMBER = re.compile(r"^Số\s*:?\s*\S*\s+", re.IGNORECASE)
_OPEN_LINE = re.compile(r"(^(ủy|uỷ) ban nhân dân$|^ubnd$|\bvà$|^ban quản lý$|^đảng (ủy|uỷ)$)", re.IGNORECASE)
_LOCAL = re.compile(r"^(xa|phuong|thi tran|dac khu|quan|huyen|truong|thi xa)\b|\b(xa|phuong|thi tran|quan|huyen) ")
_NAME_ENDS = frozenset(
    (
        *("năm", "xây", "ban", "như", "về", "tỉnh", "thành", "trong", "để", "theo", "có", "đã", "là", "tổ"),
        *("yêu", "đề", "căn", "được", "thực", "báo", "chỉ", "tại", "giai", "đến", "các", "tham", "gửi", "quy", "trên"),
    )
)


def find_province(head: Sequence[str], lines: Sequence[str]) -> str | None:
    """ "tỉnh X" or "Thành phố X": of the place over the date where that is a province, else the one named most."""
    named = Counter(f"{kind.casefold()} {name}" for line in lines for kind, name in _PROVINCE.findall(line))
    named.update(f"{match[1].casefold()} {match[2].title()}" for line in head if (match := _LOUD_PROVINCE.search(line)))
    is_local = any(line.isupper() and _LOCAL.search(fold_words(line)) for line in head)
    for line in head:
        match = PLACE_LINE.match(line)
        if match is None or len(line) > 90 or fold_words(line).startswith(("can cu", "thuc hien")):
            continue
        place = _OWN_NUMBER.sub("", match.group(1)).strip(" .")
        known = next((full for full in named if fold_words(full).endswith(fold_words(place))), None)
        if fold_words(place).startswith(("thanh pho", "tinh")):
            return place
        if known or not is_local:
            return known or f"tỉnh {place}"
    return named.most_common(1)[0][0] if named else None


def find_issuer(title: str | None, head: Sequence[str], province: str | None, names: Names) -> str | None:
    """The office in the letterhead, the title or the first sentences, in full, with its province."""
    office = _letterhead(head)
    if office:
        return _with_province(_spelled(office, names), province)
    for text in [title or "", *head]:
        for match in _OFFICE.finditer(text):
            name = _office_name(match.group(1), match.group(2))
            if name:
                return _with_province(names.in_full(name), province)
    return None


def _letterhead(head: Sequence[str]) -> str | None:
    """The last office in capitals over the title, its lines joined: the one above it is its superior."""
    offices: list[str] = []
    goes_on = False
    for whole in head:
        line = _BESIDE.sub("", whole)
        words = fold_words(line)
        if words == "ke hoach" or words.startswith("ke hoach "):
            break
        if not line.isupper() or _COUNTRY.match(words):
            goes_on = False
            continue
        begins = bool(_LETTERHEAD.match(line))
        if goes_on or (offices and not begins and not words.startswith("so ")):
            offices[-1] = f"{offices[-1]} {line}"
        elif begins:
            offices.append(line)
        goes_on = bool(offices) and bool(_OPEN_LINE.search(offices[-1]))
    return offices[-1] if offices else None


def _spelled(office: str, names: Names) -> str:
    """The office as the document prints it in its sentences; in capitals where it never does."""
    short = re.sub(r"^(?:ủy|uỷ) ban nhân dân\b", "UBND", office, flags=re.IGNORECASE)
    for written in (office, short):
        printed = names.commonest(written)
        if printed and not printed.isupper():
            return capitalise(printed)
    return office


def _office_name(kind: str, rest: str) -> str | None:
    words: list[str] = []
    ended = False
    for word in rest.split():
        bare = word.rstrip(",.;:()")
        is_deed = bare.casefold() == "triển" and words[-1:] != ["Phát"]
        if bare.casefold() in _NAME_ENDS or is_deed or not bare or word.startswith("("):
            break
        if words and ended and not bare[:1].isupper():
            break
        words.append(bare)
        ended = word.endswith(",")
        if bare != word and not ended:
            break
    if not words or not words[0][:1].isupper() or len(words) > 12:
        return None
    name = rest.split()[: len(words)]
    return f"{kind} {' '.join(name)}".rstrip(" ,.;:()")


def _with_province(office: str, province: str | None) -> str:
    """The office with its province, unless its name says where it is."""
    is_central = fold_words(office).startswith(("bo ", "tong cuc ", "thanh tra chinh phu", "van phong chinh phu"))
    if (
        not province
        or is_central
        or fold_words(re.sub(r"^(tỉnh|thành phố)\s+", "", province, flags=re.I)) in fold_words(office)
    ):
        return office
    level = province.split()[0]
    return f"{office.removesuffix(f' {level}')} {province}"
