"""A program's story over real HTTP: it deploys, starts, completes, sends a message, moves the clock; then a restart."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.story.server import free_port

ROOT = Path(__file__).parents[2]
DRAWINGS = ROOT / "tests" / "bpmn"
STARTS_WITHIN_SECONDS = 120


class Server:
    """`bangiao serve` in a process of its own, on an empty home."""

    def __init__(self, home: Path) -> None:
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("BANGIAO_")},
            "BANGIAO_HOME": str(home),
            "BANGIAO_CLOCK": "virtual",
        }
        self.log = home / "server.log"
        self.port = free_port()
        self.token = ""
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str) -> str:
        """A command of the command line; what it prints."""
        return subprocess.run(
            [sys.executable, "-m", "web.cli", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "web.cli", "serve", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < until:
            assert self.process.poll() is None, "the server ended"
            try:
                if self.call("GET", "/readyz", prefix="")[0] == 200:
                    return
            except ConnectionError:
                time.sleep(0.2)
        pytest.fail("the server did not become ready")

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(sign)
        code = self.process.wait(60)
        self.process = None
        return code

    def call(
        self, method: str, path: str, body: Any = None, *, kind: str = "application/json", prefix: str = "/api/v1"
    ) -> tuple[int, Any]:
        """Status and body of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            sent = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
            headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
            if sent is not None:
                headers["Content-Type"] = kind
            connection.request(method, prefix + path, sent, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        finally:
            connection.close()

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        status, said = self.call("POST", path, body, **more)
        assert status in (200, 201, 202), (path, status, said)
        return said

    def get(self, path: str) -> Any:
        status, said = self.call("GET", path)
        assert status == 200, (path, status, said)
        return said


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    made.run("person", "add", "--login", "quantri", "--name", "Quản trị", "--role", "administrator")
    made.token = made.run("token", "create", "--person", "quantri").strip()
    try:
        made.start()
        yield made
    finally:
        if made.process is not None:
            made.stop(signal.SIGKILL)


def test_a_program_runs_cases_and_a_restart_loses_nothing(server: Server) -> None:
    for name in ("awaiting", "reminded"):
        server.post("/definitions", (DRAWINGS / f"{name}.bpmn").read_bytes(), kind="application/xml")
    unit = server.get("/units")["items"][0]["id"]
    asked = server.post("/instances", {"definition": "awaiting", "variables": {"number": "21"}})["id"]
    slow = server.post("/instances", {"definition": "reminded", "variables": {"unit": unit, "urged": 0}})["id"]
    assert "21" not in server.get(f"/instances/{asked}/explanation")["sentence"]
    assert server.post("/messages", {"name": "reply", "correlation": "21"}) == {"received": 1}
    server.post("/clock", {"advance_seconds": 86_400 + 1})

    assert server.stop(signal.SIGKILL) == -signal.SIGKILL
    server.start()

    (task,) = server.get(f"/tasks?instance={asked}")["items"]
    server.post(f"/tasks/{task['id']}/complete", {"variables": {"noted": True}})
    assert server.call("POST", f"/tasks/{task['id']}/complete", {"variables": {}})[0] == 409
    assert server.get(f"/instances/{asked}")["status"] == "completed"
    server.post("/clock", {"advance_seconds": 10 * 86_400})
    assert server.get(f"/instances/{slow}")["status"] == "completed"
    history = [step["element_id"] for step in server.get(f"/instances/{slow}/history")["items"]]
    assert history.count("count") == 3, "once a day, three times, over the restart"
    assert server.stop() == 0
    assert "khớp" in server.run("reconcile")


def test_the_server_tells_strangers_nothing_but_its_health_and_description(server: Server) -> None:
    server.token = ""
    assert server.call("GET", "/healthz", prefix="")[0] == 200
    assert server.call("GET", "/openapi.json")[0] == 200
    status, said = server.call("GET", "/instances")
    assert (status, said["status"]) == (401, 401)
    assert server.call("POST", "/instances", b"{", kind="application/json")[0] == 401


@pytest.mark.long
def test_thousands_of_made_up_calls_are_answered_as_described(server: Server) -> None:
    """Schemathesis makes calls from openapi.json, right ones and wrong ones: no fault of ours, no surprise."""
    checks = (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "ignored_auth",
        "negative_data_rejection",
    )
    made = subprocess.run(
        [
            str(Path(sys.executable).parent / "schemathesis"),
            "run",
            f"http://127.0.0.1:{server.port}/api/v1/openapi.json",
            "--header",
            f"Authorization: Bearer {server.token}",
            "--checks",
            ",".join(checks),
            "--phases",
            "coverage,fuzzing",
            "--max-examples",
            "15",
            "--max-time",
            "120",
            "--no-color",
        ],
        cwd=server.environment["BANGIAO_HOME"],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert made.returncode == 0, made.stdout[-6000:] + server.log.read_text("utf-8", "replace")[-6000:]
