"""Nothing a file holds opens another, and no file stalls the server."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import pytest

from bpmn.checks import check_file
from bpmn.definitions import read_definition
from bpmn.parsing import DEEPEST_ELEMENT, LARGEST_FILE, MOST_ELEMENTS, parse_xml
from domain.errors import DefinitionInvalid

SOUND = (Path(__file__).parents[2] / "bpmn" / "sound.bpmn").read_text()
BODY = SOUND[SOUND.index("<definitions") :]
SOON = 20.0  # seconds, for the largest file there may be on a slow machine


def with_prolog(prolog: str) -> str:
    return f'<?xml version="1.0"?>\n{prolog}\n{BODY}'


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE definitions SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE definitions [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY % outer SYSTEM "http://127.0.0.1:1/x.dtd"> %outer;]>',
        "<!DOCTYPE definitions>",
    ],
)
def test_a_document_type_is_refused_with_its_line(prolog: str) -> None:
    for xml in (with_prolog(prolog).encode(), with_prolog(prolog).encode("utf-16")):
        with pytest.raises(DefinitionInvalid) as refusal:
            read_definition(xml)
        assert "DOCTYPE" in refusal.value.findings[0].message
        assert refusal.value.findings[0].line is not None


def test_a_document_type_cannot_hide_in_an_encoding() -> None:
    hidden = '<?xml version="1.0" encoding="UTF-7"?>\n' + with_prolog("<!DOCTYPE definitions>")
    with pytest.raises(DefinitionInvalid):
        read_definition(hidden.encode("utf-7"))


def test_an_unknown_entity_is_refused() -> None:
    with pytest.raises(DefinitionInvalid):
        read_definition(SOUND.replace("Soạn dự thảo", "&secret;").encode())


def test_no_connection_is_opened_for_what_a_file_names() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        port = server.getsockname()[1]
        heard: list[object] = []

        def listen() -> None:
            try:
                heard.append(server.accept())
            except TimeoutError:
                return

        listener = threading.Thread(target=listen)
        listener.start()
        include = f'<import importType="x" location="http://127.0.0.1:{port}/a.xsd" namespace="y" />'
        schema = f'xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:schemaLocation="a http://127.0.0.1:{port}/b"'
        xml = SOUND.replace('id="sample">', f'id="sample" {schema}>{include}')
        assert read_definition(xml.encode()).key == "work"
        listener.join()
        assert heard == []


@pytest.mark.parametrize(
    "xml",
    [b"", b"not xml", b"<definitions>", b"<a/>", BODY.encode("utf-8")[:-5], b"\xff\xfe<", b'<?xml encoding="x"?><a/>'],
)
def test_what_is_no_drawing_is_refused_with_a_finding(xml: bytes) -> None:
    with pytest.raises(DefinitionInvalid) as refusal:
        read_definition(xml)
    assert refusal.value.findings[0].severity == "error"
    assert [each.severity for each in check_file(xml)] == ["error"]


def test_broken_xml_is_refused_at_its_line() -> None:
    with pytest.raises(DefinitionInvalid) as refusal:
        read_definition(SOUND.replace("</endEvent>", "").encode())
    assert refusal.value.findings[0].line is not None
    assert (
        refusal.value.findings[0].line
        >= SOUND.splitlines().index(next(line for line in SOUND.splitlines() if "<endEvent" in line)) + 1
    )


def test_other_encodings_are_read() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        xml = SOUND.replace('encoding="UTF-8"', f'encoding="{encoding[:6].strip("-")}"').encode(encoding)
        assert read_definition(xml).elements["draft"].name == "Soạn dự thảo"


def test_a_file_that_is_too_large_too_deep_or_too_full_is_refused() -> None:
    deep = "<documentation>" * DEEPEST_ELEMENT + "</documentation>" * DEEPEST_ELEMENT
    full = "<documentation />" * MOST_ELEMENTS
    for addition in (" " * LARGEST_FILE, deep, full):
        with pytest.raises(DefinitionInvalid):
            parse_xml(SOUND.replace("</process>", f"{addition}</process>").encode())


def wide(count: int) -> str:
    """A parallel gateway with `count` branches, each a task that leads nowhere."""
    nodes = [f'<task id="t{n}" /><sequenceFlow id="f{n}" sourceRef="g" targetRef="t{n}" />' for n in range(count)]
    return (
        '<startEvent id="s" /><parallelGateway id="g" /><sequenceFlow id="f" sourceRef="s" targetRef="g" />'
        + "".join(nodes)
    )


def chained_gateways(count: int) -> str:
    """`count` inclusive gateways in a row, each joined to the next by three flows."""
    flows = [
        f'<sequenceFlow id="f{n}_{m}" sourceRef="g{n}" targetRef="g{n + 1}"><conditionExpression>x &gt; {m}'
        "</conditionExpression></sequenceFlow>"
        for n in range(count - 1)
        for m in range(3)
    ]
    nodes = [f'<inclusiveGateway id="g{n}" />' for n in range(count)]
    return "".join(nodes + flows) + '<startEvent id="s" /><sequenceFlow id="f" sourceRef="s" targetRef="g0" />'


def parallel_ladder(count: int) -> str:
    """`count` parallel gateways, each splitting to the next two."""
    flows = [
        f'<sequenceFlow id="f{n}_{m}" sourceRef="g{n}" targetRef="g{n + m}" />'
        for n in range(count)
        for m in (1, 2)
        if n + m < count
    ]
    nodes = [f'<parallelGateway id="g{n}" />' for n in range(count)]
    return "".join(nodes + flows) + '<startEvent id="s" /><sequenceFlow id="f" sourceRef="s" targetRef="g0" />'


def nested(count: int) -> str:
    """`count` sub-processes in each other."""
    return "".join(f'<subProcess id="p{n}">' for n in range(count)) + "</subProcess>" * count


def without_ids(count: int) -> str:
    return "<task />" * count


def reserved_names(count: int) -> str:
    return "".join(f'<task id="t{n}.EndJoin" />' for n in range(count))


@pytest.mark.parametrize(
    "body",
    [wide(8_000), chained_gateways(190), chained_gateways(3_000), parallel_ladder(190), parallel_ladder(6_000),
     nested(90), without_ids(12_000), reserved_names(12_000), wide(190)],
    ids=["wide", "inclusive", "long inclusive", "ladder", "long ladder", "nested", "without ids", "reserved", "narrow"],
)  # fmt: skip
def test_no_drawing_within_the_bounds_stalls(body: str) -> None:
    xml = f'{BODY[: BODY.index(">") + 1]}<process id="work" isExecutable="true">{body}</process></definitions>'
    started = time.process_time()
    check_file(xml.encode())
    assert time.process_time() - started < SOON
