"""A plan as the lines and table rows of its paper, whatever kind of file they go into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from domain.plans import Activity, LegalBasis, PlanHead, RoleNote
from domain.text import capitalise, tidy
from plans.names import Names
from plans.units import read_units
from plans.writing.times import timing_cell

COUNTRY = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
NOTHING = "–"
"""Stands in a cell that is blank, where a blank would read as merged with the cell above."""
OTHERS = "Nhiệm vụ khác"
"""The title over rows without a section that follow rows with one."""
_ROMANS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_TYPES = (
    ("NĐ", "Nghị định"), ("NQ", "Nghị quyết"), ("QĐ", "Quyết định"), ("CT", "Chỉ thị"), ("KH", "Kế hoạch"),
    ("KL", "Kết luận"), ("TT", "Thông tư"), ("TB", "Thông báo"), ("CTR", "Chương trình"), ("TTR", "Tờ trình"),
    ("QH", "Luật"),
)  # fmt: skip
_NOBODY_OVER = re.compile(
    r"(ủy ban nhân dân|uỷ ban nhân dân|ubnd|bộ|đảng ủy|đảng uỷ|tỉnh ủy|thành ủy)\b", re.IGNORECASE
)
_TITLE_KIND = re.compile(r"^kế hoạch\s+", re.IGNORECASE)

Role = Literal["number", "objective", "task", "products", "lead", "coordinating", "timing"]
LABELS: dict[Role, str] = {
    "number": "TT",
    "objective": "Mục tiêu",
    "task": "Nhiệm vụ",
    "products": "Sản phẩm",
    "lead": "Chủ trì",
    "coordinating": "Phối hợp",
    "timing": "Thời gian",
}
UNITS_LABEL = "Đơn vị thực hiện"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A section's title over its rows, numbered I, II, III."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class WorkRow:
    """An activity's cells by column; products are a line each."""

    cells: dict[Role, str]


@dataclass(frozen=True, slots=True)
class Paper:
    """The plan to be written; `head.year` is the one that times without a year are read by."""

    head: PlanHead
    activities: Sequence[Activity]

    @property
    def columns(self) -> tuple[Role, ...]:
        """The columns of the table; that of objectives only where a row has one."""
        has_objectives = any(activity.objective for activity in self.activities)
        return tuple(role for role in LABELS if role != "objective" or has_objectives)

    @property
    def authority(self) -> str:
        """The body over the issuing office, in capitals; "" over a People's Committee, a ministry or the Party."""
        if _NOBODY_OVER.match(self.head.issuer or ""):
            return ""
        return f"ỦY BAN NHÂN DÂN TỈNH {(self.head.province or '…').upper()}"

    @property
    def office(self) -> str:
        """The issuing office without its province, in capitals."""
        name, province = self.head.issuer or "…", self.head.province
        if re.fullmatch(rf"(ủy ban nhân dân|uỷ ban nhân dân|ubnd) tỉnh {re.escape(province or '')}", name, flags=re.I):
            return name.upper()
        return re.sub(rf"\s+(tỉnh|thành phố)\s+{re.escape(province or '')}$", "", name, flags=re.I).upper()

    @property
    def number(self) -> str:
        return f"Số: {self.head.number or '…/KH-…'}"

    @property
    def place_and_date(self) -> str:
        """ "Yên Hà, ngày 05 tháng 02 năm 2026": a day under 10 and a month under 3 with a nought."""
        day = self.head.date
        if day is None:
            return f"{self.head.province or '…'}, ngày … tháng … năm {self.head.year or '…'}"
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        return f"{self.head.province or '…'}, ngày {day.day:02d} tháng {month} năm {day.year}"

    @property
    def title(self) -> str:
        """The title without its kind, which is a line of its own."""
        return capitalise(_TITLE_KIND.sub("", tidy(self.head.title or "")))

    @property
    def bases(self) -> list[str]:
        said = [f"Căn cứ {_basis(basis)}" for basis in self.head.legal_bases]
        return [f"{line}{';' if index < len(said) - 1 else '.'}" for index, line in enumerate(said)]

    @property
    def body(self) -> str:
        return (
            f"{self.head.issuer or 'Cơ quan ban hành'} ban hành Kế hoạch {_lowered(self.title)}; nhiệm vụ, sản phẩm, "
            "đơn vị thực hiện và thời gian nêu tại Phụ lục kèm theo./."
        )

    @property
    def recipients(self) -> tuple[str, ...]:
        """A dashed line each: those the plan names, else whom every plan of a department goes to."""
        named = self.head.recipients or ("UBND tỉnh (b/c)", "Các đơn vị nêu tại Phụ lục", "Lưu: VT")
        return tuple(f"- {name}{'.' if name is named[-1] else ';'}" for name in named)

    @property
    def signature(self) -> tuple[tuple[str, ...], str]:
        """The lines of the signer's title in capitals, and the name, "" before it is known."""
        signer = self.head.signer
        title = (signer.title if signer else None) or "GIÁM ĐỐC"
        return tuple(part.strip().upper() for part in title.split(",")), signer.name if signer else ""

    @property
    def annexed_to(self) -> str:
        number, day = self.head.number or "…/KH-…", self.head.date
        dated = f"ngày {day:%d/%m/%Y}" if day else "ngày …/…/…"
        return f"(Kèm theo Kế hoạch số {number} {dated} của {self.head.issuer or '…'})"

    def rows(self) -> Iterator[GroupRow | WorkRow]:
        """The rows of the table in order, a title wherever the section changes."""
        section, count = None, 0
        for activity in self.activities:
            if activity.section != section:
                section, count = activity.section, count + 1
                yield GroupRow(roman(count), section or OTHERS)
            yield WorkRow(_cells(activity, self.head.year))


def roman(number: int) -> str:
    written, rest = "", number
    for value, letters in _ROMANS:
        written += letters * (rest // value)
        rest %= value
    return written


def _cells(activity: Activity, year: int | None) -> dict[Role, str]:
    return {
        "number": activity.number or "",
        "objective": tidy(activity.objective or ""),
        "task": tidy(activity.task),
        "products": _products([tidy(product) for product in activity.products]),
        "lead": _units(activity.lead, activity.lead_raw, activity.roles),
        "coordinating": _units(activity.coordinating, activity.coordinating_raw, activity.roles),
        "timing": timing_cell(activity.timing, tidy(activity.timing_raw), year),
    }


def _products(products: Sequence[str]) -> str:
    """One line a product, dashed when there are several; a bullet keeps a single one with a semicolon whole."""
    if len(products) > 1:
        return "\n".join(f"- {product}" for product in products)
    return "".join(f"• {product}" if ";" in product else product for product in products)


def _units(names: tuple[str, ...], printed: str, roles: tuple[RoleNote, ...]) -> str:
    """The cell as it was printed where that names these units by itself, else their names with their roles."""
    if printed and read_units(printed, Names([printed])).units == names:
        return tidy(printed)
    noted = {note.unit: f" {note.role}" for note in roles}
    return "; ".join(tidy(f"{name}{noted.get(name, '')}") for name in names)


def _basis(basis: LegalBasis) -> str:
    symbol = re.split(r"[/-]", basis.number.upper())
    kind = next((words for letters, words in _TYPES if letters in symbol), "văn bản")
    dated = f" ngày {basis.date:%d/%m/%Y}" if basis.date else ""
    return f"{kind} số {basis.number}{dated}" + (f" của {basis.issuer}" if basis.issuer else "")


def _lowered(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
