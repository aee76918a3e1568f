"""Deploying and withdrawing: versions, forms, and what starts cases without a person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import Conflict, DefinitionInvalid, NotFound
from engine.definitions import deploy, withdraw
from engine.instances import start_instance
from engine.messages import publish_message
from storage.transactions import reading, run_command
from tests.unit.engine.conftest import DRAWINGS, NOW, Engine


def test_each_deployment_is_a_version(engine: Engine) -> None:
    assert engine.deploy("two_steps").version == 1
    assert engine.deploy("two_steps").version == 2


def test_the_key_names_the_deployment(engine: Engine) -> None:
    xml = (DRAWINGS / "two_steps.bpmn").read_bytes()
    definition = run_command(engine.database, lambda work: deploy(work, xml, key="other", now=NOW))
    assert (definition.key, definition.version) == ("other", 1)
    assert definition.processes == [{"id": "two_steps", "name": "Hai bước", "executable": True}]
    assert definition.xml == xml


def test_a_wrong_drawing_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(DefinitionInvalid):
        run_command(engine.database, lambda work: deploy(work, b"<no/>", now=NOW))
    with reading(engine.database) as work:
        assert work.definitions.page() == []


def test_a_running_case_stays_on_its_version(engine: Engine) -> None:
    first = engine.start("two_steps")
    engine.deploy("two_steps")
    second = engine.start("two_steps")
    assert engine.instance(first).definition_id != engine.instance(second).definition_id
    engine.do(first, "draft")
    assert engine.trace(first) == ["begin", "draft"]


def test_a_withdrawn_definition_starts_no_case(engine: Engine) -> None:
    running = engine.start("two_steps")
    run_command(engine.database, lambda work: withdraw(work, "two_steps", NOW))
    with pytest.raises(Conflict):
        run_command(engine.database, lambda work: start_instance(work, "two_steps", {}, now=NOW))
    engine.do(running, "draft")


def test_what_was_never_deployed_cannot_be_withdrawn(engine: Engine) -> None:
    with pytest.raises(NotFound):
        run_command(engine.database, lambda work: withdraw(work, "none", NOW))


def test_a_message_starts_one_case_of_the_newest_version(engine: Engine) -> None:
    engine.deploy("answering", "answering")
    assert run_command(engine.database, lambda work: publish_message(work, "ask", None, {"number": "7"}, NOW)) == 1
    (only,) = engine.instances("answering")
    with reading(engine.database) as work:
        assert work.definitions.get(only.definition_id).version == 2
    assert engine.variables(only.id)["number"] == "7"


def test_after_withdrawal_a_message_starts_nothing(engine: Engine) -> None:
    engine.deploy("answering")
    run_command(engine.database, lambda work: withdraw(work, "answering", NOW))
    assert run_command(engine.database, lambda work: publish_message(work, "ask", None, {}, NOW)) == 0


def test_a_start_timer_fires_each_turn_of_its_cycle(engine: Engine) -> None:
    engine.now = NOW.replace(month=1, day=1)
    engine.deploy("monthly")
    for _ in range(14):
        engine.tick(timedelta(days=30))
    assert len(engine.instances("monthly")) == 12
    assert engine.tick(timedelta(days=365)) == 0


def test_a_new_version_takes_over_the_start_timer(engine: Engine) -> None:
    engine.now = NOW.replace(month=1, day=1)
    engine.deploy("monthly", "monthly")
    engine.tick(timedelta(days=20))
    assert len(engine.instances("monthly")) == 1


def test_a_withdrawn_definition_has_no_start_timer(engine: Engine) -> None:
    engine.now = NOW.replace(month=1, day=1)
    engine.deploy("monthly")
    run_command(engine.database, lambda work: withdraw(work, "monthly", engine.now))
    assert engine.tick(timedelta(days=100)) == 0


def test_a_form_is_a_new_version_only_when_it_changed(engine: Engine) -> None:
    xml = (DRAWINGS / "two_steps.bpmn").read_bytes()
    form = {"type": "default", "components": []}
    for title in ("a", "a", "b"):
        forms = [("draft", {**form, "name": title})]
        run_command(engine.database, lambda work, forms=forms: deploy(work, xml, forms=forms, now=NOW))
    with reading(engine.database) as work:
        assert work.forms.newest_version("draft") == 2


def test_a_task_keeps_the_form_version_it_opened_with(engine: Engine) -> None:
    xml = (DRAWINGS / "two_steps.bpmn").read_bytes()
    run_command(engine.database, lambda work: deploy(work, xml, forms=[("draft", {"name": "a"})], now=NOW))
    first = engine.start("two_steps")
    run_command(engine.database, lambda work: deploy(work, xml, forms=[("draft", {"name": "b"})], now=NOW))
    second = engine.start("two_steps")
    assert engine.task(first, "draft").form_version == 1
    assert engine.task(second, "draft").form_version == 2
