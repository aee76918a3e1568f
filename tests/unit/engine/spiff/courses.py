"""Small drawings, what is done to them, and what the standard says must be seen then.

A course is a list of: `"a"` complete the task a; `("a", {…})` with variables; `"~m"` hand in the message or signal m;
`"+1d"` let time pass (d, h); a list: the tasks that must be open now; a mapping: variables that must have these values;
`done("x", n)` how often x was completed; `failed(…)` the kinds of failures so far; True or False: whether it has ended.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.unit.engine.spiff.conftest import HEAD, flows

START = '<startEvent id="s"/>'
SHARED = (
    '<message id="of_m" name="m"/><message id="of_m2" name="m2"/>'
    '<signal id="of_sig" name="sig"/><signal id="of_sig2" name="sig2"/>'
    '<error id="of_e1" name="e1" errorCode="E1"/><error id="of_e2" name="e2" errorCode="E2"/>'
    '<escalation id="of_x1" name="x1" escalationCode="X1"/><escalation id="of_x2" name="x2" escalationCode="X2"/>'
)
MESSAGE = '<messageEventDefinition messageRef="of_m"/>'
MESSAGE_2 = '<messageEventDefinition messageRef="of_m2"/>'
SIGNAL = '<signalEventDefinition signalRef="of_sig"/>'
SIGNAL_2 = '<signalEventDefinition signalRef="of_sig2"/>'
ERROR = '<errorEventDefinition errorRef="of_e1"/>'
ERROR_2 = '<errorEventDefinition errorRef="of_e2"/>'
ESCALATION = '<escalationEventDefinition escalationRef="of_x1"/>'
ESCALATION_2 = '<escalationEventDefinition escalationRef="of_x2"/>'
COMPENSATE = "<compensateEventDefinition/>"
CANCEL = "<cancelEventDefinition/>"
TERMINATE = "<terminateEventDefinition/>"
AMOUNT = re.compile(r"\+(\d+)([dh])")


@dataclass(frozen=True, slots=True)
class Done:
    """How often an element was completed."""

    element: str
    times: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The kinds of failures so far."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """One drawing with its course; `clause` is where BPMN 2.0 says so."""

    name: str
    clause: str
    nodes: str
    lines: str
    steps: Sequence[Any]
    variables: Mapping[str, Any] = field(default_factory=dict)
    shared: str = ""


def done(element: str, times: int) -> Done:
    return Done(element, times)


def failed(*kinds: str) -> Failed:
    return Failed(kinds)


def follow(course: Course, play_file: Any) -> Any:
    """Run it, and compare what is seen with what must be; gives the case back. A drawing that is refused raises."""
    case = play_file(xml_of(course), course.variables)
    for number, step in enumerate(course.steps):
        take(case, step, f"step {number}: {step}")
    return case


def take(case: Any, step: Any, where: str) -> None:
    """One step of a course."""
    if isinstance(step, bool):
        assert case.ended is step, where
    elif isinstance(step, list):
        assert case.open == sorted(step), where
    elif isinstance(step, dict):
        known = case.variables()
        assert {name: known.get(name) for name in step} == step, where
    elif isinstance(step, Done):
        assert case.completed.count(step.element) == step.times, (where, case.completed)
    elif isinstance(step, Failed):
        assert tuple(failure.kind for failure in case.failures) == step.kinds, where
    elif isinstance(step, tuple):
        case.complete(*step)
    elif step.startswith("~"):
        case.deliver(step[1:])
    elif (amount := AMOUNT.fullmatch(step)) is not None:
        case.advance(**{"days" if amount[2] == "d" else "hours": int(amount[1])})
    else:
        case.complete(step)


def xml_of(course: Course) -> str:
    """The whole drawing."""
    inside = re.compile(r"<flows>(.*?)</flows>", re.DOTALL)
    body = inside.sub(lambda match: flows(match[1].replace("&gt;", ">")), course.nodes + flows(course.lines))
    shared = inside.sub(lambda match: flows(match[1].replace("&gt;", ">")), SHARED + course.shared)
    return f'{HEAD}<process id="p" isExecutable="true">{body}</process>{shared}</definitions>'


def users(*names: str) -> str:
    return "".join(f'<userTask id="{name}"/>' for name in names)


def script(name: str, text: str, inside: str = "") -> str:
    return f'<scriptTask id="{name}">{inside}<script>{text}</script></scriptTask>'


def split(*names: str) -> str:
    return "".join(f'<parallelGateway id="{name}"/>' for name in names)


def timer(text: str, kind: str = "timeDuration") -> str:
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


def condition(text: str) -> str:
    return f"<conditionalEventDefinition><condition>{escaped(text)}</condition></conditionalEventDefinition>"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def flag(value: bool) -> str:
    return "true" if value else "false"


def boundary(name: str, host: str, event: str, *, interrupting: bool = True, extra: str = "") -> str:
    attributes = f'attachedToRef="{host}" cancelActivity="{flag(interrupting)}" {extra}'
    return f'<boundaryEvent id="{name}" {attributes}>{event}</boundaryEvent>'


def throw(name: str, event: str) -> str:
    return f'<intermediateThrowEvent id="{name}">{event}</intermediateThrowEvent>'


def catch(name: str, event: str, extra: str = "") -> str:
    return f'<intermediateCatchEvent id="{name}" {extra}>{event}</intermediateCatchEvent>'


def end(name: str, event: str = "") -> str:
    return f'<endEvent id="{name}">{event}</endEvent>'


def within(lines: str) -> str:
    return f"<flows>{lines.replace('>', '&gt;')}</flows>"


def sub(name: str, inside: str, lines: str, *, tag: str = "subProcess", attributes: str = "", marker: str = "") -> str:
    return f'<{tag} id="{name}" {attributes}>{marker}{inside}{within(lines)}</{tag}>'


def event_sub(name: str, event: str, inside: str, lines: str, *, interrupting: bool = True, extra: str = "") -> str:
    """An event sub-process that begins with `<name>_s`."""
    start = f'<startEvent id="{name}_s" isInterrupting="{flag(interrupting)}" {extra}>{event}</startEvent>'
    return sub(name, start + inside, lines, attributes='triggeredByEvent="true"')


def undone(name: str, handler: str) -> str:
    """The compensation boundary event of an activity, tied to its handler."""
    event = f'<boundaryEvent id="{name}_undone" attachedToRef="{name}">{COMPENSATE}</boundaryEvent>'
    return f'{event}<association id="{name}_tie" sourceRef="{name}_undone" targetRef="{handler}"/>'


def handlers(*names: str) -> str:
    return "".join(f'<userTask id="{name}" isForCompensation="true"/>' for name in names)


def several(text: str = "3", inside: str = "", attributes: str = "") -> str:
    """The marker of a multi-instance activity."""
    cardinality = f"<loopCardinality>{text}</loopCardinality>"
    return f"<multiInstanceLoopCharacteristics {attributes}>{cardinality}{inside}</multiInstanceLoopCharacteristics>"


def each_of(collection: str, inside: str = "", attributes: str = "") -> str:
    """The marker of an activity that runs for each item, called `unit`."""
    named = f'bangiao:collection="{collection}" bangiao:elementVariable="unit" {attributes}'
    return f"<multiInstanceLoopCharacteristics {named}>{inside}</multiInstanceLoopCharacteristics>"


def process(name: str, inside: str, lines: str) -> str:
    """Another process of the file."""
    return f'<process id="{name}" isExecutable="false">{inside}{within(lines)}</process>'
