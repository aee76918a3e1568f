"""A small office behind the real application: one database, people who sign in, cases of a shipped process."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bpmn.library import shipped
from domain.words import Words
from engine.clock import start_virtual_clock
from engine.definitions import deploy
from engine.instances import start_instance
from office.passwords import hash_password
from office.people import add_person, give_post
from office.units import add_unit
from storage.tables import Activity, Occurrence, Plan, UserTask
from storage.transactions import Work, reading
from web.app import create_app
from web.settings import read_settings
from web.system import System, build_system

NOW = datetime(2026, 3, 12, 3, 42, tzinfo=UTC)  # Thursday, 10:42 in Vietnam
PASSWORD = "mat-khau-thu-2026"
DRAFTED = {"draft_summary": "Bỏ ba giấy tờ phải nộp."}
_HASHED: list[str] = []

UNITS = {
    "SO": ("Sở Nông nghiệp và Môi trường tỉnh Yên Hà", "department", None),
    "VP": ("Văn phòng Sở", "division", "SO"),
    "TC": ("Phòng Tổ chức và Pháp chế", "division", "SO"),
    "QT": ("Phòng Quan trắc và Thống kê", "division", "SO"),
}
PEOPLE = {
    "lua": ("Vi Thị Lụa", "TC", "official", "Chuyên viên"),
    "thuan": ("Hoàng Diệu Thuần", "TC", "official", "Chuyên viên"),
    "khoat": ("Trịnh Hữu Khoát", "TC", "head", "Trưởng phòng"),
    "hien": ("Phùng Khắc Hiển", "QT", "official", "Chuyên viên"),
    "nhuan": ("Tạ Đình Nhuận", "SO", "leader", "Phó Giám đốc Sở"),
    "hac": ("Ngô Thị Mỹ Hạc", "VP", "clerk", "Văn thư Sở"),
    "ve": ("Lò Văn Vẽ", "SO", "designer", None),
    "quantri": ("Quản trị hệ thống", "SO", "administrator", None),
}


class Browser:
    """A signed-in person at the pages: follows no redirect unless told, sends the page's own CSRF token."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = ""

    def get(self, address: str, **more: Any) -> TestResponse:
        answer = self.client.get(address, **more)
        self._keep_token(answer)
        return answer

    def post(self, address: str, fields: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        answer = self.client.post(address, data={"csrf_token": self.token, **(fields or {})}, **more)
        self._keep_token(answer)
        return answer

    def _keep_token(self, answer: TestResponse) -> None:
        if answer.mimetype == "text/html" and (found := re.search(r'name="csrf-token" content="([^"]+)"', answer.text)):
            self.token = found[1]


@dataclass
class Office:
    """The system, its pages, and the ids of what is in it by name."""

    system: System
    app: Flask
    units: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)

    def guest(self) -> Browser:
        return Browser(self.app.test_client())

    def sign_in(self, login: str) -> Browser:
        browser = self.guest()
        browser.get("/sign-in")
        answer = browser.post("/sign-in", {"login": login, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        browser.get("/account")
        return browser

    def start(self, key: str = "activity", *, number: str = "2.3", title: str = "", **variables: Any) -> UUID:
        """A case of a row of the plan 18/KH-SNNMT, led by Phòng Tổ chức và Pháp chế."""
        title = title or "Phương án rút gọn thủ tục cấp phép khai thác nước dưới đất"
        return self.system.run(lambda work: self._start(work, key, number, title, variables))

    def _start(self, work: Work, key: str, number: str, title: str, given: Mapping[str, Any]) -> UUID:
        plan = self._plan(work)
        due = given.get("due_date", "2026-03-16")
        activity = Activity(
            id=uuid4(),
            plan_id=plan.id,
            position=len(work.activities.of_plan(plan.id)),
            number=number,
            task=title,
            products=["Tờ trình"],
            lead=[],
            coordinating=[],
            timing=[],
            lines=[],
            lead_unit_id=self.units["TC"],
            definition_key=key,
            doubts=[],
            state="started",
        )
        work.activities.add(activity)
        work.flush()
        occurrence = Occurrence(
            id=uuid4(),
            activity_id=activity.id,
            period="2026",
            opens_at=NOW,
            due_date=date.fromisoformat(due) if due else None,
            due_explanation=Words("Trước ngày 17/3/2026: hạn 16/3/2026", "Before 17 Mar 2026: due 16 Mar 2026"),
        )
        work.occurrences.add(occurrence)
        work.flush()
        variables = {
            "activity_id": str(activity.id),
            "plan_id": str(plan.id),
            "occurrence_id": str(occurrence.id),
            "number": number,
            "title": title,
            "products": ["Tờ trình"],
            "lead": str(self.units["TC"]),
            "department": str(self.units["SO"]),
            "leader_unit": str(self.units["SO"]),
            "clerk_unit": str(self.units["VP"]),
            "coordinating": [],
            "due_date": due,
            "inputs_due_days": 5,
            "silence_rule": True,
            "to_committee": False,
            "checkins": [],
            "proposed_definition": "simple",
            "due_in": None,
            **given,
        }
        instance = start_instance(work, key, variables, business_key=str(occurrence.id), title=title, now=NOW)
        occurrence.instance_id = instance.id
        return instance.id

    def _plan(self, work: Work) -> Plan:
        found = next(iter(work.plans.all()), None)
        if found is None:
            found = work.plans.add(
                Plan(
                    id=uuid4(),
                    title="Kế hoạch kiểm soát thủ tục hành chính năm 2026",
                    number="18/KH-SNNMT",
                    year=2026,
                    state="active",
                    reading={},
                    created_at=NOW,
                )
            )
            work.flush()
        return found

    def tasks(self, instance_id: UUID, *, only_open: bool = True) -> list[UserTask]:
        with reading(self.system.database) as work:
            return list(work.user_tasks.of_instance(instance_id, only_open=only_open))

    def task(self, instance_id: UUID) -> UserTask:
        """The one open task of a case."""
        (found,) = self.tasks(instance_id)
        return found


@pytest.fixture
def office(new_sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """The office on 12 March 2026, with the shipped processes and nobody at work yet."""
    with opened_office(new_sqlite_url, tmp_path) as made:
        yield made


@contextmanager
def opened_office(url: str, home: Path, environment: Mapping[str, str] | None = None) -> Iterator[Office]:
    """The office in the empty database at `url`, with further BANGIAO_ settings."""
    settings = read_settings(
        environment or {}, home=home, database=url, clock="virtual", secret_key="k" * 8 + "thử" * 20
    )
    system = build_system(settings)
    start_virtual_clock(system.database, NOW)
    made = Office(system, create_app(settings, system))
    system.run(lambda work: _furnish(work, made))
    yield made
    system.close()


def _furnish(work: Work, office: Office) -> None:
    if not _HASHED:
        _HASHED.append(hash_password(PASSWORD))  # slow on purpose; once is enough
    for code, (name, kind, parent) in UNITS.items():
        unit = add_unit(work, code, name, kind=kind, parent_id=office.units.get(parent or ""))
        office.units[code] = unit.id
    for login, (name, unit_code, role, title) in PEOPLE.items():
        person = add_person(work, login, name, NOW)
        person.password_hash = _HASHED[0]
        give_post(work, person.id, office.units[unit_code], role, title=title)
        office.people[login] = person.id
    for process in shipped():
        deploy(work, process.xml, key=process.key, forms=tuple(process.forms.items()), origin="shipped", now=NOW)
