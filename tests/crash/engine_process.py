"""A process to be killed: `python engine_process.py URL what`. It says on stdout how far it is.

hold-job      claims jobs and never ends the first one
hold-command  completes a user task and never commits
complete      completes every open user task, one command each
work          a worker and a ticker under the virtual clock
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from uuid import UUID, uuid4

from domain.people import Post, User
from engine.clock import now
from engine.due import TimersDue
from engine.jobs import Job
from engine.queue import ThreadQueue
from engine.ticker import Ticker
from engine.user_tasks import complete_user_task
from storage.database import Database
from storage.task_lists import tasks_page
from storage.transactions import Work, reading, run_command

ADMINISTRATOR = User(uuid4(), "quan-tri", "Người thử", posts=(Post(uuid4(), "administrator"),))


def say(words: object) -> None:
    print(words, flush=True)  # noqa: T201 - it is how the test hears of us


def open_tasks(database: Database) -> list[UUID]:
    with reading(database) as work:
        return [task.id for task in tasks_page(work, state="created")]


def for_ever() -> None:
    while True:
        time.sleep(60)


def hold_job(database: Database) -> None:
    def hold(job: Job) -> None:
        say(job.id)
        for_ever()

    ThreadQueue(database, {"mail": hold}, threads=1).start()
    for_ever()


def hold_command(database: Database) -> None:
    def command(work: Work) -> None:
        complete_user_task(work, open_tasks(database)[0], ADMINISTRATOR, {}, now(database))
        work.flush()
        say("flushed")
        for_ever()

    run_command(database, command)


def complete(database: Database) -> None:
    for task_id in open_tasks(database):
        run_command(database, lambda work, id=task_id: complete_user_task(work, id, ADMINISTRATOR, {}, now(database)))
        say(task_id)


def work_on(database: Database) -> None:
    ThreadQueue(database, {"mail": lambda job: None}, threads=3).start()
    Ticker(database, [TimersDue()], every=timedelta(milliseconds=50)).start()
    say("working")
    for_ever()


if __name__ == "__main__":
    WHAT = {"hold-job": hold_job, "hold-command": hold_command, "complete": complete, "work": work_on}
    WHAT[sys.argv[2]](Database(sys.argv[1]))
