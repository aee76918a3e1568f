"""Events: boundary, event sub-processes, errors, signals, compensation, termination."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.errors import Conflict

START = '<startEvent id="s"/>'
SIGNAL = '<signal id="sig" name="alarm"/>'


def timer(kind: str, text: str) -> str:
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


def boundary(name: str, host: str, inside: str, *, interrupting: bool = True) -> str:
    flag = "true" if interrupting else "false"
    return f'<boundaryEvent id="{name}" attachedToRef="{host}" cancelActivity="{flag}">{inside}</boundaryEvent>'


def sub(name: str, inside: str, lines: str, attributes: str = "") -> str:
    return f'<subProcess id="{name}" {attributes}>{inside}<flows>{lines.replace(">", "&gt;")}</flows></subProcess>'


def test_an_interrupting_timer_cancels_the_task_and_its_other_timers(play: Any) -> None:
    nodes = START + '<userTask id="a"/><userTask id="b"/><userTask id="c"/>'
    nodes += boundary("soon", "a", timer("timeDuration", "P1D")) + boundary("later", "a", timer("timeDuration", "P2D"))
    case = play(nodes, "s -> a\n soon -> b\n later -> c")
    case.advance(days=5)
    assert (case.open, case.cancelled) == (["b"], ["a"])
    assert case.next_due() is None


def test_a_timer_fires_only_when_due_and_only_when_told(play: Any) -> None:
    case = play(START + '<userTask id="a"/><userTask id="b"/>' + boundary("t", "a", timer("timeDuration", "PT1H")),
                "s -> a\n t -> b")  # fmt: skip
    token_id = case.wait("t", "timer").token_id
    with pytest.raises(Conflict):
        case.case.fire(token_id, case.moment)
    assert case.open == ["a"]


def test_a_timer_in_the_past_waits_to_be_fired(play: Any) -> None:
    case = play(START + '<userTask id="a"/><userTask id="b"/>' + boundary("t", "a", timer("timeDate", "2020-01-01")),
                "s -> a\n t -> b")  # fmt: skip
    assert case.open == ["a"]
    assert case.wait("t", "timer").due_at == datetime(2020, 1, 1, 10, tzinfo=UTC)
    case.advance(seconds=0)
    assert case.open == ["b"]


def test_a_timer_that_gives_none_never_fires(play: Any) -> None:
    case = play(START + '<userTask id="a"/><task id="b"/>' + boundary("t", "a", timer("timeDate", "when")),
                "s -> a\n t -> b", {"when": None})  # fmt: skip
    assert case.next_due() is None
    case.complete("a")
    assert case.ended


def test_non_interrupting_cycles_come_again_until_the_task_is_done(play: Any) -> None:
    nodes = START + '<userTask id="a"/><userTask id="urged"/><userTask id="z"/>'
    nodes += boundary("urge", "a", timer("timeCycle", "R3/P1D"), interrupting=False)
    nodes += boundary("daily", "a", timer("timeCycle", "0 17 * * *"), interrupting=False) + '<task id="noted"/>'
    case = play(nodes, "s -> a\n a -> z\n urge -> urged\n daily -> noted")
    case.advance(days=2, hours=1)
    assert case.open == ["a", "urged", "urged"]
    assert case.completed.count("noted") == 2
    case.complete("a")
    assert case.open == ["urged", "urged", "z"]
    case.advance(days=9)
    assert case.open == ["urged", "urged", "z"]


def test_a_boundary_timer_on_a_sub_process_cancels_what_is_inside(play: Any) -> None:
    inside = '<startEvent id="is"/><parallelGateway id="ig"/><userTask id="a"/><userTask id="b"/>'
    nodes = START + sub("sub", inside, "is -> ig\n ig -> a\n ig -> b") + '<userTask id="late"/><userTask id="told"/>'
    nodes += boundary("over", "sub", timer("timeDuration", "P2D"))
    nodes += boundary("remind", "sub", timer("timeDuration", "P1D"), interrupting=False)
    case = play(nodes, "s -> sub\n over -> late\n remind -> told")
    case.advance(days=1)
    assert case.open == ["a", "b", "told"]
    case.advance(days=1)
    assert case.open == ["late", "told"]
    assert sorted(case.cancelled) == ["a", "b", "sub"]


def test_a_message_takes_a_user_task_away(play: Any) -> None:
    nodes = START + '<userTask id="a"/><userTask id="z"/>'
    nodes += boundary("came", "a", '<messageEventDefinition messageRef="m"/>')
    case = play(nodes, "s -> a\n came -> z", {"key": "K-1"},
                shared='<message id="m" name="answer" bangiao:correlation="key"/>')  # fmt: skip
    assert case.wait("came", "message").correlation == "K-1"
    case.deliver("answer", {"answer": "issued"})
    assert (case.open, case.variables()["answer"]) == (["z"], "issued")


def test_a_non_interrupting_message_comes_as_often_as_it_is_sent(play: Any) -> None:
    nodes = START + '<userTask id="a"/><userTask id="extra"/>'
    nodes += boundary("came", "a", '<messageEventDefinition messageRef="m"/>', interrupting=False)
    case = play(nodes, "s -> a\n came -> extra", shared='<message id="m" name="more"/>')
    case.deliver("more", {"n": 1})
    case.deliver("more", {"n": 2})
    assert case.open == ["a", "extra", "extra"]
    assert [case.wait("extra", number=n).variables["n"] for n in (0, 1)] == [1, 2]


def test_a_signal_thrown_inside_interrupts_at_once(play: Any) -> None:
    throw = '<intermediateThrowEvent id="throw"><signalEventDefinition signalRef="sig"/></intermediateThrowEvent>'
    nodes = START + sub("sub", f'<startEvent id="is"/>{throw}<task id="never"/>', "is -> throw\n throw -> never")
    nodes += boundary("caught", "sub", '<signalEventDefinition signalRef="sig"/>') + '<userTask id="z"/>'
    case = play(nodes, "s -> sub\n caught -> z", shared=SIGNAL)
    assert case.open == ["z"]
    assert "never" not in case.completed
    assert "throw" in case.completed
    assert [(each.kind, each.name, each.served_inside) for each in case.thrown] == [("signal", "alarm", True)]


def test_a_signal_does_not_reach_who_waits_only_later(play: Any) -> None:
    nodes = (
        START + '<intermediateThrowEvent id="throw"><signalEventDefinition signalRef="sig"/></intermediateThrowEvent>'
    )
    nodes += '<intermediateCatchEvent id="catch"><signalEventDefinition signalRef="sig"/></intermediateCatchEvent>'
    case = play(nodes, "s -> throw\n throw -> catch", shared=SIGNAL)
    assert not case.ended
    case.deliver("alarm")
    assert case.ended


def test_messages_are_thrown_with_correlation_and_payload(play: Any) -> None:
    nodes = START + '<sendTask id="send" messageRef="m" bangiao:payload=\'{"n": n}\'/><endEvent id="e">'
    nodes += '<messageEventDefinition messageRef="m"/></endEvent>'
    case = play(nodes, "s -> send\n send -> e", {"n": 4}, shared='<message id="m" name="out" bangiao:correlation="n"/>')
    assert [(each.name, each.correlation, each.variables) for each in case.thrown] == [
        ("out", "4", {"n": 4}), ("out", "4", {}),
    ]  # fmt: skip


ERROR = '<error id="e1" errorCode="E1"/>'


def failing(name: str, code_ref: str = "e1") -> str:
    return f'<endEvent id="{name}"><errorEventDefinition errorRef="{code_ref}"/></endEvent>'


def test_an_error_is_caught_by_the_nearest_scope_not_by_a_sibling(play: Any) -> None:
    def part(name: str, end: str) -> str:
        return sub(name, f'<startEvent id="{name}_s"/><userTask id="{name}_t"/>{end}',
                   f"{name}_s -> {name}_t\n {name}_t -> {name}_e")  # fmt: skip

    nodes = START + '<parallelGateway id="g"/>' + part("one", failing("one_e"))
    nodes += part("two", '<endEvent id="two_e"/>') + '<userTask id="c1"/><userTask id="c2"/>'
    for name in ("one", "two"):
        nodes += boundary(f"{name}_b", name, '<errorEventDefinition errorRef="e1"/>')
    case = play(nodes, "s -> g\n g -> one\n g -> two\n one_b -> c1\n two_b -> c2", shared=ERROR)
    case.complete("one_t")
    assert case.open == ["c1", "two_t"]


def test_an_uncaught_error_is_an_incident_and_can_be_retried(play: Any) -> None:
    nodes = START + '<scriptTask id="t"><script>if bad:\n  raise Exception("X")</script></scriptTask>'
    case = play(nodes, "s -> t", {"bad": True})
    assert [(failure.kind, failure.element_id) for failure in case.failures] == [("bpmn_error", "t")]
    assert not case.ended
    case.retry("t")
    assert len(case.failures) == 2


def test_the_exact_code_wins_over_the_boundary_that_catches_all(play: Any) -> None:
    nodes = START + '<scriptTask id="t"><script>raise Exception("E1")</script></scriptTask>'
    nodes += boundary("all", "t", "<errorEventDefinition/>") + boundary(
        "exact", "t", '<errorEventDefinition errorRef="e1"/>'
    )
    case = play(nodes + '<userTask id="a"/><userTask id="b"/>', "s -> t\n all -> a\n exact -> b", shared=ERROR)
    assert case.open == ["b"]


def event_sub(name: str, definition: str, *, interrupting: bool) -> str:
    flag = "true" if interrupting else "false"
    inside = f'<startEvent id="{name}_s" isInterrupting="{flag}">{definition}</startEvent><userTask id="{name}_t"/>'
    return sub(name, inside, f"{name}_s -> {name}_t", 'triggeredByEvent="true"')


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_event_sub_process_interrupts_or_runs_beside(play: Any, interrupting: bool) -> None:
    nodes = START + '<userTask id="a"/>' + event_sub("ev", '<messageEventDefinition messageRef="m"/>',
                                                     interrupting=interrupting)  # fmt: skip
    case = play(nodes, "s -> a", shared='<message id="m" name="stop"/>')
    case.deliver("stop", {"why": "x"})
    if interrupting:
        assert (case.open, case.cancelled) == (["ev_t"], ["a"])
        case.complete("ev_t")
    else:
        case.deliver("stop")
        assert case.open == ["a", "ev_t", "ev_t"]
        case.complete("a")
        case.complete("ev_t")
        assert not case.ended
        case.complete("ev_t")
    assert case.ended
    assert case.completed.count("ev") == (1 if interrupting else 2)


def test_a_waiting_event_sub_process_does_not_keep_the_case_open(play: Any) -> None:
    nodes = START + '<userTask id="a"/>' + event_sub("ev", timer("timeDuration", "P9D"), interrupting=True)
    case = play(nodes, "s -> a")
    assert case.wait("ev_s", "timer").due_at == datetime(2026, 3, 11, 1, tzinfo=UTC)
    case.complete("a")
    assert case.ended
    assert case.waits == {}


def test_an_error_event_sub_process_takes_precedence_over_the_boundary(play: Any) -> None:
    inside = f'<startEvent id="is"/>{failing("ie")}' + event_sub("ev", "<errorEventDefinition/>", interrupting=True)
    nodes = (
        START + sub("sub", inside, "is -> ie") + boundary("b", "sub", "<errorEventDefinition/>") + '<userTask id="z"/>'
    )
    case = play(nodes, "s -> sub\n b -> z", shared=ERROR)
    assert case.open == ["ev_t"]
    case.complete("ev_t")
    assert case.ended


def test_an_escalation_nobody_catches_goes_on(play: Any) -> None:
    nodes = START + '<intermediateThrowEvent id="up"><escalationEventDefinition escalationRef="x"/>'
    nodes += '</intermediateThrowEvent><userTask id="a"/>'
    case = play(nodes, "s -> up\n up -> a", shared='<escalation id="x" escalationCode="UP"/>')
    assert (case.open, case.failures) == (["a"], [])


def test_terminate_ends_its_scope_and_no_more(play: Any) -> None:
    inside = '<startEvent id="is"/><parallelGateway id="ig"/><userTask id="a"/><userTask id="b"/>'
    inside += '<endEvent id="stop"><terminateEventDefinition/></endEvent>'
    nodes = START + sub("sub", inside, "is -> ig\n ig -> a\n ig -> b\n a -> stop") + '<userTask id="z"/>'
    case = play(nodes, "s -> sub\n sub -> z")
    case.complete("a", {"x": 1})
    assert (case.open, case.cancelled, case.variables()) == (["z"], ["b"], {"x": 1})


def test_conditions_are_looked_at_again_when_another_branch_changes_something(play: Any) -> None:
    nodes = START + '<parallelGateway id="g"/><userTask id="a"/><intermediateCatchEvent id="ready">'
    nodes += "<conditionalEventDefinition><condition>count &gt; 1</condition></conditionalEventDefinition>"
    nodes += '</intermediateCatchEvent><userTask id="z"/><userTask id="b"/>'
    case = play(nodes, "s -> g\n g -> a\n g -> ready\n ready -> z\n a -> b", {"count": 0})
    assert case.open == ["a"]
    case.complete("a", {"count": 2})
    assert case.open == ["b", "z"]


COMPENSABLE = '<boundaryEvent id="undo_b" attachedToRef="book"><compensateEventDefinition/></boundaryEvent>'
COMPENSABLE += (
    '<userTask id="undo" isForCompensation="true"/><association id="as" sourceRef="undo_b" targetRef="undo"/>'
)


def test_compensation_undoes_what_was_done_and_waits_for_it(play: Any) -> None:
    nodes = START + '<userTask id="book"/>' + COMPENSABLE + '<userTask id="ask"/><intermediateThrowEvent id="back">'
    nodes += '<compensateEventDefinition/></intermediateThrowEvent><userTask id="z"/>'
    case = play(nodes, "s -> book\n book -> ask\n ask -> back\n back -> z")
    case.complete("book")
    case.complete("ask")
    assert case.open == ["undo"]
    case.complete("undo")
    assert case.open == ["z"]
    case.complete("z")
    assert case.ended


def test_nothing_done_is_nothing_to_undo(play: Any) -> None:
    nodes = START + '<exclusiveGateway id="g" default="g_back"/><task id="book"/>' + COMPENSABLE
    nodes += '<endEvent id="back"><compensateEventDefinition/></endEvent>'
    assert play(nodes, "s -> g\n g -> book : False\n g -> back\n book -> back").ended


def test_a_finished_sub_process_can_be_undone_from_within(play: Any) -> None:
    inside = '<startEvent id="is"/><task id="book"/>' + COMPENSABLE
    nodes = START + sub("trip", inside, "is -> book") + '<userTask id="ask"/><endEvent id="back">'
    nodes += '<compensateEventDefinition activityRef="trip"/></endEvent>'
    case = play(nodes, "s -> trip\n trip -> ask\n ask -> back")
    case.complete("ask")
    assert case.open == ["undo"]
    case.complete("undo")
    assert case.ended


def test_cancelling_a_transaction_undoes_it_first(play: Any) -> None:
    inside = '<startEvent id="is"/><task id="book"/>' + COMPENSABLE
    inside += '<endEvent id="stop"><cancelEventDefinition/></endEvent><flows>is -> book\n book -> stop</flows>'
    nodes = START + f'<transaction id="trip">{inside}</transaction>' + '<userTask id="after"/>'
    nodes += boundary("cancelled", "trip", "<cancelEventDefinition/>")
    case = play(nodes, "s -> trip\n cancelled -> after")
    assert case.open == ["undo"]
    case.complete("undo")
    assert case.open == ["after"]


def test_an_error_out_of_parallel_multi_instance_cancels_the_other_instances(play: Any) -> None:
    marker = '<multiInstanceLoopCharacteristics bangiao:collection="units" bangiao:elementVariable="unit"/>'
    inside = f'{marker}<startEvent id="is"/><userTask id="a"/>{failing("ie")}'
    nodes = START + sub("m", inside, "is -> a\n a -> ie") + '<userTask id="z"/>'
    nodes += boundary("b", "m", '<errorEventDefinition errorRef="e1"/>')
    case = play(nodes, "s -> m\n b -> z", {"units": [1, 2, 3]}, shared=ERROR)
    case.complete("a", number=1)
    assert case.open == ["z"]
    assert sorted(case.cancelled) == ["a", "a", "m", "m", "m"]
