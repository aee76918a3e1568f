"""A reading as lines a person can check against the paper: head, rows under their sections, then the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.plans import Activity, PlanHead, PlanReading, Timing


def reading_lines(reading: PlanReading) -> list[str]:
    """The reading, one fact a line; blank facts have no line."""
    return [
        *_head(reading.plan),
        *_rows(reading.activities),
        *(f"target: {each.comparator} {_number(each.value)} {each.unit or ''}".strip() for each in reading.indicators),
        *(f"duty: {each.who}: {' | '.join(map(_time, each.timing))}" for each in reading.obligations),
        *(f"money: {each.amount}" for each in reading.budget),
        *(f"warned: {each}" for each in reading.warnings if each.startswith("Kinh phí")),
    ]


def _head(head: PlanHead) -> Iterator[str]:
    signer = head.signer and ", ".join(part for part in (head.signer.name, head.signer.title) if part)
    named = (
        *(("title", head.title), ("issuer", head.issuer), ("number", head.number)),
        *(("date", head.date), ("year", head.year), ("signer", signer)),
    )
    yield from (f"{name}: {value}" for name, value in named if value)
    if head.recipients:
        yield "sent to: " + " | ".join(head.recipients)
    for basis in head.legal_bases:
        yield "basis: " + ", ".join(str(part) for part in (basis.number, basis.date, basis.issuer) if part)


def _rows(activities: Sequence[Activity]) -> Iterator[str]:
    section: str | None = None
    for row in activities:
        if row.section != section:
            section = row.section
            yield f"section: {section or '-'}"
        yield f"[{row.number or '-'}] {row.task}"
        facts = (
            ("objective", row.objective),
            ("products", " | ".join(row.products)),
            ("lead", " | ".join(row.lead)),
            ("with", " | ".join(row.coordinating)),
            ("when", " | ".join(map(_time, row.timing))),
        )
        yield from (f"  {name}: {value}" for name, value in facts if value)


def _time(timing: Timing) -> str:
    values = (
        *(timing.before, timing.month, timing.quarter, timing.year, timing.until, timing.mode),
        *(timing.every, timing.reference, timing.trigger),
    )
    return " ".join([timing.kind, *(str(value) for value in values if value)])


def _number(value: float | str | None) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
