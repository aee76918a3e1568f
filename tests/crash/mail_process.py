"""A worker to be killed: `python mail_process.py URL PORT`. It says on stdout that a letter is away, and never more."""

from __future__ import annotations

import sys
import time

from engine.clock import now
from engine.jobs import Handler, Job
from engine.queue import ThreadQueue
from handlers import build
from storage.database import Database
from web.letters import LetterWriter


def for_ever() -> None:
    while True:
        time.sleep(60)


def holding(handler: Handler) -> Handler:
    """The handler, whose end is never recorded."""

    def send(job: Job) -> None:
        print(handler(job), flush=True)  # noqa: T201 - it is how the test hears of us
        for_ever()

    return send


if __name__ == "__main__":
    DATABASE = Database(sys.argv[1])
    SETTINGS = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": sys.argv[2]}
    HANDLERS = build(DATABASE, SETTINGS, writer=LetterWriter(None), now=lambda: now(DATABASE))
    ThreadQueue(DATABASE, {topic: holding(handler) for topic, handler in HANDLERS.items()}, threads=1).start()
    for_ever()
