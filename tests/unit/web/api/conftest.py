"""Programs that call the API of the small office, each with its person's token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.clock import wall_clock
from office.access_tokens import issue_token
from storage.transactions import Work
from web.system import System

DRAWINGS = Path(__file__).parents[3] / "bpmn"


class Office(Protocol):
    """What `tests/unit/web/conftest.py` furnishes."""

    system: System
    app: Flask
    units: dict[str, UUID]
    people: dict[str, UUID]


@dataclass
class Program:
    """A caller with a token; `headers` go along with every call."""

    client: FlaskClient
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, **more: Any) -> TestResponse:
        return self.client.get(f"/api/v1{address}", headers=self.headers, **more)

    def post(self, address: str, body: Any = None, *, key: str | None = None, **more: Any) -> TestResponse:
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        if body is not None:
            more["json"] = body
        return self.client.post(f"/api/v1{address}", headers=headers, **more)

    def deploy(self, name: str, **replaced: str) -> str:
        """Deploy tests/bpmn/<name>.bpmn; its key."""
        xml = (DRAWINGS / f"{name}.bpmn").read_text().replace(' bangiao:form="draft"', "")
        for old, new in replaced.items():
            xml = xml.replace(old, new)
        answer = self.post("/definitions", data=xml.encode(), content_type="application/xml")
        assert answer.status_code == 201, answer.text
        return str(answer.json["key"])

    def start(self, definition: str, **variables: Any) -> str:
        answer = self.post("/instances", {"definition": definition, "variables": variables})
        assert answer.status_code == 201, answer.text
        return str(answer.json["id"])

    def task(self, instance: str) -> dict[str, Any]:
        """The one open task of a case."""
        found = [each for each in self.items(f"/tasks?instance={instance}") if each["state"] in ("created", "claimed")]
        assert len(found) == 1, found
        return found[0]

    def items(self, address: str) -> list[dict[str, Any]]:
        answer = self.get(address)
        assert answer.status_code == 200, answer.text
        return list(answer.json["items"])


Programs = Callable[..., Program]


@pytest.fixture
def program(office: Office) -> Programs:
    """A program that acts for this person; a guest's without one."""

    def made(login: str | None = None, **headers: str) -> Program:
        if login is None:
            return Program(office.app.test_client(), headers)

        def issue(work: Work) -> str:
            return issue_token(work, work.people.get(office.people[login]), "test", wall_clock())

        token = office.system.run(issue)
        return Program(office.app.test_client(), {"Authorization": f"Bearer {token}", **headers})

    return made
