"""http: calls another program, only where an administrator allows it; off by default.

Payload: {"url", "method"?: GET, "json"?: value}. Setting: HTTP_ALLOW, hosts with port, parted by commas
("esb.yenha.example:443"). Result: {"status", "body"}. An answer of 500 or more is tried again; 400 to 499 is the
business error HTTP_<status>. Redirects are not followed: they could lead where nobody allowed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

from domain.errors import BpmnError, Conflict, NotAllowed
from engine.jobs import Handler, Job

TIMEOUT_SECONDS = 30
LARGEST_BYTES = 1_000_000
PORTS = {"http": 80, "https": 443}


def call(settings: Mapping[str, str]) -> Handler:
    """Build the handler; the job's id goes along as Idempotency-Key."""
    allowed = frozenset(each.strip().lower() for each in settings.get("HTTP_ALLOW", "").split(",") if each.strip())

    def send(job: Job) -> Mapping[str, Any]:
        url = urlsplit(str(job.payload.get("url") or ""))
        host = f"{url.hostname}:{url.port or PORTS.get(url.scheme, 0)}"
        if url.scheme not in PORTS or host not in allowed:
            raise NotAllowed(f"Chưa cho phép gọi {host}", f"HTTP_ALLOW does not name {host}")
        status, body = _answer(url, job)
        if status >= 500:
            raise Conflict(f"{host} trả lời {status}", f"{host} answered {status}")
        if status >= 400:
            raise BpmnError(f"HTTP_{status}", body[:500])
        return {"status": status, "body": _parsed(body)}

    return send


def _answer(url: SplitResult, job: Job) -> tuple[int, str]:
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    connection = kind(str(url.hostname), url.port or PORTS[url.scheme], timeout=TIMEOUT_SECONDS)
    try:
        body = json.dumps(job.payload["json"]).encode() if "json" in job.payload else None
        headers = {"Idempotency-Key": str(job.id), "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        path = url.path or "/"
        connection.request(
            str(job.payload.get("method") or "GET"), f"{path}?{url.query}" if url.query else path, body, headers
        )
        answer = connection.getresponse()
        return answer.status, answer.read(LARGEST_BYTES).decode("utf-8", "replace")
    finally:
        connection.close()


def _parsed(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body
