"""What a column holds, by the words officials put over it; slips of scanning in those words are seen through."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from domain.text import fold_words

Column = Literal[
    "number", "objective", "task", "product", "lead", "coordinating", "timing", "start", "tick", "amount", "funding",
    "target", "target_value", "measure", "watcher", "subject", "remark", "unknown",
]  # fmt: skip

_UNIT = r"(don vi|co quan|bo phan|phong|ban|nguoi|ca nhan|can bo|to chuc|dv|cq|cqdv|dvth)"
# The first that matches counts: "kết quả công việc" is a product and "đơn vị phối hợp thực hiện" no lead.
_SYNONYMS: tuple[tuple[Column, str], ...] = (
    ("number", r"^(stt|tt|s t t|so tt|so thu tu|no|ma( so)?( nhiem vu)?)$"),
    ("remark", r"ghi chu"),
    ("measure", r"^(don vi tinh|dvt)\b"),
    ("watcher", r"^(dong chi )?lanh dao\b(?!.*\b(chu tri|thuc hien))"),
    ("subject", rf"{_UNIT}.* duoc (kiem tra|thanh tra|giam sat|kiem toan)|^doi tuong"),
    ("lead", r"chu tri"),
    ("coordinating", r"phoi hop"),
    ("watcher", r"theo doi"),
    ("start", r"^(thoi gian |thoi diem |ngay |thang )?(bat dau|khoi cong|khoi dong|trien khai tu)( thuc hien)?$"
              r"|^tu (ngay|thang)$"),
    ("timing", r"thoi gian|thoi han|tien do|thoi diem|lo trinh|ky han|\bhan (hoan thanh|thuc hien|cuoi)"
               r"|^(ngay |thang |moc )?(hoan thanh|ket thuc)( truoc)?$|^han$|^den (ngay|thang)$|^lich\b"
               r"|^(ngay|thang|quy)( thuc hien| hoan thanh| trien khai)?$|^khi nao$"),
    ("funding", r"nguon (kinh phi|von|luc)|nguon von"),
    ("amount", r"kinh phi|du toan|so tien|thanh tien|tong tien|tong muc dau tu"),
    ("product", r"san pham|ket qua|dau ra|(hinh thuc|the loai|loai) van ban|kiem chung|minh chung"),
    ("lead", rf"{_UNIT}( \w+)? thuc hien|phu trach|phan cong|dau moi|trach nhiem|^(don vi|co quan|dvth|ai lam)$"
             rf"|{_UNIT}( \w+){{0,3}} (chuan bi|tham muu|soan thao)\b"),
    ("coordinating", rf"{_UNIT}( \w+)? (lien quan|tham gia|cung lam)|^thanh phan (cung )?tham gia"),
    ("target_value", r"chi tieu (phan dau|giao|duoc giao|nam|dat|ke hoach)|muc phan dau|ke hoach nam|gia tri"
                     r"|muc (dat|giao)|^nam \d{4}$|muc tieu nam"),
    ("target", r"chi tieu|tieu chi|chi so"),
    ("task", r"nhiem vu|cong viec|hoat dong|noi dung|dau viec|^viec|giai phap|bien phap|hang muc|^ten\b"
             r"|thu tuc hanh chinh|^chu de|chuyen de|^cong tac|^(de an|du an)\b|^lam gi$"),
    ("objective", r"muc tieu"),
)  # fmt: skip
_KINDS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple((kind, re.compile(pattern)) for kind, pattern in _SYNONYMS)
_SURE_WORDS = (
    *("chu tri", "phoi hop", "thoi gian", "thoi han", "tien do", "nhiem vu", "noi dung", "san pham", "cong viec"),
    *("thuc hien", "hoan thanh", "ghi chu", "ket qua", "kinh phi"),
)
_LONGEST_LABEL = 14
_LONGEST_SLIP = 6


@lru_cache(maxsize=4096)
def classify(label: str) -> Column | None:
    """What a column with this label holds, or None."""
    words = fold_words(label)
    if not words or len(words.split()) > _LONGEST_LABEL:
        return None
    return _kind(words) or (_kind(_mended(words)) if len(words.split()) <= _LONGEST_SLIP else None)


def names_person(label: str) -> bool:
    """Whether the column holds people, not units."""
    return bool(re.search(r"\b(nguoi|can bo|ca nhan|lanh dao|dong chi|chuyen vien)\b", fold_words(label)))


def _kind(words: str) -> Column | None:
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), None)


def _mended(words: str) -> str:
    """Folded `words` where two that are one letter off a word of headers are that word: "thoi qian" is "thoi gian"."""
    printed = words.split()
    for index in range(len(printed) - 1):
        pair = f"{printed[index]} {printed[index + 1]}"
        meant = next((sure for sure in _SURE_WORDS if _is_one_off(pair, sure)), None)
        if meant:
            printed[index : index + 2] = meant.split()
    return " ".join(printed)


def _is_one_off(printed: str, sure: str) -> bool:
    """Whether exactly one letter of `printed` is another, missing, or too many."""
    if len(printed) == len(sure):
        return sum(one != other for one, other in zip(printed, sure, strict=True)) == 1
    longer, shorter = (printed, sure) if len(printed) > len(sure) else (sure, printed)
    if len(longer) - len(shorter) != 1:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
