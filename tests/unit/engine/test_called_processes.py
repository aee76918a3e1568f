"""A called process runs inside its caller's case, on the version there was when the case started."""

from __future__ import annotations

from engine.definitions import deploy
from engine.incidents import retry_incident
from storage.transactions import reading, run_command
from tests.unit.engine.conftest import ADMINISTRATOR, DRAWINGS, NOW, Engine


def deploy_version(engine: Engine, version: int) -> None:
    xml = (DRAWINGS / "called.bpmn").read_bytes().replace(b"version = 1", f"version = {version}".encode())
    run_command(engine.database, lambda work: deploy(work, xml, now=NOW))


def test_it_runs_inside_the_case_and_hands_its_variables_back(engine: Engine) -> None:
    deploy_version(engine, 1)
    case = engine.start("calling")
    engine.do(case, "prepare")
    assert [task.element_id for task in engine.tasks(case)] == ["inside"]
    engine.do(case, "inside")
    assert engine.variables(case)["version"] == 1
    with reading(engine.database) as work:
        scopes = {step.element_id: step.scope for step in work.steps.of(case)}
    assert (scopes["inside"], scopes["call"]) == ("call", None)
    assert engine.doubts() == []


def test_a_running_case_keeps_the_version_it_began_with(engine: Engine) -> None:
    deploy_version(engine, 1)
    older = engine.start("calling")
    deploy_version(engine, 2)
    newer = engine.start("calling")
    for case in (older, newer):
        engine.database.cases.clear()
        engine.do(case, "prepare")
        engine.do(case, "inside")
    assert [engine.variables(case)["version"] for case in (older, newer)] == [1, 2]


def test_what_is_not_deployed_yet_is_an_incident_that_a_retry_mends(engine: Engine) -> None:
    case = engine.start("calling")
    engine.do(case, "prepare")
    with reading(engine.database) as work:
        (incident,) = work.incidents.open_of_instance(case)
    assert incident.element_id == "call"
    deploy_version(engine, 1)
    run_command(engine.database, lambda work: retry_incident(work, incident.id, ADMINISTRATOR, NOW))
    assert [task.element_id for task in engine.tasks(case)] == ["inside"]
    assert engine.instance(case).open_incidents == 0
    assert engine.doubts() == []
