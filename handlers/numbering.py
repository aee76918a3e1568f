"""document.number: the next number of the department's running series of the year.

One series a year for all kinds of papers, from 01 on (Nghị định 30/2020/NĐ-CP, Điều 15); the kind shows in the symbol.
Payload: {"activity_id", "occurrence_id"}. Result: {"number": "45/TTr-SNNMT", "date": ISO date}.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.calendars import local_date
from domain.errors import Conflict
from domain.text import fold_words
from engine.jobs import Handler, Job
from office.directory import directory
from storage.database import Database
from storage.tables import Document
from storage.transactions import Work, run_command

SYMBOLS = (
    ("to trinh", "TTr"),
    ("bao cao", "BC"),
    ("ke hoach", "KH"),
    ("quyet dinh", "QĐ"),
    ("thong bao", "TB"),
    ("giay moi", "GM"),
    ("huong dan", "HD"),
)
LETTER = "CV"


def number_document(database: Database, now: Callable[[], datetime]) -> Handler:
    """Build the handler. The paper's id is the job's, so a repeated job gets its number again and takes no second."""

    def give_number(job: Job) -> Mapping[str, Any]:
        return run_command(database, lambda work: _give(work, job, now()))

    return give_number


def symbol(products: Iterable[str]) -> str:
    """The kind of paper the first product names; a letter when none does."""
    for product in products:
        folded = fold_words(product)
        for words, short in SYMBOLS:
            if folded.startswith(words):
                return short
    return LETTER


def _give(work: Work, job: Job, now: datetime) -> dict[str, Any]:
    known = work.documents.find(job.id)
    if known is not None and known.issued_on is not None:
        return {"number": known.name, "date": known.issued_on.isoformat()}
    if job.instance_id is None:
        raise Conflict("Chỉ cấp số cho văn bản của một công việc", "numbers are given to papers of cases")
    today = local_date(now)
    department = directory(work, today).department
    if department is None:
        raise Conflict("Chưa có Sở nào trong danh mục đơn vị", "there is no department")
    number = work.documents.next_number(department.code, today.year)
    text = f"{number:02d}/{symbol(_products(work, job))}-{department.code}"
    work.documents.add(
        Document(
            id=job.id,
            instance_id=job.instance_id,
            name=text,
            kind="issued",
            series=department.code,
            year=today.year,
            number=number,
            issued_on=today,
            created_at=now,
        )
    )
    return {"number": text, "date": today.isoformat()}


def _products(work: Work, job: Job) -> Iterable[str]:
    try:
        activity = work.activities.find(UUID(str(job.payload.get("activity_id"))))
    except ValueError:
        return ()
    return () if activity is None else [str(product) for product in activity.products]
