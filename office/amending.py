"""Applying a later version: each row decided about is amended in a transaction of its own, in the background.

Every deed is on record with the number and date of the document that decided it; cases that end keep their history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from domain.calendars import local_date
from domain.errors import Conflict, Invalid, NotFound
from domain.people import User
from domain.rights import require
from domain.text import tidy
from domain.words import Words
from engine.batches import Command, Item, create_batch
from engine.records import write_record
from office.amended_rows import add_row, change_row, remove_row
from office.later_versions import (
    APPLIED,
    Amendment,
    Difference,
    amended_by,
    amendments_of,
    compare_with_running,
    kind_of,
)
from office.organisation import user_of
from office.plans import SPACING
from office.readiness import undecided_in
from storage.tables import Batch, BatchItem
from storage.transactions import Work

AMEND_PLAN = "amend_plan"
APPLY, KEEP = "apply", "keep"
RENUMBERED = "renumbered"
"""The one key under which all rows that only got another number are decided about."""
_ORDER = {"removed": 0, "changed": 1, "moved": 1, "renumbered": 1, "added": 2}


@dataclass(frozen=True, slots=True)
class DecidingDocument:
    """The document by which a plan is amended."""

    number: str
    dated: date

    @property
    def words(self) -> str:
        return f"Theo văn bản số {self.number} ngày {self.dated:%d/%m/%Y}"


def deciding_document(number: str, dated: str, today: date) -> DecidingDocument:
    """The document typed as number and ISO date. Raises Invalid without them or for a day still to come."""
    if not tidy(number):
        raise Invalid("Cần ghi số văn bản quyết định điều chỉnh", "the number of the deciding document is needed")
    try:
        day = date.fromisoformat(dated)
    except ValueError as error:
        raise Invalid("Cần ghi ngày của văn bản quyết định điều chỉnh", "the deciding document needs a date") from error
    if day > today:
        raise Invalid(f"Ngày {day:%d/%m/%Y} của văn bản chưa tới", f"{day} is still to come")
    return DecidingDocument(tidy(number)[:80], day)


def apply_later_version(
    work: Work,
    plan_id: UUID,
    later_id: UUID,
    choices: Mapping[str, str],
    document: DecidingDocument,
    digest: str,
    user: User,
    now: datetime,
) -> Batch:
    """Begin to apply what was chosen; `choices` maps each difference's key to APPLY or KEEP.

    Raises NotAllowed, NotFound, Conflict when a row moved on since it was compared, Invalid when one is undecided.
    """
    require(user, "amend_plan")
    amendment = compare_with_running(work, plan_id, later_id, user)
    if amendment.digest != digest:
        raise Conflict(
            "Kế hoạch vừa có thay đổi khác; hãy xem lại rồi áp dụng", "the plan has changed; look again, then apply"
        )
    chosen = [each for each in amendment.differences if _choice(each, choices) == APPLY]
    _refuse_impossible(chosen)
    if chosen and (reasons := undecided_in(amendment.later, ())):
        raise Conflict(f"Chưa thể áp dụng: {reasons[0].text}", f"not ready: {reasons[0].english}")
    new_ids = {each.key: uuid4() for each in chosen if each.running is None or each.is_replacement}
    items = [_item(each, new_ids, document, user) for each in sorted(chosen, key=_rank)]
    last = Item(later_id, {"deed": "order", "order": _order(amendment, chosen, new_ids), **_by(document, user)})
    kept = len(amendment.differences) - len(chosen)
    _keep_on_record(work, amendment, document, len(chosen), kept, user, now)
    title = Words("Điều chỉnh ", "Amendment of ") + f"{amendment.plan.title} ({document.number})"
    return create_batch(work, AMEND_PLAN, title, [*items, last], subject_id=plan_id, by=user.person_id, now=now)


def _choice(difference: Difference, choices: Mapping[str, str]) -> str:
    key = RENUMBERED if kind_of(difference.compared) == RENUMBERED else difference.key
    choice = choices.get(key, KEEP if difference.obstacle else "")
    if choice not in (APPLY, KEEP):
        raise Invalid("Còn dòng chưa chọn áp dụng hay giữ như cũ", f"no choice was made about {key}")
    return choice


def _refuse_impossible(chosen: Sequence[Difference]) -> None:
    for each in chosen:
        if each.obstacle is not None:
            raise Conflict(*each.obstacle)


def _rank(difference: Difference) -> int:
    return _ORDER[kind_of(difference.compared)]


def _item(difference: Difference, new_ids: Mapping[str, UUID], document: DecidingDocument, user: User) -> Item:
    deed = {"added": "add", "removed": "remove"}.get(difference.compared.kind, "change")
    noun = difference.running or difference.later
    assert noun is not None
    payload = {
        "deed": deed,
        "later": str(difference.later.id) if difference.later else None,
        "new": str(new_ids[difference.key]) if difference.key in new_ids else None,
        "replace": difference.is_replacement,
        **_by(document, user),
    }
    return Item(noun.id, payload)


def _by(document: DecidingDocument, user: User) -> dict[str, Any]:
    return {"by": str(user.person_id), "number": document.number, "date": document.dated.isoformat()}


def _order(amendment: Amendment, chosen: Sequence[Difference], new_ids: Mapping[str, UUID]) -> list[str]:
    """Ids of the rows as they shall stand: the later version's order, what is kept where it stood."""
    by_row = {id(each.compared): each for each in amendment.differences}
    applied = {each.key for each in chosen}
    order: list[str] = []
    waiting: list[tuple[int, str]] = []
    shown: list[tuple[int, str]] = []
    for row in amendment.comparison.rows:
        difference = by_row.get(id(row))
        is_applied = difference is None or difference.key in applied
        if difference is not None and difference.key in new_ids and is_applied:
            ids = [*([str(difference.running.id)] if difference.running else []), str(new_ids[difference.key])]
        elif difference is not None and difference.running is None:
            continue
        else:
            assert row.was is not None
            ids = [str(amendment.running_ids[row.was])]
        if row.moved and not is_applied and row.was is not None:
            waiting.append((row.was, ids[0]))
            continue
        if row.was is not None:
            shown.append((row.was, ids[-1]))
        order.extend(ids)
    for was, stays in sorted(waiting):
        before = max((each for each in shown if each[0] < was), default=None)
        order.insert(order.index(before[1]) + 1 if before else 0, stays)
        shown.append((was, stays))
    return order


def _keep_on_record(
    work: Work, amendment: Amendment, document: DecidingDocument, applied: int, kept: int, user: User, now: datetime
) -> None:
    plan, later = amendment.plan, amendment.later
    entry = {
        "number": document.number,
        "date": document.dated.isoformat(),
        "later": str(later.id),
        "applied": applied,
        "kept": kept,
    }
    plan.reading = {**plan.reading, "amendments": [*amendments_of(plan), entry]}
    later.state = APPLIED
    write_record(work, None, user, "amend", "plan", plan.id, after=entry, text=document.words, now=now)


def _amend(work: Work, item: BatchItem, now: datetime) -> None:
    """One row of an amendment, in the name of who decided. Raises NotFound when their account was closed."""
    asked = item.payload or {}
    user = user_of(work, UUID(asked["by"]), local_date(now))
    words = DecidingDocument(asked["number"], date.fromisoformat(asked["date"])).words
    later_id = UUID(asked["later"]) if asked.get("later") else None
    new_id = UUID(asked["new"]) if asked.get("new") else None
    if asked["deed"] == "order":
        _put_in_order(work, item.noun_id, asked["order"])
    elif asked["deed"] == "remove":
        remove_row(work, item.noun_id, user, words, now)
    elif asked["deed"] == "add" and later_id and new_id:
        plan_id = _amended(work, work.activities.get(later_id).plan_id)
        add_row(work, plan_id, later_id, new_id, user, words, now)
    elif later_id:
        change_row(work, item.noun_id, later_id, new_id if asked["replace"] else None, user, words, now)


def _amended(work: Work, later_id: UUID) -> UUID:
    plan_id = amended_by(work.plans.get(later_id))
    if plan_id is None:
        raise NotFound("Không có kế hoạch để điều chỉnh", "this version amends no plan")
    return plan_id


def _put_in_order(work: Work, later_id: UUID, order: Sequence[str]) -> None:
    """The plan's rows in this order; rows it does not name stay behind the one they followed."""
    rows = list(work.activities.of_plan(_amended(work, later_id)))
    places = {UUID(each): place for place, each in enumerate(order)}
    ranks: dict[UUID, tuple[int, int]] = {}
    above = -1
    for step, row in enumerate(rows):
        above = places.get(row.id, above)
        ranks[row.id] = (above, 0 if row.id in places else step + 1)
    for place, row in enumerate(rows, start=1):
        row.position = -place
    work.flush()
    for place, row in enumerate(sorted(rows, key=lambda each: ranks[each.id]), start=1):
        row.position = place * SPACING


AMENDING: Mapping[str, Command] = {AMEND_PLAN: _amend}
"""What batches of this module do, by their kind; for `engine.batches.batch_handler`."""
