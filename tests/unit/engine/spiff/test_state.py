"""The saved state: the same case whether saved or not, rows that stay few, loops without end."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.spiff.values import FrozenDict, FrozenList, freeze
from domain.errors import Invalid
from engine.spiff.case import Case, Changes
from engine.spiff.codec import pack, unpack

START = '<startEvent id="s"/>'
TIMER = "<timerEventDefinition><{0}>{1}</{0}></timerEventDefinition>"


def scalars() -> st.SearchStrategy[Any]:
    return st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=9),
        st.dates(), st.datetimes(timezones=st.just(UTC)), st.timedeltas(), st.decimals(allow_nan=False),
    )  # fmt: skip


def values() -> st.SearchStrategy[Any]:
    keys = st.one_of(st.text(max_size=5), st.sampled_from(["~d", "~t", "~", "~m"]))
    return st.recursive(
        scalars(),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(keys, inner, max_size=4),
            st.lists(inner, max_size=3).map(tuple),
        ),
        max_leaves=12,
    )


@given(values())
def test_every_value_comes_back_as_it_was(value: Any) -> None:
    frozen = freeze(value)
    loaded = unpack(orjson.loads(orjson.dumps(pack(frozen))))
    assert loaded == frozen
    assert kinds(loaded) == kinds(frozen)


@given(values())
def test_what_is_frozen_already_is_left_as_it_is(value: Any) -> None:
    frozen = freeze(value)
    assert freeze(frozen) is frozen


def kinds(value: Any) -> Any:
    """The types all the way down."""
    if isinstance(value, dict):
        return type(value), {key: kinds(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value), [kinds(each) for each in value]
    return type(value)


def test_frozen_containers_refuse_every_change() -> None:
    frozen = freeze({"rows": [1, {"a": [2]}]})
    assert isinstance(frozen, FrozenDict)
    assert isinstance(frozen["rows"], FrozenList)
    changes: list[Callable[[], object]] = [
        lambda: frozen.update(x=1), lambda: frozen.__setitem__("x", 1), lambda: frozen.pop("rows"),
        lambda: frozen["rows"].append(3), lambda: frozen["rows"].sort(), lambda: frozen["rows"].__iadd__([3]),
        lambda: frozen["rows"][1]["a"].clear(), lambda: frozen.__ior__({"x": 1}),
    ]  # fmt: skip
    for change in changes:
        with pytest.raises(TypeError):
            change()
    assert frozen == {"rows": [1, {"a": [2]}]}


def test_what_is_no_value_is_refused() -> None:
    nested: Any = []
    for _ in range(200):
        nested = [nested]
    for wrong in (object(), {1: "a"}, nested, b"bytes"):
        with pytest.raises(Invalid):
            freeze(wrong)


def test_dates_decimals_and_tuples_survive_a_whole_case(play: Any) -> None:
    kept = {"day": date(2026, 3, 2), "at": datetime(2026, 3, 2, 7, tzinfo=UTC), "price": Decimal("1.10"),
            "pair": (1, [2]), "span": timedelta(days=2)}  # fmt: skip
    case = play(START + '<userTask id="a"/><userTask id="b"/>', "s -> a\n a -> b", kept)
    case.complete("a")
    assert case.variables() == kept
    assert kinds(case.variables()["pair"]) == (tuple, [int, (FrozenList, [int])])


MARKER = '<multiInstanceLoopCharacteristics bangiao:collection="units" bangiao:elementVariable="unit"'
MODELS: dict[str, tuple[str, str, str]] = {
    "parallel": (
        START + '<parallelGateway id="g"/><userTask id="a"/><userTask id="b"/><parallelGateway id="j"/>'
        '<userTask id="c"/><exclusiveGateway id="x" default="x_e"/><endEvent id="e"/>',
        "s -> g\n g -> a\n g -> b\n a -> j\n b -> j\n j -> c\n c -> x\n x -> g : n == 1\n x -> e",
        "",
    ),
    "inclusive": (
        START + '<exclusiveGateway id="l"/><inclusiveGateway id="g" default="g_c"/><userTask id="a"/><userTask id="b"/>'
        '<userTask id="c"/><inclusiveGateway id="j"/><exclusiveGateway id="x" default="x_e"/><endEvent id="e"/>',
        "s -> l\n l -> g\n g -> a : n != 0\n g -> b : n == 2\n g -> c\n a -> j\n b -> j\n c -> j\n j -> x\n"
        "x -> l : n > 0\n x -> e",
        "",
    ),
    "instances": (
        START + '<subProcess id="m">' + MARKER + ' bangiao:outputCollection="out" bangiao:outputElement="n"/>'
        '<startEvent id="is"/><userTask id="a"/><exclusiveGateway id="ix" default="ix_ie"/><endEvent id="ie"/>'
        "<flows>is -> a\n a -> ix\n ix -> a : n == 1\n ix -> ie</flows></subProcess><userTask id='z'/>"
        '<boundaryEvent id="t" attachedToRef="m" cancelActivity="false">'
        + TIMER.format("timeCycle", "R3/PT5H")
        + '</boundaryEvent><userTask id="urged"/>',
        "s -> m\n m -> z\n t -> urged",
        "",
    ),
    "one after the other": (
        START + f'<userTask id="m">{MARKER} isSequential="true"/></userTask><userTask id="z"/>'
        '<boundaryEvent id="late" attachedToRef="m">' + TIMER.format("timeDuration", "PT9H") + "</boundaryEvent>",
        "s -> m\n m -> z\n late -> z",
        "",
    ),
    "events": (
        START + '<userTask id="a"/><userTask id="b"/><subProcess id="ev" triggeredByEvent="true">'
        '<startEvent id="es" isInterrupting="false"><messageEventDefinition messageRef="m"/></startEvent>'
        '<userTask id="et"/><flows>es -> et</flows></subProcess><boundaryEvent id="bm" attachedToRef="a">'
        '<signalEventDefinition signalRef="sig"/></boundaryEvent><eventBasedGateway id="g"/><intermediateCatchEvent '
        'id="ct">'
        + TIMER.format("timeDuration", "PT3H")
        + '</intermediateCatchEvent><receiveTask id="r" messageRef="m"/>',
        "s -> a\n a -> g\n g -> ct\n g -> r\n ct -> b\n r -> b\n bm -> b",
        '<message id="m" name="letter"/><signal id="sig" name="alarm"/>',
    ),
    "undoing": (
        START + '<subProcess id="trip"><startEvent id="is"/><userTask id="a"/><boundaryEvent id="ub" attachedToRef="a">'
        '<compensateEventDefinition/></boundaryEvent><userTask id="undo" isForCompensation="true"/><association id="as"'
        ' sourceRef="ub" targetRef="undo"/><flows>is -> a</flows></subProcess><userTask id="b"/>'
        '<intermediateThrowEvent id="back"><compensateEventDefinition/></intermediateThrowEvent><userTask id="z"/>',
        "s -> trip\n trip -> b\n b -> back\n back -> z",
        "",
    ),
}
CYCLE = TIMER.format("timeCycle", "R2/PT4H")
CONDITION = "<conditionalEventDefinition><condition>{}</condition></conditionalEventDefinition>"
LETTER = '<messageEventDefinition messageRef="m"/>'
MODELS |= {
    "beside": (
        START + '<parallelGateway id="g"/><userTask id="a"/><userTask id="b"/><inclusiveGateway id="j"/>'
        '<userTask id="z"/>'
        f'<boundaryEvent id="t" attachedToRef="a" cancelActivity="false">{CYCLE}{LETTER}</boundaryEvent>'
        '<userTask id="r"/><subProcess id="sub"><startEvent id="is"/><userTask id="c"/><subProcess id="ev" '
        f'triggeredByEvent="true"><startEvent id="es" isInterrupting="false">{LETTER}</startEvent><userTask id="et"/>'
        "<flows>es -> et</flows></subProcess><flows>is -> c</flows></subProcess>",
        "s -> g\n g -> a\n g -> b\n g -> sub\n a -> j\n r -> j\n t -> r\n b -> j\n j -> z",
        '<message id="m" name="letter"/>',
    ),
    "conditions": (
        START + '<parallelGateway id="g"/><userTask id="a"/><userTask id="b"/><exclusiveGateway id="x"/>'
        '<boundaryEvent id="t" attachedToRef="a" cancelActivity="false">'
        + CONDITION.format("n > 1")
        + CONDITION.format("n == 0")
        + '</boundaryEvent><userTask id="r"/><subProcess id="sub"><startEvent id="is"/><intermediateCatchEvent id="w">'
        + CONDITION.format("n == 1")
        + '</intermediateCatchEvent><userTask id="c"/><flows>is -> w\n w -> c</flows></subProcess>',
        "s -> g\n g -> a\n g -> x\n x -> b\n b -> x\n g -> sub\n t -> r",
        "",
    ),
    "rounds": (
        START + '<exclusiveGateway id="l"/><parallelGateway id="g"/><userTask id="a"/><userTask id="b"/>'
        '<userTask id="c"/>'
        '<complexGateway id="j"><activationCondition>activationCount > 1</activationCondition></complexGateway>'
        '<userTask id="first"/><userTask id="rest"/>',
        "s -> l\n l -> g\n g -> a\n g -> b\n g -> c\n a -> j\n b -> j\n c -> j\n j -> first : waitingForStart\n"
        "j -> rest : not waitingForStart\n rest -> l",
        "",
    ),
    "ad hoc": (
        START + '<adHocSubProcess id="m"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>2'
        '</loopCardinality></multiInstanceLoopCharacteristics><userTask id="a"/><userTask id="b"/><userTask id="c"/>'
        '<completionCondition>n == 1</completionCondition><flows>a -> b</flows></adHocSubProcess><userTask id="z"/>',
        "s -> m\n m -> z",
        "",
    ),
    "undoing one by one": (
        START + '<userTask id="a"><multiInstanceLoopCharacteristics bangiao:collection="units" '
        'bangiao:elementVariable="unit"/></userTask><callActivity id="b" calledElement="q"/><userTask id="c"/>'
        '<boundaryEvent id="ab" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>'
        '<userTask id="au" isForCompensation="true"/><association id="w1" sourceRef="ab" targetRef="au"/>'
        '<intermediateThrowEvent id="back"><compensateEventDefinition waitForCompletion="false"/>'
        "</intermediateThrowEvent>"
        '<userTask id="z"/>',
        "s -> a\n a -> b\n b -> c\n c -> back\n back -> z",
        '<process id="q"><startEvent id="qs"/><userTask id="d"/><boundaryEvent id="db" attachedToRef="d">'
        '<compensateEventDefinition/></boundaryEvent><userTask id="du" isForCompensation="true"/>'
        '<association id="w2" sourceRef="db" targetRef="du"/><flows>qs -> d</flows></process>',
    ),
}
ACTIONS = st.tuples(st.integers(0, 9), st.integers(0, 20), st.integers(0, 2))


def act(case: Any, action: tuple[int, int, int]) -> None:
    """One command that the case's state allows, chosen by numbers, so that two cases do the same."""
    kind, which, n = action
    if kind < 6 and case.open:
        element = case.open[which % len(case.open)]
        number = which % case.open.count(element)
        case.complete(element, {"n": n, "list": [n, {"deep": [which]}], f"v{which % 3}": n}, number=number)
    elif kind == 6:
        case.deliver("letter", {"n": n})
    elif kind == 7:
        case.deliver("alarm", {f"v{n}": which})
    else:
        case.advance(hours=which)
    assert number_of_rows(case) < 60


def number_of_rows(case: Any) -> int:
    return len(case.rows)


def facts(case: Any) -> Any:
    """What anybody can see of a case; ids differ from run to run."""
    waits = sorted((w.element_id, w.kind, str(w.due_at), w.correlation, repr(sorted(w.variables.items())))
                   for w in case.waits.values())  # fmt: skip
    steps = [(step.element_id, step.scope, step.state, step.at) for step in case.steps]
    return case.ended, dict(case.variables()), waits, steps, len(case.failures)


@pytest.mark.parametrize("name", MODELS)
@settings(max_examples=60, deadline=None)
@given(actions=st.lists(ACTIONS, max_size=14))
def test_saved_and_unsaved_are_the_same(name: str, actions: list[tuple[int, int, int]], starter: Any) -> None:
    nodes, lines, shared = MODELS[name]
    start: Mapping[str, Any] = {"units": ["a", "b", "c"], "n": 2}
    live, saved = (starter(nodes, lines, start, shared=shared, saved=kind) for kind in (False, True))
    for action in actions:
        act(live, action)
        act(saved, action)
        assert facts(live) == facts(saved)


LOOP = START + '<exclusiveGateway id="l"/><userTask id="a"/><exclusiveGateway id="x" default="x_e"/><endEvent id="e"/>'
SPLIT = (
    START + '<exclusiveGateway id="l"/><parallelGateway id="g"/><userTask id="a"/><scriptTask id="b">'
    '<script>n = n + 1</script></scriptTask><parallelGateway id="j"/><exclusiveGateway id="x" default="x_e"/>'
    '<endEvent id="e"/>'
)


@pytest.mark.parametrize(
    ("nodes", "lines"),
    [
        (LOOP, "s -> l\n l -> a\n a -> x\n x -> l : again\n x -> e"),
        (SPLIT, "s -> l\n l -> g\n g -> a\n g -> b\n a -> j\n b -> j\n j -> x\n x -> l : again\n x -> e"),
    ],
    ids=["plain", "with split and join"],
)
def test_three_thousand_turns_cost_the_same_each(nodes: str, lines: str, starter: Any) -> None:
    case = starter(nodes, lines, {"n": 0, "again": True, "text": "x" * 500}, saved=False).case
    model = case._run.model
    wait = opened(case, first=True)
    head, kept = case.encode()
    rows = {row.id: row for row in kept}
    moment = starter.moment
    sizes: list[tuple[int, int]] = []
    times: list[float] = []
    for turn in range(3_000):
        began = time.process_time()
        case.complete(wait, {"turn": turn, "again": turn < 2_999}, moment)
        changes = case.take_changes()
        times.append(time.process_time() - began)
        sizes.append((len(changes.rows), sum(len(row.body or b"") for row in changes.rows)))
        for row in changes.rows:
            if row.body is None:
                del rows[row.id]
            else:
                rows[row.id] = row
        head = changes.head or head
        if changes.opened:
            wait = changes.opened[0].token_id
    assert case.ended
    assert sizes[30][0] == sizes[2_900][0]
    assert abs(sizes[30][1] - sizes[2_900][1]) < 20  # counters grow by digits
    gc.collect()
    assert sum(sorted(times[2_500:2_900])[:200]) < 3 * sum(sorted(times[30:430])[:200])
    assert len(Case.load(model, head, rows.values()).encode()[1]) == 1


def opened(case: Case, *, first: bool) -> Any:
    """The token of the only open task."""
    changes: Changes = case.take_changes()
    return changes.opened[0].token_id if changes.opened else case.waits()[0].token_id
