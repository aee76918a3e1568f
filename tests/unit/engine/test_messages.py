"""Messages go to one, signals to all; what a case throws is delivered in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from domain.errors import Invalid
from engine.definitions import deploy
from engine.messages import publish_message, publish_signal
from storage.transactions import run_command
from tests.unit.engine.conftest import Engine


def send(engine: Engine, name: str, correlation: str | None, variables: Mapping[str, Any] | None = None) -> int:
    return run_command(
        engine.database, lambda work: publish_message(work, name, correlation, variables or {}, engine.now)
    )


def test_a_message_goes_to_the_case_with_its_correlation(engine: Engine) -> None:
    seven, eight = engine.start("awaiting", {"number": "7"}), engine.start("awaiting", {"number": "8"})
    assert send(engine, "reply", "8", {"text": "đồng ý"}) == 1
    assert [task.element_id for task in engine.tasks(eight)] == ["read"]
    assert engine.variables(eight)["text"] == "đồng ý"
    assert engine.tasks(seven) == []
    assert engine.doubts() == []


def test_a_message_nobody_waits_for_reaches_nobody(engine: Engine) -> None:
    engine.start("awaiting", {"number": "7"})
    assert send(engine, "reply", "9") == 0
    assert send(engine, "reply", None) == 0
    assert send(engine, "other", "7") == 0


def test_of_two_that_wait_the_older_gets_it(engine: Engine) -> None:
    older = engine.start("awaiting", {"number": "7"})
    engine.now += timedelta(minutes=1)
    younger = engine.start("awaiting", {"number": "7"})
    assert send(engine, "reply", "7") == 1
    assert len(engine.tasks(older)) == 1
    assert engine.tasks(younger) == []
    assert send(engine, "reply", "7") == 1
    assert len(engine.tasks(younger)) == 1


def test_a_thrown_message_starts_a_case_and_its_answer_comes_back(engine: Engine) -> None:
    engine.deploy("answering")
    asking = engine.start("asking", {"number": "7"})
    (answering,) = engine.instances("answering")
    assert engine.instance(asking).status == "active"
    engine.do(answering.id, "write", {"number": "7"})
    assert engine.instance(asking).status == "completed"
    assert engine.instance(answering.id).status == "completed"
    assert engine.doubts() == []


def test_a_signal_reaches_every_case_and_start_event(engine: Engine) -> None:
    engine.deploy("alarm_started")
    waiting = [engine.start("alarmed") for _ in range(3)]
    heard = run_command(engine.database, lambda work: publish_signal(work, "alarm", {"where": "kho"}, engine.now))
    assert heard == 4
    assert {engine.instance(case).status for case in waiting} == {"completed"}
    (started,) = engine.instances("alarm_started")
    assert engine.variables(started.id)["where"] == "kho"


def flow(number: int, source: str, target: str) -> str:
    return f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}" />'


def test_a_case_hands_a_message_to_itself(engine: Engine) -> None:
    nodes = (
        '<startEvent id="begin" /><parallelGateway id="both" /><userTask id="ask" /><userTask id="read" />'
        '<intermediateThrowEvent id="tell"><messageEventDefinition messageRef="word" /></intermediateThrowEvent>'
        '<intermediateCatchEvent id="hear"><messageEventDefinition messageRef="word" /></intermediateCatchEvent>'
        '<endEvent id="told" /><endEvent id="heard" />'
    )
    way = ("begin", "both", "ask", "tell", "told"), ("both", "hear", "read", "heard")
    ends = [pair for path in way for pair in pairwise(path)]
    flows = "".join(flow(number, *pair) for number, pair in enumerate(ends))
    xml = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="https://bangiao.vn/samples">'
        f'<message id="word" name="word" /><process id="own" isExecutable="true">{nodes}{flows}</process></definitions>'
    )
    run_command(engine.database, lambda work: deploy(work, xml.encode(), now=engine.now))
    case = engine.start("own")
    engine.do(case, "ask")
    assert [task.element_id for task in engine.tasks(case)] == ["read"]
    engine.do(case, "read")
    assert engine.instance(case).status == "completed"
    assert engine.doubts() == []


def test_a_message_that_runs_in_circles_is_refused(engine: Engine) -> None:
    engine.deploy("circling")
    with pytest.raises(Invalid):
        send(engine, "again", None)
    assert engine.instances("circling") == []
