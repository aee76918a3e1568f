"""`make bench`: figures of this machine, and the ratios that should hold on any. Each ratio is taken within one run.

Medians of repeated calls; SQLite in a temporary folder. Nothing here fails a build.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from domain.people import Post, User, candidate_key
from domain.plans import Activity, PlanHead
from engine.definitions import deploy
from engine.instances import start_instance
from engine.user_tasks import complete_user_task
from plans.reader import read_plan
from plans.writing.docx import write_docx
from plans.writing.paper import Paper
from storage.database import Database
from storage.schema import upgrade
from storage.tables import UserTask
from storage.transactions import reading, run_command
from storage.worklists import mine, worklist

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
UNIT = UUID("00000000-0000-4000-8000-000000000001")
KEY = candidate_key(UNIT, "administrator")
USER = User(uuid4(), "bench", "Người đo", (Post(UNIT, "administrator"),), frozenset({KEY}))
DRAWINGS = Path(__file__).parents[1] / "bpmn"
PLANS = Path(__file__).parents[3] / "shared" / "plans"


def main() -> None:
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite")
    with _database() as database:
        _age(database)
    with _database() as database:
        _worklists(database)
    _reader()


def _age(database: Database) -> None:
    """What a completion costs in a young and in an old case, kept live and loaded anew."""
    run_command(database, lambda work: deploy(work, (DRAWINGS / "rework.bpmn").read_bytes(), now=NOW))
    instance_id = run_command(database, lambda work: start_instance(work, "rework", {"unit": str(UNIT)}, now=NOW).id)
    young = _median(lambda: _turn(database, instance_id), 30)
    young_loaded = _median(lambda: _turn(database, instance_id), 10, before=database.cases.clear)
    for _ in range(900):
        _turn(database, instance_id)
    old = _median(lambda: _turn(database, instance_id), 30)
    old_loaded = _median(lambda: _turn(database, instance_id), 10, before=database.cases.clear)
    _say("completion, young case", young)
    _say("completion, after 900 turns", old, young, "of the young case's")
    _say("completion, young case loaded anew", young_loaded, young, "of the live case's")
    _say("completion, old case loaded anew", old_loaded, old, "of the live case's")


def _turn(database: Database, instance_id: UUID) -> None:
    with reading(database) as work:
        task = work.user_tasks.of_instance(instance_id, only_open=True)[0]
    run_command(database, lambda work: complete_user_task(work, task.id, USER, {"again": True, "ok": False}, NOW))


def _worklists(database: Database) -> None:
    """The first page of a desk among few and among many open tasks."""
    run_command(database, lambda work: deploy(work, (DRAWINGS / "rework.bpmn").read_bytes(), now=NOW))
    instance_id = run_command(database, lambda work: start_instance(work, "rework", {"unit": str(UNIT)}, now=NOW).id)
    _fill(database, instance_id, 1_000)
    few = _median(lambda: _desk(database), 50)
    _fill(database, instance_id, 99_000)
    many = _median(lambda: _desk(database), 50)
    _say("desk among 1,000 open tasks", few)
    _say("desk among 100,000 open tasks", many, few, "of the small desk's")


def _fill(database: Database, instance_id: UUID, count: int) -> None:
    def add(work: object) -> None:
        rows = [
            UserTask(
                id=uuid4(),
                instance_id=instance_id,
                element_id="step",
                name="Việc",
                state="created",
                unit_id=UNIT,
                candidate_key=KEY if number % 50 == 0 else f"{uuid4().hex}:official",
                due_at=NOW + timedelta(hours=number),
                created_at=NOW,
                version=1,
            )
            for number in range(count)
        ]
        work.session.add_all(rows)  # type: ignore[attr-defined]

    run_command(database, add)


def _desk(database: Database) -> None:
    with reading(database) as work:
        worklist(work, mine(USER), limit=50)


def _reader() -> None:
    """How long a plan takes to be read: a long one of ours, and those that lie beside the checkout."""
    rows = [
        Activity(task=f"Rà soát quy trình nội bộ số {n}", number=str(n), lead=("Văn phòng Sở",), timing_raw="Quý II")
        for n in range(1, 301)
    ]
    long = write_docx(Paper(PlanHead(title="Kế hoạch rà soát năm 2026", year=2026), rows))
    _say("reading a .docx of 300 rows", _median(lambda: read_plan(long, "plan.docx"), 3))
    for path in sorted(PLANS.glob("*.txt")):
        content = path.read_bytes()
        _say(f"reading a plan of {len(content) // 1024} kB", _median(lambda: read_plan(content, "plan.txt"), 3))  # noqa: B023


def _median(call: Callable[[], object], times: int, *, before: Callable[[], object] = lambda: None) -> float:
    """Seconds, the median of `times` calls."""
    taken = []
    for _ in range(times):
        before()
        began = time.perf_counter()
        call()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _say(what: str, seconds: float, beside: float | None = None, of_what: str = "") -> None:
    ratio = "" if beside is None else f"   {seconds / beside:6.2f} times that {of_what}"
    print(f"{what:45} {seconds * 1000:9.2f} ms{ratio}", flush=True)


@contextmanager
def _database() -> Iterator[Database]:
    with TemporaryDirectory(prefix="bangiao-bench-") as folder:
        database = Database(f"sqlite:///{folder}/bench.sqlite")
        upgrade(database)
        try:
            yield database
        finally:
            database.close()


if __name__ == "__main__":
    main()
