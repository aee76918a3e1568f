"""Live cases: kept in memory, caught up with what others wrote, dropped on errors, bounded in what they cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from domain.errors import Invalid, NotAllowed
from engine import live as live_cases
from engine.cases import taken_out
from engine.checking import StateDiffers
from engine.moments import moment
from engine.spiff.case import Case
from engine.user_tasks import claim_user_task, complete_user_task
from storage.database import Database
from storage.transactions import Work, reading, run_command
from tests.unit.engine.conftest import ADMINISTRATOR, OFFICIAL, Engine

MOST_STATEMENTS = 14


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """The statements sent meanwhile, BEGIN and COMMIT left out."""
    sent: list[str] = []

    def listen(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", listen)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", listen)


@contextmanager
def loads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """How cases come into memory meanwhile."""
    seen: list[str] = []
    with monkeypatch.context() as patched:
        original = Case.load.__func__  # type: ignore[attr-defined]

        def load(cls: type[Case], *arguments: Any) -> Case:
            seen.append("load")
            return original(cls, *arguments)  # type: ignore[no-any-return]

        patched.setattr(Case, "load", classmethod(load))
        yield seen


def rework(engine: Engine, turns: int) -> Any:
    case = engine.start("rework", {"ok": False})
    for _ in range(turns):
        engine.do(case, "write")
    return case


def test_a_case_is_loaded_once_and_then_kept(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    case = engine.start("rework", {"ok": False})
    with loads(monkeypatch) as seen:
        for _ in range(5):
            engine.do(case, "write")
    assert seen == []


def test_after_an_error_the_case_is_loaded_anew(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    case = engine.start("two_steps")
    task = engine.task(case, "draft")

    def refuse(work: Work) -> None:
        complete_user_task(work, task.id, ADMINISTRATOR, {}, engine.now)
        raise NotAllowed("không", "no")

    with pytest.raises(NotAllowed):
        run_command(engine.database, refuse)
    with loads(monkeypatch) as seen:
        engine.complete(task)
    assert seen == ["load"]
    assert engine.trace(case) == ["begin", "draft"]


def test_a_refused_value_leaves_the_case_as_it_was(engine: Engine) -> None:
    case = engine.start("two_steps")
    with pytest.raises(Invalid):
        engine.do(case, "draft", {"what": object()})
    engine.do(case, "draft")
    assert engine.doubts() == []


def test_another_process_catches_up_by_what_is_newer(engine: Engine, another: Callable[[], Database]) -> None:
    case = engine.start("several", {"turns": 0})
    engine.handlers["tell"] = lambda job: {}
    other = Engine(another(), engine.handlers)
    for turn in range(4):
        engine.do(case, "left", {"left": turn})
        other.do(case, "right", {"right": turn})
        (engine if turn % 2 else other).tick()
    assert [task.element_id for task in other.tasks(case)] == ["finish"]
    engine.do(case, "finish")
    assert engine.instance(case).status == "completed"
    assert engine.doubts() == []


def test_a_claim_does_not_make_the_others_load_the_case(
    engine: Engine, another: Callable[[], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = engine.start("two_steps")
    task = engine.task(case, "draft")
    run_command(another(), lambda work: claim_user_task(work, task.id, OFFICIAL, engine.now))
    with loads(monkeypatch) as seen:
        engine.complete(task)
    assert seen == []


def test_commands_inside_each_other_hold_the_same_case(engine: Engine) -> None:
    case = engine.start("several", {"turns": 0})
    left, right = engine.task(case, "left"), engine.task(case, "right")

    def both(work: Work) -> None:
        with taken_out(work, case, engine.now) as outer:
            outer.complete(left.id, {"left": 1}, moment(work, engine.now))
            with taken_out(work, case, engine.now) as inner:
                assert inner is outer
                inner.complete(right.id, {"right": 2}, moment(work, engine.now))

    before = engine.instance(case).revision
    run_command(engine.database, both)
    assert engine.instance(case).revision == before + 1
    assert engine.tasks(case) == []
    assert engine.doubts() == []


def test_one_transaction_is_one_revision(engine: Engine) -> None:
    case = engine.start("two_steps")
    before = engine.instance(case).revision

    def twice(work: Work) -> None:
        task = engine.task(case, "draft")
        claim_user_task(work, task.id, OFFICIAL, engine.now)
        complete_user_task(work, task.id, OFFICIAL, {}, engine.now)

    run_command(engine.database, twice)
    assert engine.instance(case).revision == before + 1


def test_a_change_that_is_not_written_is_found_at_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    case = engine.start("two_steps")

    def forgetful(work: Work, *_: Any) -> None:
        return None

    monkeypatch.setattr("storage.tokens.Tokens.write", forgetful)
    with pytest.raises(StateDiffers):
        engine.do(case, "draft")


@pytest.mark.parametrize("history", [30, 300])
def test_a_completion_takes_few_statements_however_long_the_history(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, history: int
) -> None:
    monkeypatch.setenv("BANGIAO_CHECK_STATE", "0")
    case = rework(engine, history)
    task = engine.task(case, "write")
    with counting(engine.database) as sent:
        engine.complete(task)
    assert len(sent) <= 10, "\n".join(sent)


def test_a_completion_with_timers_and_forms_stays_within_its_bound(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANGIAO_CHECK_STATE", "0")
    engine.handlers["tell"] = lambda job: {}
    case = engine.start("several", {"turns": 0})
    engine.tick()
    engine.do(case, "left")
    task = engine.task(case, "right")
    with counting(engine.database) as sent:
        engine.complete(task)  # closes a task and a timer; opens two tasks, a timer and a job
    assert len(sent) <= MOST_STATEMENTS, "\n".join(sent)
    assert [one.element_id for one in engine.tasks(case)].count("left") == 1


def test_rows_of_a_case_do_not_grow_with_its_age(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANGIAO_CHECK_STATE", "0")
    case = rework(engine, 150)
    with reading(engine.database) as work:
        assert len(work.tokens.of(case)) < 10
        assert len(work.tokens.newer(case, 0)) < 10 + live_cases.REVISIONS_KEPT * 10
    assert engine.doubts() == []


@pytest.mark.long
def test_three_thousand_turns_of_a_loop_stay_quick(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANGIAO_CHECK_STATE", "0")
    case = rework(engine, 2_999)
    task = engine.task(case, "write")
    with counting(engine.database) as sent:
        engine.complete(task)
    assert len(sent) <= 10, "\n".join(sent)
    engine.now += timedelta(days=1)
    engine.do(case, "write", {"ok": True})
    assert engine.instance(case).status == "completed"
    assert engine.trace(case).count("write") == 3_001
    assert engine.doubts() == []
