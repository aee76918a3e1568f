"""A broken run is an incident: readable, mendable, retried by a person."""

from __future__ import annotations

import pytest

from domain.errors import NotAllowed
from engine.incidents import retry_incident
from engine.instances import terminate_instance
from engine.mending import mend_and_retry
from storage.tables import Incident
from storage.transactions import reading, run_command
from tests.unit.engine.conftest import ADMINISTRATOR, NOW, OFFICIAL, Engine


def only_incident(engine: Engine) -> Incident:
    with reading(engine.database) as work:
        (incident,) = work.incidents.page()
    return incident


def test_a_failing_script_stands_as_an_incident_and_the_completion_counts(engine: Engine) -> None:
    case = engine.start("failing")
    engine.do(case, "enter", {"total": 10, "parts": 0})
    incident = only_incident(engine)
    assert (incident.instance_id, incident.element_id, incident.kind) == (case, "divide", "expression")
    assert incident.message
    assert engine.instance(case).open_incidents == 1
    assert "enter" in engine.trace(case)
    with reading(engine.database) as work:
        assert [one.id for one in work.instances.page(status="incident")] == [case]
        assert work.instances.page(status="active") == []
    assert engine.doubts() == []


def test_a_retry_that_fails_again_is_a_new_incident(engine: Engine) -> None:
    case = engine.start("failing")
    engine.do(case, "enter", {"total": 10, "parts": 0})
    first = only_incident(engine)
    run_command(engine.database, lambda work: retry_incident(work, first.id, ADMINISTRATOR, NOW))
    second = only_incident(engine)
    assert second.id != first.id
    assert engine.instance(case).open_incidents == 1
    assert engine.doubts() == []


def test_retrying_a_settled_incident_changes_nothing(engine: Engine) -> None:
    case = engine.start("failing")
    engine.do(case, "enter", {"total": 10, "parts": 0})
    first = only_incident(engine)
    for _ in range(2):
        run_command(engine.database, lambda work: retry_incident(work, first.id, ADMINISTRATOR, NOW))
    assert engine.instance(case).open_incidents == 1


def test_thousands_of_steps_stopped_together_are_one_incident_and_go_on_once_mended(engine: Engine) -> None:
    case = engine.start("doubling")
    engine.do(case, "enter", {"enough": False})
    incident = only_incident(engine)
    assert incident.kind == "loop"
    assert "“Đủ chưa”" in incident.message
    assert engine.instance(case).open_incidents == 1
    with reading(engine.database) as work:
        assert len(list(work.tokens.of(case))) > 1_000
    run_command(engine.database, lambda work: mend_and_retry(work, incident.id, "enough", True, ADMINISTRATOR, NOW))
    for _ in range(5):
        if engine.instance(case).open_incidents:
            again = only_incident(engine).id
            run_command(engine.database, lambda work, again=again: retry_incident(work, again, ADMINISTRATOR, NOW))
    assert engine.instance(case).status == "completed"
    assert engine.instance(case).open_incidents == 0


def test_not_everybody_retries(engine: Engine) -> None:
    case = engine.start("failing")
    engine.do(case, "enter", {"total": 10, "parts": 0})
    with pytest.raises(NotAllowed):
        run_command(engine.database, lambda work: retry_incident(work, only_incident(engine).id, OFFICIAL, NOW))


def test_a_terminated_case_has_no_open_incident(engine: Engine) -> None:
    case = engine.start("failing")
    engine.do(case, "enter", {"total": 10, "parts": 0})
    run_command(engine.database, lambda work: terminate_instance(work, case, ADMINISTRATOR, NOW))
    with reading(engine.database) as work:
        assert work.incidents.page() == []
        assert work.incidents.page(only_open=False)[0].resolution == "cancelled"
    assert engine.instance(case).open_incidents == 0
