"""A file becomes a definition with the elements a page and the engine ask for."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from bpmn.definitions import read_definition
from bpmn.elements import Element

XML = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bangiao="https://bangiao.vn/schema/bpmn/1.0"
    targetNamespace="https://bangiao.vn/samples">
  <message id="answer" name="Trả lời" bangiao:correlation="occurrence_id" />
  <collaboration id="both"><participant id="p1" processRef="work" />
    <participant id="p2" processRef="citizen" /></collaboration>
  <process id="citizen" name="Người dân" isExecutable="false"><task id="apply" name="Nộp đơn" /></process>
  <process id="work" name="Xử lý  đơn" isExecutable="true" bangiao:description="Việc mẫu"
      bangiao:candidateStarters="head">
    <startEvent id="begin" />
    <subProcess id="part" name="Thực hiện">
      <documentation>Từng đơn vị góp ý</documentation>
      <multiInstanceLoopCharacteristics bangiao:collection="parts" bangiao:elementVariable="part" />
      <userTask id="draft" name="Góp ý" bangiao:role="official" bangiao:unit="part['unit']" />
    </subProcess>
    <endEvent id="done" />
    <sequenceFlow id="f1" sourceRef="begin" targetRef="part" />
    <sequenceFlow id="f2" sourceRef="part" targetRef="done" />
  </process>
</definitions>
"""


def test_a_definition_knows_its_processes_and_which_one_starts() -> None:
    definition = read_definition(XML.encode())
    assert (definition.key, definition.name, definition.process_id) == ("work", "Xử lý đơn", "work")
    assert read_definition(XML.encode(), key="handling").key == "handling"
    citizen, work = definition.processes
    assert (citizen.is_executable, work.is_executable) == (False, True)
    assert (work.description, work.candidate_starters) == ("Việc mẫu", "head")


def test_an_element_knows_where_it_lies_and_what_we_added() -> None:
    elements = read_definition(XML.encode()).elements
    assert elements["draft"] == Element(
        "draft", "userTask", "Góp ý", "work", "part", {"role": "official", "unit": "part['unit']"}, "",
        next(number for number, line in enumerate(XML.splitlines(), 1) if 'id="draft"' in line),
    )  # fmt: skip
    assert elements["part"].extensions == {"collection": "parts", "elementVariable": "part"}
    assert elements["part"].documentation == "Từng đơn vị góp ý"
    assert (elements["work"].scope, elements["apply"].process_id, elements["f1"].type) == (
        None,
        "citizen",
        "sequenceFlow",
    )


def test_the_file_is_kept_as_it_came_and_the_mended_copy_is_xml() -> None:
    definition = read_definition(XML.encode())
    assert definition.xml == XML.encode()
    assert etree.fromstring(definition.normalised).tag.endswith("definitions")
    assert {finding.severity for finding in definition.findings} == {"repaired"}


def test_the_shipped_diagrams_have_nothing_against_them() -> None:
    shipped = sorted((Path(__file__).parents[3] / "bpmn" / "library").glob("*.bpmn"))
    assert shipped
    for path in shipped:
        assert [each for each in read_definition(path.read_bytes()).findings if each.severity != "advice"] == []
