"""What was read beside the rows: warnings, dated duties, targets, reports, money.

Somebody decides about each by name: a warning is waved through, a target or report accepted or dropped, a duty becomes
a row or stays in the prose. Sums of money are only shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.errors import Conflict, Invalid
from domain.people import User
from domain.plans import Activity as ReadActivity
from domain.rights import require
from domain.words import Words
from engine.records import write_record
from office.activities import add_activities
from office.plan_changes import DECISIONS, remembered
from office.plan_values import timing_from
from office.plans import TOLD, draft_plan
from plans.writing.times import timing_cell
from storage.tables import Plan
from storage.transactions import Work

KEPT, DROPPED, ADDED = "kept", "dropped", "added"
BLOCKING = ("warnings", "obligations", "indicators", "reporting")
"""The kinds that have to be decided about before the plan starts."""
KINDS = (*BLOCKING, "budget")
_WORDS = {
    KEPT: Words("Giữ nguyên một mục", "Keep one item"),
    DROPPED: Words("Bỏ một mục", "Drop one item"),
    ADDED: Words("Thêm dòng từ phần lời văn", "Add a row from the text"),
}
_ALL_WORDS: dict[str, Callable[[int], Words]] = {
    KEPT: lambda count: Words(f"Giữ nguyên {count} mục", f"Keep {count} items"),
    ADDED: lambda count: Words(f"Thêm {count} dòng từ phần lời văn", f"Add {count} rows from the text"),
}


def undecided(plan: Plan, kind: str) -> list[int]:
    """Places of the parts of this kind nobody has decided about; a warning that is a row's doubt is decided there."""
    decisions = plan.reading.get(DECISIONS, {})
    told = plan.reading.get(TOLD, ()) if kind == "warnings" else ()
    places = range(len(plan.reading.get(kind, ())))
    return [place for place in places if f"{kind}:{place}" not in decisions and place not in told]


def decide_item(work: Work, plan_id: UUID, kind: str, index: int, choice: str, user: User, now: datetime) -> None:
    """Say of one part: kept as read, dropped, or added as a row. Raises NotAllowed, Conflict, Invalid."""
    plan = _reviewed(work, plan_id, kind, choice, user)
    if not 0 <= index < len(plan.reading.get(kind, ())) or choice not in _WORDS:
        raise Invalid("Không có mục này trong văn bản", f"no {kind} {index}, or no choice {choice}")
    if plan.reading.get(DECISIONS, {}).get(f"{kind}:{index}", {}).get("choice") == ADDED:
        raise Conflict("Việc này đã được thêm thành dòng", "this duty is a row already")
    with remembered(work, plan_id, _WORDS[choice], user, now):
        _decide(work, plan, kind, [index], choice, user, now)


def decide_rest(work: Work, plan_id: UUID, kind: str, choice: str, user: User, now: datetime) -> int:
    """Keep, or add as rows, every part of this kind that is undecided; gives how many. Raises NotAllowed, Invalid."""
    plan = _reviewed(work, plan_id, kind, choice, user)
    if kind not in BLOCKING or choice not in _ALL_WORDS:
        raise Invalid("Không có mục này trong văn bản", f"no {kind}, or no choice {choice} for all")
    places = undecided(plan, kind)
    if places:
        with remembered(work, plan_id, _ALL_WORDS[choice](len(places)), user, now):
            _decide(work, plan, kind, places, choice, user, now)
    return len(places)


def _reviewed(work: Work, plan_id: UUID, kind: str, choice: str, user: User) -> Plan:
    require(user, "review_plan")
    plan = draft_plan(work, plan_id)
    if kind not in KINDS:
        raise Invalid("Không có mục này trong văn bản", f"a plan has no {kind}")
    if choice == ADDED and kind != "obligations":
        raise Invalid("Chỉ thêm được dòng từ việc có thời hạn", "only a dated duty can become a row")
    return plan


def _decide(work: Work, plan: Plan, kind: str, places: Sequence[int], choice: str, user: User, now: datetime) -> None:
    found = plan.reading[kind]
    decision = {"choice": choice, "name": user.name, "at": now.isoformat()}
    decisions = plan.reading.get(DECISIONS, {}) | {f"{kind}:{place}": decision for place in places}
    plan.reading = {**plan.reading, DECISIONS: decisions}
    if choice == DROPPED:
        _drop(work, plan, kind, found[places[0]])
    if choice == ADDED:
        add_activities(work, plan.id, [_row_of_duty(found[place]) for place in places], user, now)
    after = {"items": [f"{kind}:{place}" for place in places], "choice": choice}
    write_record(work, None, user, "decide", "plan", plan.id, after=after, now=now)


def _drop(work: Work, plan: Plan, kind: str, entry: Mapping[str, Any]) -> None:
    """Take the target or report out of what the plan keeps; the reading still has it."""
    if kind == "indicators":
        for row in work.indicators.of_plan(plan.id):
            if row.text == entry["text"]:
                work.indicators.delete(row)
    if kind == "reporting":
        for series in work.report_series.of_plan(plan.id):
            if series.name == entry["name"]:
                work.report_series.delete(series)  # its periods go with it


def _row_of_duty(entry: Mapping[str, Any]) -> ReadActivity:
    who = entry.get("who") or ""
    timing = tuple(timing_from(each) for each in entry.get("timing", ()))
    return ReadActivity(
        task=entry["what"],
        lead_raw=who,
        lead=(who,) if who else (),
        timing=timing,
        timing_raw=timing_cell(timing, "", None),
        lines=tuple(entry.get("lines", ())),
    )
