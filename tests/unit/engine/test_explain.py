"""Every open case says in one sentence what it waits for."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.errors import NotFound
from engine.explain import Explanation, explain_instance, waiting_for_as_values
from engine.instances import suspend_instance, terminate_instance
from storage.transactions import reading, run_command
from tests.unit.engine.conftest import ADMINISTRATOR, NOW, UNIT, Engine


def names(unit_id: UUID | None, role: str | None) -> str:
    return "Phòng Trồng trọt" if unit_id == UNIT else "đơn vị khác"


def explain(engine: Engine, case: UUID) -> Explanation:
    with reading(engine.database) as work:
        return explain_instance(work, case, names, engine.now)


def test_a_task_names_its_unit_its_beginning_and_its_days_left(engine: Engine) -> None:
    case = engine.start("two_steps")
    engine.now += timedelta(days=1)
    said = explain(engine, case)
    assert "Phòng Trồng trọt" in said.sentence.vietnamese
    assert "soạn thảo" in said.sentence.vietnamese.lower()
    assert "2/3/2026" in said.sentence.vietnamese
    assert "còn 2 ngày làm việc" in said.sentence.vietnamese
    assert "2 working days left" in said.sentence.english
    (wait,) = waiting_for_as_values(said.waiting_for)
    assert (wait["kind"], wait["element_id"], wait["who"]) == ("user_task", "draft", "Phòng Trồng trọt")
    assert wait["since"] == NOW.isoformat()
    assert wait["remedies"]


def test_everything_waited_for_is_listed(engine: Engine) -> None:
    case = engine.start("several", {"turns": 0})
    kinds = sorted(wait.kind for wait in explain(engine, case).waiting_for)
    assert kinds == ["job", "timer", "user_task", "user_task"]
    assert {wait.kind for wait in explain(engine, engine.start("awaiting", {"number": "7"})).waiting_for} == {"message"}


def test_an_incident_comes_first_and_says_its_reason(engine: Engine) -> None:
    case = engine.start("failing")
    engine.do(case, "enter", {"total": 1, "parts": 0})
    said = explain(engine, case)
    assert said.waiting_for[0].kind == "incident"
    assert said.sentence.vietnamese.startswith("Dừng ở “Chia”")
    assert "thử lại" in said.sentence.vietnamese.lower()


def test_a_suspended_and_an_ended_case_say_so(engine: Engine) -> None:
    case = engine.start("two_steps")
    run_command(engine.database, lambda work: suspend_instance(work, case, ADMINISTRATOR, NOW))
    assert explain(engine, case).sentence.vietnamese.startswith("Đang tạm dừng")
    run_command(engine.database, lambda work: terminate_instance(work, case, ADMINISTRATOR, NOW))
    assert explain(engine, case).sentence.vietnamese == "Đã chấm dứt ngày 2/3/2026"
    assert explain(engine, case).waiting_for == ()


def test_an_unknown_case_is_not_found(engine: Engine) -> None:
    with pytest.raises(NotFound):
        explain(engine, uuid4())
