"""A server of its own for the story: started, asked, killed, started again; everything else is kept in its folder."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from engine.clock import start_virtual_clock
from storage import schema
from storage.database import Database

ROOT = Path(__file__).parents[3]
COMMAND = str(Path(sys.executable).with_name("bangiao"))
PATIENCE_SECONDS = 120.0


class Server:
    """`bangiao demo --no-plan` as a process on loopback, under a virtual clock that begins at `begins_at`."""

    def __init__(self, database_url: str, home: Path, begins_at: datetime) -> None:
        self.home = home
        self.database_url = database_url
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._running: subprocess.Popen[bytes] | None = None
        self._token = ""
        home.mkdir(parents=True, exist_ok=True)
        database = Database(database_url)
        if schema.is_empty(database):
            schema.upgrade(database)
        start_virtual_clock(database, begins_at)
        database.close()

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "BANGIAO_HOME": str(self.home),
            "BANGIAO_DATABASE": self.database_url,
            "BANGIAO_CLOCK": "virtual",
            "BANGIAO_CHECK_STATE": "1",
            "PYTHONUTF8": "1",
        }

    def start(self) -> None:
        """Start the process and wait until it is ready."""
        with (self.home / "server.log").open("ab") as log:
            self._running = subprocess.Popen(
                [COMMAND, "demo", "--no-plan", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        for _ in range(int(PATIENCE_SECONDS / 0.1)):
            if self._running.poll() is not None:
                break
            if _answers(self.address + "/readyz"):
                return
            time.sleep(0.1)
        raise AssertionError("the server did not start:\n" + self.log())

    def kill(self) -> None:
        """SIGKILL: it has no time for a word."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()
            self._running = None

    def log(self) -> str:
        return (self.home / "server.log").read_text(errors="replace")[-6000:]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`bangiao WORDS…` on the same database."""
        return subprocess.run(
            [COMMAND, *words], cwd=ROOT, env=self.environment, text=True, capture_output=True, timeout=120
        )

    def call(self, method: str, path: str, body: Any = None, *, xml: bytes | None = None) -> Any:
        """Ask the API as the administrator; gives the answer's JSON."""
        if not self._token:
            made = self.run("token", "create", "--person", "quantri")
            assert made.returncode == 0, made.stderr
            self._token = made.stdout.strip()
        sent = xml if xml is not None else None if body is None else json.dumps(body).encode()
        kind = "application/xml" if xml is not None else "application/json"
        request = urllib.request.Request(
            f"{self.address}/api/v1{path}",
            data=sent,
            method=method,
            headers={"Authorization": f"Bearer {self._token}", "Content-Type": kind},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from error

    def let_pass(self, time_: timedelta) -> None:
        """Move the virtual clock on; all that falls due has happened when this returns."""
        self.call("POST", "/clock", {"advance_seconds": time_.total_seconds()})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
