"""A drawing is checked against what is deployed here: forms, what they fill, and the definitions it calls."""

from __future__ import annotations

from bpmn.definitions import read_definition
from engine.definitions import add_form, deploy, withdraw
from engine.surroundings import surroundings
from storage.transactions import Work, run_command
from tests.unit.engine.conftest import DRAWINGS, NOW, Engine

FORM = {"id": "draft", "type": "default", "components": [{"type": "textfield", "key": "total", "label": "Số"}]}


def advice(work: Work, name: str) -> list[str | None]:
    xml = (DRAWINGS / f"{name}.bpmn").read_bytes()
    return [each.element for each in read_definition(xml, around=surroundings(work)).findings]


def test_two_branches_whose_forms_fill_one_variable_are_found(engine: Engine) -> None:
    def command(work: Work) -> None:
        assert advice(work, "advice_parallel_forms") == ["draft", "review"]
        add_form(work, "draft", FORM, NOW)
        add_form(work, "review", {**FORM, "id": "review"}, NOW)
        work.flush()
        assert advice(work, "advice_parallel_forms") == ["split"]

    run_command(engine.database, command)


def test_a_call_of_what_is_withdrawn_is_advised_against(engine: Engine) -> None:
    def command(work: Work) -> None:
        deploy(work, (DRAWINGS / "sound.bpmn").read_bytes(), key="elsewhere", now=NOW)
        assert advice(work, "advice_called_not_deployed") == []
        withdraw(work, "elsewhere", NOW)
        work.flush()
        assert advice(work, "advice_called_not_deployed") == ["call"]

    run_command(engine.database, command)


def test_the_advice_is_kept_with_the_version(engine: Engine) -> None:
    xml = (DRAWINGS / "advice_called_not_deployed.bpmn").read_bytes()
    made = run_command(engine.database, lambda work: deploy(work, xml, now=NOW))
    assert [each["element"] for each in made.findings] == ["call"]
