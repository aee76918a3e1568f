"""A case on another version of its definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from domain.errors import Conflict
from engine.spiff.case import Case

START = '<startEvent id="s"/>'
TIMER = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"


def boundary(name: str, host: str, span: str) -> str:
    return f'<boundaryEvent id="{name}" attachedToRef="{host}">{TIMER.format(span)}</boundaryEvent>'


def put_on(case: Any, starter: Any, nodes: str, lines: str, elements: Mapping[str, str] | None = None) -> None:
    """Migrate and take what became of it."""
    model = starter.model_of(nodes, lines)
    migrated = case.case.migrated(model, case.moment, elements=elements or {})
    case.case, case.model = migrated, model
    case.take()


def test_boundary_events_are_armed_and_cancelled_as_the_new_version_has_them(play: Any, starter: Any) -> None:
    common = START + '<userTask id="a"/><userTask id="b"/>'
    case = play(common + boundary("old", "a", "P1D"), "s -> a\n old -> b", {"x": 1})
    put_on(case, starter, common + boundary("new", "a", "P2D"), "s -> a\n new -> b")
    assert [(wait.element_id, wait.kind) for wait in case.waits.values()] == [("a", "user_task"), ("new", "timer")]
    case.advance(days=2)
    assert (case.open, case.variables()) == (["b"], {"x": 1})


def test_a_token_goes_on_at_the_element_named_for_it(play: Any, starter: Any) -> None:
    case = play(START + '<userTask id="a"/>', "s -> a")
    put_on(case, starter, START + '<userTask id="draft"/><userTask id="check"/>', "s -> draft\n draft -> check",
           {"a": "draft"})  # fmt: skip
    token_id = next(iter(case.waits.values())).token_id
    case.do(lambda: case.case.complete(token_id, {}, case.moment))
    assert case.open == ["check"]


def test_a_case_without_a_place_in_the_new_version_is_refused(play: Any, starter: Any) -> None:
    case = play(START + '<userTask id="a"/>', "s -> a")
    for nodes in (START + '<userTask id="b"/>', START + '<serviceTask id="a"/>'):
        with pytest.raises(Conflict):
            case.case.migrated(starter.model_of(nodes, "s -> b"), case.moment)
    case.complete("a")
    assert case.ended


def test_runs_of_several_and_scopes_are_kept(play: Any, starter: Any) -> None:
    marker = '<multiInstanceLoopCharacteristics bangiao:collection="units" bangiao:elementVariable="unit"/>'
    inside = f'{marker}<startEvent id="is"/><userTask id="a"/><flows>is -> a</flows>'
    nodes = START + f'<subProcess id="m">{inside}</subProcess>'
    case = play(nodes, "s -> m", {"units": [1, 2]})
    case.complete("a")
    after = START + f'<subProcess id="m">{inside}</subProcess><userTask id="z"/>'
    put_on(case, starter, after, "s -> m\n m -> z")
    case.complete("a")
    assert case.open == ["z"]
    assert isinstance(case.case, Case)
