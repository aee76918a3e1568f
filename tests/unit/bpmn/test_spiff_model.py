"""Definitions compiled into specs."""

from __future__ import annotations

import pytest

from bpmn.definitions import read_definition
from bpmn.spiff.model import StartEvent, compile_definition
from domain.errors import DefinitionInvalid, NotFound

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"'
HEAD += ' xmlns:bangiao="https://bangiao.vn/schema/bpmn/1.0">'


def compiled(inside: str) -> object:
    return compile_definition(read_definition((HEAD + inside + "</definitions>").encode()))


def test_start_events_say_what_starts_an_instance() -> None:
    model = compile_definition(
        read_definition(
            (
                HEAD
                + """<message id="m" name="order" bangiao:correlation="key"/><signal id="g" name="alarm"/>
                <process id="p" isExecutable="true">
                <startEvent id="plain"/><startEvent id="told"><messageEventDefinition messageRef="m"/></startEvent>
                <startEvent id="rung"><signalEventDefinition signalRef="g"/></startEvent>
                <startEvent id="daily"><timerEventDefinition><timeCycle>0 8 * * *</timeCycle></timerEventDefinition>
                </startEvent><task id="t"/>
                <sequenceFlow id="f1" sourceRef="plain" targetRef="t"/>
                <sequenceFlow id="f2" sourceRef="told" targetRef="t"/>
                <sequenceFlow id="f3" sourceRef="rung" targetRef="t"/>
                <sequenceFlow id="f4" sourceRef="daily" targetRef="t"/>
                </process></definitions>"""
            ).encode()
        )
    )
    assert model.start_events("p") == (
        StartEvent("plain", "none"),
        StartEvent("told", "message", "order", "key"),
        StartEvent("rung", "signal", "alarm"),
        StartEvent("daily", "timer", expression="0 8 * * *"),
    )
    with pytest.raises(NotFound):
        model.start_events("nothing")


def test_an_instantiating_receive_task_starts_by_its_message() -> None:
    model = compile_definition(
        read_definition(
            (
                HEAD
                + """<message id="m" name="order"/><process id="p" isExecutable="true">
                <receiveTask id="r" instantiate="true" messageRef="m"/><userTask id="a"/>
                <sequenceFlow id="f" sourceRef="r" targetRef="a"/></process></definitions>"""
            ).encode()
        )
    )
    assert [(event.kind, event.name) for event in model.start_events("p")] == [("message", "order")]


def test_a_repetition_that_cannot_be_counted_is_refused() -> None:
    with pytest.raises(DefinitionInvalid):
        compiled(
            '<process id="p" isExecutable="true"><startEvent id="s"/><task id="t"><standardLoopCharacteristics'
            ' loopMaximum="-1"/></task><sequenceFlow id="f" sourceRef="s" targetRef="t"/></process>'
        )
