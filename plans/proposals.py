"""Which process a row of a plan should run, with the reason: a person may change it before the plan starts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from domain.plans import Activity
from domain.text import fold_words
from domain.words import Words

DefinitionKey = Literal["activity", "standing", "periodic", "simple", "awaits"]

_DATED = {"deadline", "month", "quarter", "year"}
_SUBMITTED = re.compile(
    r"\b(ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|chu tich|to trinh|nghi quyet)\b|\btrinh (chu tich|ubnd|hdnd|cap)\b"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The key of a shipped definition, and why, in both languages."""

    definition_key: DefinitionKey
    reason: Words


def propose_definition(activity: Activity) -> Proposal:
    """The process this row most likely runs: by its timing first, then by where its product goes and who helps."""
    kinds = {timing.kind for timing in activity.timing}
    if "recurring" in kinds:
        return Proposal("periodic", _time(activity, Words("lặp lại theo kỳ", "comes round every period")))
    if not kinds & _DATED and kinds & {"per_document", "event", "on_demand"}:
        return Proposal(
            "awaits", _time(activity, Words("chờ văn bản hoặc sự kiện", "waits for a document or an event"))
        )
    if "continuous" in kinds and not kinds & (_DATED - {"year"}):
        return Proposal("standing", Words("Việc làm thường xuyên trong năm", "Continuous work all through the year"))
    if kinds == {"year"} and all(timing.mode == "throughout" for timing in activity.timing):
        return Proposal("standing", Words("Việc làm cả năm", "Work all through the year"))
    return _by_product(activity, dated=bool(kinds & _DATED))


def goes_to_committee(products: Iterable[str]) -> bool:
    """Whether one of these products is submitted to the People's Committee or a higher authority."""
    return any(_SUBMITTED.search(fold_words(product)) for product in products)


def _by_product(activity: Activity, *, dated: bool) -> Proposal:
    if goes_to_committee(activity.products):
        return Proposal(
            "activity",
            Words(
                "Sản phẩm trình Ủy ban nhân dân hoặc cấp có thẩm quyền",
                "The product goes to the People's Committee or a higher authority",
            ),
        )
    if activity.coordinating and dated:
        return Proposal(
            "activity", Words("Có đơn vị phối hợp và có thời hạn", "Coordinating units are to be asked, by a date")
        )
    if not activity.coordinating:
        return Proposal(
            "simple", Words("Một đơn vị làm, không có đơn vị phối hợp", "One unit works on it, nobody is asked")
        )
    return Proposal(
        "simple", Words("Không có thời hạn và không phải trình cấp trên", "No date and nothing to submit to a superior")
    )


def _time(activity: Activity, does: Words) -> Words:
    printed = f"“{activity.timing_raw}” " if activity.timing_raw else Words("như dòng trên ", "as in the row above ")
    return Words("Thời gian ", "Its time ") + printed + does
