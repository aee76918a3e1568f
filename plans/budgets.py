"""Money: rows of a budget table and what the prose says of its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.plans import BudgetItem
from domain.text import fold, tidy
from domain.words import Words
from plans.passages import Passage
from plans.sections import is_total
from plans.tables import Table

_AMOUNT = re.compile(
    r"^\(?\s*(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(\d+))?\s*(tỷ|triệu|nghìn|ngàn)?\s*(?:đồng|đ|vnđ|vnd)?\s*\)?\.?$", re.I
)
_IN_PROSE = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)\s*(tỷ|triệu|nghìn|ngàn)?\s*đồng\b", re.IGNORECASE)
_SCALES = {"ty": 1_000_000_000, "trieu": 1_000_000, "nghin": 1_000, "ngan": 1_000}
_MONEY_HEADING = re.compile(r"\b(kinh phi|du toan)\b")


def read_budget(tables: Iterable[Table], passages: Sequence[Passage]) -> tuple[tuple[BudgetItem, ...], list[Words]]:
    """The items of all budget tables, then the sources the prose names; and warnings where sums do not agree."""
    items: list[BudgetItem] = []
    warnings: list[Words] = []
    for table in tables:
        if table.header.holds_money or table.header.has("amount"):
            rows = _table_items(table)
            items.extend(rows)
            warnings.extend(_sum_warnings(rows))
    items.extend(_prose_items(passages))
    return tuple(items), warnings


def read_amount(text: str, scale: int = 1) -> int | None:
    """An amount in đồng from a cell such as "50.500.000" or "12,5 triệu đồng"; `scale` is the column's unit."""
    match = _AMOUNT.match(tidy(text))
    if match is None:
        return None
    own = _SCALES.get(fold(match.group(3) or ""))
    digits = re.sub(r"[. ]", "", match.group(1))
    return round(float(f"{digits}.{match.group(2) or 0}") * (own or scale)) if len(digits) <= 15 else None


def _table_items(table: Table) -> list[BudgetItem]:
    scale = table.money_scale
    items: list[BudgetItem] = []
    for row in table.rows:
        cells = list(zip(table.header.columns, row.cells, strict=False))
        printed = next((tidy(cell.text) for kind, cell in cells if kind == "amount" and cell.text), "")
        if not printed:
            continue
        texts = [tidy(cell.text) for kind, cell in cells if kind in ("objective", "task") and cell.text]
        label = ": ".join(texts) or next(
            (tidy(cell.text) for _, cell in cells if cell.text and cell.text != printed), ""
        )
        amount = read_amount(printed, scale)
        notes = [f"Ô kinh phí in “{printed}”, không đọc được thành số tiền"] if amount is None else []
        if is_total(label):
            notes.append("Dòng tổng cộng")
        notes.extend(tidy(cell.text) for kind, cell in cells if kind in ("funding", "remark") and cell.text)
        items.append(BudgetItem(label, amount, tuple(notes), (row.place,)))
    return items


def _sum_warnings(items: Sequence[BudgetItem]) -> list[Words]:
    """A warning for each total that its parts do not add up to; the paper's figures stay as they are."""
    warnings: list[Words] = []
    parts = 0
    for item in items:
        if not is_total(item.item):
            parts += item.amount or 0
            continue
        if item.amount is not None and parts and parts != item.amount:
            warnings.append(
                Words(
                    f"Kinh phí: tổng cộng in {_grouped(item.amount)} đồng,"
                    f" các dòng cộng lại {_grouped(parts)} đồng; cần kiểm tra",
                    f"Budget: the total printed is {item.amount:,} đồng, the rows add up to {parts:,}; to be checked",
                )
            )
        parts = 0
    return warnings


def _grouped(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _prose_items(passages: Iterable[Passage]) -> list[BudgetItem]:
    items: list[BudgetItem] = []
    for passage in passages:
        if not any(_MONEY_HEADING.search(fold(heading)) for heading in passage.headings):
            continue
        match = _IN_PROSE.search(passage.text)
        amount = read_amount(match.group()) if match else None
        text = re.sub(r"^(?:[-+•]\s*|\d+[.)]\s*|[a-hđ]\)\s*)+", "", passage.text)
        notes = () if match else ("Văn bản chỉ nêu nguồn, không nêu số tiền",)
        items.append(BudgetItem(text, amount, notes, (passage.place,)))
    return items
