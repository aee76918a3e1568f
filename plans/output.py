"""A plan reading as JSON: the shape that `bangiao plan read FILE --json` prints and other programs read."""

from __future__ import annotations

import json
from typing import Any

from domain.plans import (
    Activity,
    BudgetItem,
    DueDay,
    IndicatorTarget,
    LegalBasis,
    Obligation,
    PlanHead,
    PlanReading,
    ReportingRule,
    Timing,
)


def to_json(reading: PlanReading, *, indent: int | None = 1) -> str:
    """The reading as one JSON object, UTF-8 without ASCII escapes."""
    return json.dumps(as_dict(reading), ensure_ascii=False, indent=indent)


def as_dict(reading: PlanReading) -> dict[str, Any]:
    """The reading as plain values; keys: plan, activities, indicators, reporting, obligations, budget, warnings."""
    return {
        "plan": _head(reading.plan),
        "activities": [activity_as_dict(activity) for activity in reading.activities],
        "indicators": [_indicator(indicator) for indicator in reading.indicators],
        "reporting": [_reporting(rule) for rule in reading.reporting],
        "obligations": [_obligation(obligation) for obligation in reading.obligations],
        "budget": [_budget(item) for item in reading.budget],
        "warnings": list(reading.warnings),
    }


def activity_as_dict(activity: Activity) -> dict[str, Any]:
    return {
        "number": activity.number,
        "section": activity.section,
        "objective": activity.objective,
        "task": activity.task,
        "products": list(activity.products),
        "lead_raw": activity.lead_raw,
        "lead": list(activity.lead),
        "coordinating_raw": activity.coordinating_raw,
        "coordinating": list(activity.coordinating),
        "roles": [{"unit": note.unit, "role": note.role} for note in activity.roles],
        "timing_raw": activity.timing_raw,
        "timing": [timing_as_dict(timing) for timing in activity.timing],
        "lines": list(activity.lines),
        "notes": [note.text for note in activity.notes],
    }


def timing_as_dict(timing: Timing) -> dict[str, Any]:
    """The fields its kind has, dates in ISO; optional ones only when they are set."""
    values: dict[str, Any] = {
        "kind": timing.kind,
        "before": timing.before.isoformat() if timing.before else None,
        "inclusive": timing.inclusive or None,
        "month": timing.month,
        "quarter": timing.quarter,
        "scope": timing.scope,
        "year": timing.year,
        "until": timing.until,
        "mode": timing.mode,
        "every": timing.every,
        "interval": timing.interval,
        "rule": timing.rule,
        "due": [_due_day(day) for day in timing.due] or None,
        "unread": timing.unread,
        "reference": timing.reference,
        "trigger": timing.trigger,
        "offset": {"amount": timing.offset.amount, "unit": timing.offset.unit} if timing.offset else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _due_day(day: DueDay) -> dict[str, Any]:
    values = {
        "of": day.of,
        "day": day.day,
        "month": day.month,
        "inclusive": day.inclusive,
        "working": day.working or None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _head(head: PlanHead) -> dict[str, Any]:
    return {
        "issuer": head.issuer,
        "province": head.province,
        "number": head.number,
        "date": head.date.isoformat() if head.date else None,
        "year": head.year,
        "title": head.title,
        "signer": {"name": head.signer.name, "title": head.signer.title} if head.signer else None,
        "legal_bases": [_basis(basis) for basis in head.legal_bases],
        "recipients": list(head.recipients),
    }


def _basis(basis: LegalBasis) -> dict[str, Any]:
    return {"number": basis.number, "date": basis.date.isoformat() if basis.date else None, "issuer": basis.issuer}


def _indicator(indicator: IndicatorTarget) -> dict[str, Any]:
    value = indicator.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return {
        "text": indicator.text,
        "comparator": indicator.comparator,
        "value": value,
        "unit": indicator.unit,
        "lines": list(indicator.lines),
    }


def _reporting(rule: ReportingRule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "periods": list(rule.periods),
        "period_rule": rule.period_rule,
        "due": rule.due,
        "reporters": list(rule.reporters),
        "to": rule.to,
        "consolidator": rule.consolidator,
        "channel": rule.channel,
        "forms": list(rule.forms),
        "lines": list(rule.lines),
    }


def _obligation(obligation: Obligation) -> dict[str, Any]:
    return {
        "who": obligation.who,
        "what": obligation.what,
        "timing": [timing_as_dict(timing) for timing in obligation.timing],
        "lines": list(obligation.lines),
    }


def _budget(item: BudgetItem) -> dict[str, Any]:
    return {"item": item.item, "amount": item.amount, "notes": list(item.notes), "lines": list(item.lines)}
