"""A plan of the office as the paper to be signed and issued: its head as reviewed, its rows as they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from domain.plans import LegalBasis, PlanHead, Signer
from office.plan_values import as_read
from plans.writing.docx import write_docx
from plans.writing.paper import Paper
from plans.writing.text import write_text
from plans.writing.xlsx import write_xlsx
from storage.tables import Plan
from storage.transactions import Work

WRITERS: Mapping[str, Callable[[Paper], bytes]] = {"docx": write_docx, "xlsx": write_xlsx, "txt": write_text}
"""Each kind of file a plan is written as, by the ending of its name."""


def paper_of(work: Work, plan_id: UUID) -> tuple[Plan, Paper]:
    """The plan and its paper, cancelled rows left out. Raises NotFound."""
    plan = work.plans.get(plan_id)
    rows = [replace(as_read(row), objective=row.objective) for row in work.activities.of_plan(plan_id)
            if row.state != "cancelled"]  # fmt: skip
    return plan, Paper(_head(plan), rows)


def _head(plan: Plan) -> PlanHead:
    """The head as reviewed; province, signer and legal bases as they were read, as far as they were."""
    read: Mapping[str, Any] = plan.reading.get("plan") or {}
    signer = read.get("signer")
    return PlanHead(
        title=plan.title,
        issuer=plan.issuer or None,
        province=read.get("province"),
        number=plan.number,
        date=plan.issued_on,
        year=plan.year,
        signer=Signer(signer["name"], signer.get("title")) if signer else None,
        legal_bases=tuple(_basis(each) for each in read.get("legal_bases", ())),
        recipients=tuple(read.get("recipients", ())),
    )


def _basis(entry: Mapping[str, Any]) -> LegalBasis:
    issued_on = entry.get("date")
    return LegalBasis(entry["number"], date.fromisoformat(issued_on) if issued_on else None, entry.get("issuer"))
