"""Which units a cell names: "Sở X (Văn phòng Sở)" is its office, a group stays one, what follows a name is its role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.plans import RoleNote
from domain.text import capitalise, fold, fold_words, tidy
from domain.words import Words
from plans.names import Names

_HEADS = (
    "sở|văn phòng|vp|phòng(?! chống| ngừa| họp| cháy)|p|thanh tra|chi cục|cục|tổng cục|trung tâm|tt|ban(?! hành)"
    "|bộ(?= [A-ZĐ]| phận| chỉ huy)|bộ phận|ubnd|ubndtp|ủy ban|uỷ ban|hđnd|hội đồng|hội(?! nghị| thảo| họp)|công an"
    "|tòa án|toà án|viện|đài|báo(?! cáo)|trường(?! hợp)|bệnh viện|kho bạc|bảo hiểm|ngân hàng|công đoàn|liên đoàn"
    "|đoàn(?! kiểm| công tác)|liên minh|quỹ|vườn|hạt|đội(?! ngũ)|tổ(?! chức)|thường trực|lãnh đạo|giám đốc|chánh|trưởng"
    "|thủ trưởng|mặt trận|tỉnh ủy|thành ủy|đảng ủy|huyện ủy|công ty|tổng công ty|kiểm lâm|cơ quan|đơn vị|bql|trạm|khoa"
    "|ubmttq|tỉnh đoàn|thành đoàn|huyện đoàn|bộ đội(?= [A-ZĐ])|bảo tàng|thư viện|bưu điện|học viện|vụ(?= [A-ZĐ])"
    "|viễn thông(?= [A-ZĐ])|điện lực"
)
_GROUP = re.compile(
    r"^(các|toàn thể|toàn bộ|tất cả|mỗi|từng|những|(\d+|hai|ba) (chi cục|phòng|đơn vị|trung tâm|cơ quan)"
    r"|(cơ quan|đơn vị|phòng|phòng ban)(, [\w ]+)* (thuộc|trực thuộc|liên quan|có liên quan)"
    r"|(ubnd|uỷ ban nhân dân|ủy ban nhân dân) các)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    rf"^(?:{_HEADS})(?:\.|\b)(?!\s*$)|^(?:văn phòng|thanh tra|vp|tỉnh đoàn|thành đoàn|huyện đoàn)$", re.IGNORECASE
)
_COMMON = re.compile(rf"^(?:{_HEADS})(?:\.|\b)", re.IGNORECASE)
_NAMED = re.compile(rf"^(?:(?:{_HEADS})(?:\.\s*|\s+))+[A-ZĐÀ-Ỹ]", re.IGNORECASE)
_PROPER = re.compile(r"^[^\W\d_]+\.?(?:\s+[^\W\d_]+){0,2}?\s*\.?\s*[A-ZĐÀ-ÂÈ-ÊÌÍÒ-ÕÙÚĂĐĨŨƠƯẠ-Ỹ]")
_HARD = re.compile(
    rf"\n|;|(?<=\w{{3}})\.\s+(?=[^\W\d_]{{2}})|^\s*[-–+•]\s+|(?<=\s)[-–+•]\s+(?=(?:{_HEADS}|các)\b)", re.IGNORECASE
)
_JOINT = re.compile(r"^(?:Văn phòng|VP) (?:HĐND|Hội đồng nhân dân|Đoàn (?:ĐBQH|đại biểu Quốc hội))$", re.IGNORECASE)
"""Offices that serve two bodies: "Văn phòng HĐND và UBND" is one unit."""
_SOFT = re.compile(r"\s*,\s*|\s+và\s+|\s+&\s+|\s*/\s*")
_ROLE = re.compile(
    r"(?<![Qq]uản lý)(?<![Kk]ế hoạch)(?<![Đđ]ầu tư)\s+"
    r"(?:(?:có trách nhiệm|chịu trách nhiệm|theo dõi|đôn đốc|đơn đốc|tổng hợp|hướng dẫn|kiểm soát|kiểm tra|giám sát"
    r"|chủ trì|phối hợp|tham mưu|thực hiện|triển khai|(?:làm )?đầu mối|là (?:đầu mối|cơ quan)|rà soát|thẩm định|báo cáo"
    r"|chuẩn bị|xây dựng|cung cấp|đề xuất|trình|gửi|soạn thảo)(?=\s|,|$)).*$",
    re.DOTALL,
)
_AFTER_RELATED = re.compile(r"((?:có )?liên quan)\s+(?!đến\b|tới\b|thuộc\b|của\b|trên\b|ở\b|tại\b).*$", re.IGNORECASE)
_CLOSED = re.compile(r"\b(?:thuộc Sở|trực thuộc|liên quan|chuyên môn|cùng cấp)$", re.IGNORECASE)
_NO_ROLES = frozenset({"chu tri", "phoi hop", "thuc hien", "cung thuc hien", "cung phoi hop"})
_BRACKETS = re.compile(r"\s*\(([^()]*)\)?")
_GROUP_KIND = re.compile(r"\b(phong|don vi|co quan|so|ban|nganh|chi cuc|trung tam|xa|huyen)\b")
_LETTERS = re.compile(r"\b[A-ZĐ]{3,}\b")
_ROLE_BEFORE = re.compile(r"^(?:chủ trì|phối hợp(?: với)?|cơ quan chủ trì|đơn vị (?:chủ trì|phối hợp))\s*:\s*", re.I)


@dataclass(frozen=True, slots=True)
class UnitReading:
    """The units a cell names, the roles printed with some, and what was repaired to get them (Vietnamese sentences)."""

    units: tuple[str, ...] = ()
    notes: tuple[Words, ...] = ()
    roles: tuple[RoleNote, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """A unit as printed, and the words after it that say what it does ("theo dõi, tổng hợp"), "" without."""

    name: str
    role: str = ""


def read_units(raw: str, names: Names, *, cut: bool = False) -> UnitReading:
    """The units named in a cell, in full; `cut` when the row was broken off by the end of a page."""
    notes: list[Words] = []
    units: list[str] = []
    roles: list[RoleNote] = []
    text, mended = _mend_brackets(raw)
    notes.extend(mended)
    broken = cut or raw.count("(") > raw.count(")")
    for named in _named(text):
        part, full = named.name, names.in_full(named.name)
        longer = names.completed(full) if broken else None
        if longer and fold_words(longer) != fold_words(full):
            notes.append(
                Words(
                    f"Tên “{part}” bị ngắt; điền đủ là “{longer}” theo chỗ khác trong văn bản",
                    f"The name “{part}” is cut; completed to “{longer}” as elsewhere in the document",
                )
            )
            full = names.in_full(longer)
        if full not in units:
            units.append(full)
        if named.role and fold_words(named.role) not in _NO_ROLES:
            roles.append(RoleNote(full, named.role))
    return UnitReading(tuple(units), tuple(notes), tuple(dict.fromkeys(roles)))


def role_notes(raw: str, units: Sequence[str]) -> tuple[RoleNote, ...]:
    """The roles a printed cell gives to `units`, its units in full as a person may have corrected them since."""
    read = read_units(raw, Names([*units, raw]))
    by_place = dict(zip(read.units, units, strict=True)) if len(read.units) == len(units) else {}
    found = (
        RoleNote(role.unit if role.unit in units else by_place.get(role.unit, ""), role.role) for role in read.roles
    )
    return tuple(role for role in found if role.unit)


def split_units(text: str) -> list[str]:
    """The unit names in `text` as printed, one by one, roles and brackets taken off."""
    return [named.name for named in _named(text)]


def is_unit(text: str) -> bool:
    """Whether a cell with this text would be taken for one naming units."""
    stripped = tidy(text).lstrip("-–+• ")
    words = stripped.split()
    if not words or len(words) > 45:
        return False
    if _GROUP.match(stripped):
        return bool(_GROUP_KIND.search(fold(stripped[:60])) or _LETTERS.search(stripped))
    return bool(_UNIT.match(stripped)) and (bool(_PROPER.match(stripped)) or len(words) <= 4)


def _named(text: str) -> list[_Named]:
    parts = [_parted(part) for item in _items(text) for part in _split_softly(item)]
    return [replace(part, name=capitalise(part.name)) for part in parts if fold_words(part.name)]


def _mend_brackets(raw: str) -> tuple[str, list[Words]]:
    """`raw` with a bracket closed too early opened again: "(Phòng A) Sở)" is "(Phòng A Sở)"."""
    text = raw
    while text.count(")") > text.count("(") and ")" in text[:-1]:
        first, last = text.index(")"), text.rindex(")")
        if first == last:
            break
        inner, tail = text[:first], tidy(text[first + 1 : last])
        if fold_words(inner).endswith(fold_words(tail)) and tail:
            text = f"{inner}){text[last + 1 :]}"
        else:
            text = f"{inner} {tail}){text[last + 1 :]}"
    mended = Words("Dấu ngoặc trong ô bị lệch; đã ghép lại", "The brackets in the cell did not match; mended")
    return text, [mended] if text != raw else []


def _items(text: str) -> list[str]:
    """Parts with a line, dash or semicolon of their own; a bracket with units in it stands for what is before it."""
    flattened = _BRACKETS.sub(_inner_units, text)
    parts = [_ROLE_BEFORE.sub("", tidy(part).strip(" .,;:-–")) for part in _HARD.split(flattened)]
    return [part for part in parts if part]


def _inner_units(match: re.Match[str]) -> str:
    inner = tidy(match.group(1))
    first = re.split(r"[,;]", inner)[0].strip()
    if _COMMON.match(first) and not fold_words(first).startswith(("co quan", "co ")):
        return "\x00" + inner.replace("\n", "; ")
    return f" {inner}" if _ROLE.match(f" {inner}") else ""


def _split_softly(item: str) -> list[str]:
    if "\x00" in item:
        before, inner = item.split("\x00", 1)
        names = [name for part in inner.split(";") for name in _split_softly(tidy(part).replace("\x00", " ")) if name]
        head, *_ = names
        earlier = _split_softly(before)[:-1]
        return [*earlier, *([head, *names[1:]] if names else [])]
    if _GROUP.match(item):
        return _split_group(item)
    pieces: list[str] = []
    for piece, separator in _soft_pieces(item):
        is_joint = bool(pieces) and separator.strip() == "và" and bool(_JOINT.search(pieces[-1]))
        if pieces and (is_joint or not (_begins_unit(piece) and _is_whole(pieces[-1]))):
            pieces[-1] += separator + piece
        else:
            pieces.append(piece)
    return [part for piece in pieces for part in (_split_group(piece) if _GROUP.match(piece) else [piece])]


def _split_group(item: str) -> list[str]:
    """A group is one entry; only a unit with a name of its own, or another "các …" after "thuộc", parts from it."""
    pieces: list[str] = []
    for piece, separator in _soft_pieces(item):
        named = bool(_NAMED_UNIT.match(piece))
        another = bool(pieces) and piece.casefold().startswith("các ") and _is_closed_group(pieces[-1])
        if not pieces or named or another:
            pieces.append(piece)
        else:
            pieces[-1] += separator + piece
    return pieces


_NAMED_UNIT = re.compile(
    r"^(?:Sở|Văn phòng|Phòng|Thanh tra|Chi cục|Trung tâm|Ban|Bộ|Công an|UBND|Hội|Đoàn|Công đoàn|VP|P|Cục|Tỉnh đoàn)"
    r"(?:\.\s*|\s+)[A-ZĐÀ-ÂÈ-ÊÌÍÒ-ÕÙÚĂĨŨƠƯẠ-Ỹ&](?!$)"
)


def _is_closed_group(text: str) -> bool:
    return bool(re.search(r"(thuộc|trực thuộc|liên quan|sở|tỉnh|ngành)\b[^,]*$", text, re.IGNORECASE))


def _soft_pieces(item: str) -> list[tuple[str, str]]:
    """Pieces between commas, "và", "&" and "/", each with the separator before it."""
    pieces: list[tuple[str, str]] = []
    start, separator = 0, ""
    for match in _SOFT.finditer(item):
        pieces.append((item[start : match.start()], separator))
        start, separator = match.end(), match.group()
    pieces.append((item[start:], separator))
    return [(piece, separator) for piece, separator in pieces if piece.strip()]


def _begins_unit(piece: str) -> bool:
    if re.match(r"^(các|những)\s", piece, re.IGNORECASE):
        return True
    return bool(_UNIT.match(piece)) and (piece[:1].isupper() or bool(_PROPER.match(piece)))


def _is_whole(piece: str) -> bool:
    return bool(_COMMON.match(piece)) or bool(_GROUP.match(piece))


def _parted(part: str) -> _Named:
    """The name and the role behind it; a group goes on to "liên quan", another unit to the first word of doing."""
    text = tidy(part).strip(" .,;:-–)")
    if _GROUP.match(text):
        name = _AFTER_RELATED.sub(r"\1", text)
        shorter = _ROLE.sub("", name)
        name = shorter if _CLOSED.search(shorter) else name
        return _Named(name.strip(" .,;:"), text[len(name) :].strip(" .,;:-–()"))
    name = _ROLE.sub("", text)
    shorter = name.strip(" .,;:-–(")
    if not _UNIT.match(shorter) or len(shorter) <= 2:
        return _Named(text)
    return _Named(shorter, text[len(name) :].strip(" .,;:-–()"))
