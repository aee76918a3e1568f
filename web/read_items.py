"""What was read beside the rows as the review shows it: each in one line, with what was decided and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.plans import Place
from office.plan_changes import DECISIONS
from office.plan_values import timing_from
from office.plans import TOLD
from plans.writing.times import timing_cell
from storage.tables import Plan
from web.language import said

COMPARED = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "level": "", "complete": ""}


@dataclass(frozen=True, slots=True)
class ReadItem:
    """A warning, duty, target, report or sum of the reading with what was decided about it."""

    kind: str
    index: int
    choice: str | None
    by: str
    said: str
    lines: tuple[Place, ...]

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.index}"


def read_items(plan: Plan, kind: str) -> Sequence[ReadItem]:
    """The parts of this kind, warnings that are told as a row's doubt left out."""
    decisions = plan.reading.get(DECISIONS, {})
    told = plan.reading.get(TOLD, ()) if kind == "warnings" else ()
    found = []
    for index, entry in enumerate(plan.reading.get(kind, ())):
        if index not in told:
            decided = decisions.get(f"{kind}:{index}", {})
            lines = tuple(entry.get("lines", ())) if isinstance(entry, dict) else ()
            words = item_words(kind, entry)
            found.append(ReadItem(kind, index, decided.get("choice"), decided.get("name", ""), words, lines))
    return found


def item_words(kind: str, entry: Any) -> str:
    """What was read, in one line; texts of the paper as they stand."""
    if kind == "warnings":
        return said(entry)
    if kind == "obligations":
        duty = f"{entry['who']}: {entry['what']}" if entry.get("who") else str(entry["what"])
        return _with(duty, timing_cell(tuple(map(timing_from, entry.get("timing", ()))), "", None))
    if kind == "indicators":
        value = entry.get("value")
        shown = "" if value is None else value
        sought = f"{COMPARED.get(entry['comparator'], '')} {shown} {entry.get('unit') or ''}"
        return f"{entry['text']} ({sought.strip()})" if sought.strip() else str(entry["text"])
    if kind == "reporting":
        return _with(str(entry["name"]), *(entry.get(key) or "" for key in ("due", "period_rule", "to")))
    amount = entry.get("amount")
    return f"{entry['item']}: {amount:,} đồng".replace(",", ".") if amount is not None else str(entry["item"])


def _with(said: str, *more: str) -> str:
    added = "; ".join(each for each in more if each)
    return f"{said} ({added})" if added else said
