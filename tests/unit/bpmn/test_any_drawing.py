"""Whatever is drawn, the checks come to an end, and what they let pass can be compiled."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser

from bpmn.checks import examine
from bpmn.definitions import read_definition
from bpmn.findings import has_errors
from bpmn.names import MODEL
from bpmn.normaliser import normalise
from bpmn.spiff.model import compile_definition

PLAIN = ["task", "userTask", "manualTask", "scriptTask", "serviceTask", "startEvent", "endEvent", "exclusiveGateway",
         "parallelGateway", "inclusiveGateway", "eventBasedGateway", "intermediateThrowEvent", "subProcess",
         "transaction"]  # fmt: skip
TIMER = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
MESSAGE = "<messageEventDefinition />"
LINK = '<linkEventDefinition name="L" />'
MARKED = {
    "caught timer": f"<intermediateCatchEvent{{}}>{TIMER}</intermediateCatchEvent>",
    "caught message": f"<intermediateCatchEvent{{}}>{MESSAGE}</intermediateCatchEvent>",
    "message start": f"<startEvent{{}}>{MESSAGE}</startEvent>",
    "thrown link": f"<intermediateThrowEvent{{}}>{LINK}</intermediateThrowEvent>",
    "caught link": f"<intermediateCatchEvent{{}}>{LINK}</intermediateCatchEvent>",
    "receive": "<receiveTask{} />",
    "looped": "<task{}><standardLoopCharacteristics /></task>",
    "repeated": "<task{}><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>"
    "</multiInstanceLoopCharacteristics></task>",
    "called": '<callActivity calledElement="work"{} />',
    "event sub-process": f'<subProcess triggeredByEvent="true"{{}}><startEvent>{MESSAGE}</startEvent></subProcess>',
    "sub-process with a task": "<subProcess{}><task /></subProcess>",
}
IDS = st.sampled_from(["a", "b", "c", "d", "e", "Start", "End", "a_split", "a_end", "task_1"])


@st.composite
def drawings(draw: st.DrawFn) -> bytes:
    """A process of a few nodes under odd ids, with flows, boundary events and defaults at random."""
    names = draw(st.lists(IDS, min_size=1, max_size=7, unique=True))
    parts = []
    flows = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names), st.booleans()), max_size=10))
    for name in names:
        kind = draw(st.sampled_from(PLAIN + list(MARKED)))
        identity = f' id="{name}"'
        if draw(st.booleans()) and draw(st.booleans()):
            identity += f' default="f{draw(st.integers(0, 3))}"' if len(flows) > 3 else ""
        parts.append(MARKED[kind].format(identity) if kind in MARKED else f"<{kind}{identity} />")
    for number, (source, target, conditional) in enumerate(flows):
        body = "<conditionExpression>x > 1</conditionExpression>" if conditional else ""
        parts.append(f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">{body}</sequenceFlow>')
    for number, host in enumerate(draw(st.lists(st.sampled_from(names), max_size=2))):
        parts.append(f'<boundaryEvent id="b{number}" attachedToRef="{host}">{TIMER}</boundaryEvent>')
    executable = draw(st.sampled_from(['isExecutable="true"', ""]))
    process = f'<process id="work" {executable}>{"".join(draw(st.permutations(parts)))}</process>'
    return f'<definitions xmlns="{MODEL[1:-1]}" targetNamespace="x">{process}</definitions>'.encode()


@settings(max_examples=150, deadline=None)
@given(drawings())
def test_what_passes_the_checks_compiles(xml: bytes) -> None:
    examined = examine(xml)
    if has_errors(examined.findings):
        return
    definition = read_definition(xml)
    parser: Any = BpmnParser()
    parser.add_bpmn_str(definition.normalised)
    parser.get_spec("work")
    assert compile_definition(definition) is not None


@settings(max_examples=100, deadline=None)
@given(drawings())
def test_a_mended_drawing_needs_no_mending(xml: bytes) -> None:
    mended = examine(xml).mended
    if mended is None:
        return
    again, findings = normalise(mended)
    assert findings == []
    assert etree.tostring(again) == etree.tostring(mended)
