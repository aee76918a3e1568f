"""kill -9 between the letter and its record: it is sent again under the same Message-ID, and then no more."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from engine.clock import start_virtual_clock, wall_clock
from engine.due import JobsDue
from engine.jobs import LEASE
from handlers import build
from office.notices import add_notice
from office.people import add_person
from storage.database import Database
from storage.transactions import Work, run_command
from tests.mailbox import open_mailbox
from tests.unit.engine.conftest import NOW
from web.letters import LetterWriter

ROOT = Path(__file__).parents[2]
PROCESS = Path(__file__).parent / "mail_process.py"


def test_a_letter_of_a_killed_worker_comes_again_as_the_same_letter(database_url: str) -> None:
    database = Database(database_url, sends_mail=True)
    start_virtual_clock(database, NOW)

    def tell(work: Work) -> None:
        person = add_person(work, "lua", "Vi Thị Lụa", NOW, email="lua@yenha.example")
        person.mail_choice = "each"
        work.flush()
        add_notice(work, kind="late", text="Đã quá hạn", cause=str(uuid4()), now=NOW, person_id=person.id)

    run_command(database, tell)
    with open_mailbox() as box:
        worker = subprocess.Popen(
            [sys.executable, str(PROCESS), database_url, str(box.port)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        try:
            assert worker.stdout is not None
            assert worker.stdout.readline().strip() == "{'sent': True}"
        finally:
            worker.kill()
            worker.wait()
            if worker.stdout is not None:
                worker.stdout.close()
        handlers = build(database, box.settings, writer=LetterWriter(None), now=lambda: NOW)
        assert JobsDue(handlers).run(database, NOW) == 0  # the lease is still on
        later = JobsDue(handlers, wall=lambda: wall_clock() + LEASE + timedelta(seconds=1))
        assert [later.run(database, NOW), later.run(database, NOW)] == [1, 0]
        assert len(box.letters) == 2
        assert len({letter["Message-ID"] for letter in box.letters}) == 1
    database.close()
