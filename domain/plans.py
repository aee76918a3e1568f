"""What a plan document says, as plain values: the plan, its activities, targets, reports, duties and money.

A reading is what the paper says and what the reader doubts; nothing here is yet a plan of the office.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from domain.words import Words

TimingKind = Literal[
    "deadline", "month", "quarter", "year", "recurring", "continuous", "per_document", "event", "on_demand"
]
Every = Literal["week", "month", "quarter", "half_year", "year", "per_regulation"]
DueOf = Literal["first_month", "last_month", "next_month", "date", "weekday", "week", "working_day", "after_end"]
OffsetUnit = Literal["day", "working_day", "week", "month"]
Comparator = Literal[">=", ">", "=", "<=", "<", "level", "complete"]
Place = int | str
"""Where something stands: the source line of a text, else a page and row ("trang 2, dòng 5")."""


@dataclass(frozen=True, slots=True)
class DueDay:
    """The day of each period by which recurring work is due; before it when not `inclusive`.

    first_month, last_month, next_month: `day` (1 to 31, the last day of a shorter month) of the period's first or last
    month or of the month after it; date: `day` of `month` every year; weekday: the ISO weekday `day` of a week;
    week, working_day: the `day`-th week or working day of the period, from its end when negative;
    after_end: `day` days after the period, working days when `working`.
    """

    of: DueOf
    day: int
    month: int | None = None
    inclusive: bool = True
    working: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """How long after what it waits for work is due; before it when `amount` is negative."""

    amount: int
    unit: OffsetUnit = "day"


@dataclass(frozen=True, slots=True)
class Timing:
    """One time stated in a plan; which fields are set depends on `kind`.

    deadline: `before`, with `inclusive` when the paper says "đến/chậm nhất" and not "trước"; month: `month`
    "2026-02"; quarter: `quarter` "2026-Q1", perhaps `scope`; year: `year` (perhaps to `until`) and `mode`;
    recurring: `every`, perhaps `interval` of them, the `rule` as printed, the `due` days of each period and, when the
    rule names a day nobody can compute, those words as `unread`; continuous: `year`;
    per_document: `reference`; event and on_demand: `trigger`; these three perhaps an `offset` from what they wait for.
    """

    kind: TimingKind
    before: date | None = None
    inclusive: bool = False
    month: str | None = None
    quarter: str | None = None
    scope: str | None = None
    year: int | None = None
    until: int | None = None
    mode: Literal["within", "throughout"] | None = None
    every: Every | None = None
    interval: int | None = None
    rule: str | None = None
    due: tuple[DueDay, ...] = ()
    unread: str | None = None
    reference: str | None = None
    trigger: str | None = None
    offset: Offset | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A repair or doubt of the reader about one `field` of an activity ("lead", "timing", …)."""

    field: str
    text: Words


@dataclass(frozen=True, slots=True)
class RoleNote:
    """What a cell says a unit has to do there besides leading or coordinating: "tổng hợp, theo dõi", as printed."""

    unit: str
    role: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of a plan that is work of its own.

    `lead_raw`, `coordinating_raw` and `timing_raw` are as printed, "" when blank; `lead` and `coordinating` are the
    units named there in full, `roles` what is printed after some of them; `section` is the title it stands under.
    """

    task: str
    number: str | None = None
    section: str | None = None
    objective: str | None = None
    products: tuple[str, ...] = ()
    lead_raw: str = ""
    lead: tuple[str, ...] = ()
    coordinating_raw: str = ""
    coordinating: tuple[str, ...] = ()
    roles: tuple[RoleNote, ...] = ()
    timing_raw: str = ""
    timing: tuple[Timing, ...] = ()
    lines: tuple[Place, ...] = ()
    notes: tuple[Note, ...] = ()

    def noting(self, field_name: str, text: Words) -> Activity:
        """This activity with one more note, unless it is there already."""
        note = Note(field_name, text)
        return self if note in self.notes else replace(self, notes=(*self.notes, note))


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document the plan rests on: its `number` with symbol, date and issuer as far as printed."""

    number: str
    date: date | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, and the title printed over the name ("KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC")."""

    name: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class PlanHead:
    """The plan itself: who issued it, when, under which number, to whom; None where the paper leaves it blank."""

    title: str | None = None
    issuer: str | None = None
    province: str | None = None
    number: str | None = None
    date: date | None = None
    year: int | None = None
    signer: Signer | None = None
    legal_bases: tuple[LegalBasis, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorTarget:
    """A target: `value` is a number with `unit`, or words when `comparator` is "level" or "complete"."""

    text: str
    comparator: Comparator
    value: float | str | None
    unit: str | None = None
    lines: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportingRule:
    """A report the plan asks for: for which `periods`, due when, from whom, to whom, how and on which forms."""

    name: str
    periods: tuple[str, ...] = ()
    period_rule: str | None = None
    due: str | None = None
    reporters: tuple[str, ...] = ()
    to: str | None = None
    consolidator: str | None = None
    channel: str | None = None
    forms: tuple[str, ...] = ()
    lines: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Obligation:
    """A dated duty in the prose: who does what by when."""

    who: str | None
    what: str
    timing: tuple[Timing, ...] = ()
    lines: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class BudgetItem:
    """One row of money; `amount` in đồng, None when the paper names a source and no sum."""

    item: str
    amount: int | None
    notes: tuple[str, ...] = ()
    lines: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanReading:
    """All that was read from one document; `warnings` say what a person must look at before the plan starts."""

    plan: PlanHead = field(default_factory=PlanHead)
    activities: tuple[Activity, ...] = ()
    indicators: tuple[IndicatorTarget, ...] = ()
    reporting: tuple[ReportingRule, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    budget: tuple[BudgetItem, ...] = ()
    warnings: tuple[Words, ...] = ()
