"""result.record: how the row's period came out is kept with it.

Payload: {"outcome": text, "number"?: text, "date"?: ISO date}.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.jobs import Handler, Job
from storage.database import Database
from storage.transactions import Work, run_command


def record_result(database: Database) -> Handler:
    """Build the handler; doing it twice writes the same."""

    def keep(job: Job) -> Mapping[str, Any]:
        return run_command(database, lambda work: _keep(work, job))

    return keep


def _keep(work: Work, job: Job) -> dict[str, Any]:
    occurrence = work.occurrences.of_instance(job.instance_id) if job.instance_id else None
    if occurrence is None:
        return {"recorded": False}
    occurrence.outcome = str(job.payload.get("outcome") or "recorded")
    return {"recorded": True}
