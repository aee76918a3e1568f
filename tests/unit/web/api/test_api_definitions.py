"""Definitions over the API."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

DRAWINGS = Path(__file__).parents[3] / "bpmn"
XML = "application/xml"


def drawing(name: str) -> bytes:
    return (DRAWINGS / f"{name}.bpmn").read_bytes()


def test_a_drawing_becomes_a_version(program: Any) -> None:
    designer = program("ve")
    answer = designer.post("/definitions?key=hai_buoc", data=drawing("two_steps"), content_type=XML)
    assert answer.status_code == 201
    made = answer.json
    assert (made["key"], made["version"]) == ("hai_buoc", 1)
    assert made["processes"] == [{"id": "two_steps", "executable": True}]
    assert designer.post("/definitions?key=hai_buoc", data=drawing("two_steps"), content_type=XML).json["version"] == 2
    assert designer.get("/definitions/hai_buoc").json["version"] == 2
    assert designer.get("/definitions/hai_buoc/versions/1").json["version"] == 1
    assert designer.get("/definitions/hai_buoc/versions/1/xml").data == drawing("two_steps")
    assert designer.get("/definitions/hai_buoc/versions/3").status_code == 404
    assert "hai_buoc" in [each["key"] for each in designer.items("/definitions")]


def test_findings_are_told_and_errors_refused(program: Any) -> None:
    designer = program("ve", **{"Accept-Language": "en"})
    repaired = designer.post("/definitions", data=drawing("repair_no_end"), content_type=XML).json
    assert "repaired" in {finding["severity"] for finding in repaired["findings"]}
    refused = designer.post("/definitions", data=drawing("error_unknown_default"), content_type=XML)
    assert refused.status_code == 422
    finding = refused.json["findings"][0]
    assert set(finding) == {"severity", "element", "line", "message", "remedy"}
    assert finding["severity"] == "error"
    vietnamese = program("ve").post("/definitions", data=drawing("error_unknown_default"), content_type=XML)
    assert vietnamese.json["findings"][0]["message"] != finding["message"]
    for body in (b"", b"no xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', b"\xff\xfe"):
        assert designer.post("/definitions", data=body, content_type=XML).status_code == 422, body


def test_forms_come_beside_the_drawing(office: Any, program: Any) -> None:
    designer = program("ve")
    form = {"type": "default", "id": "note", "components": [{"type": "textfield", "key": "note", "label": "Ghi chú"}]}
    xml = drawing("two_steps").replace(b'bangiao:form="draft"', b'bangiao:form="note"')
    parts = {
        "definition": (io.BytesIO(xml), "two_steps.bpmn"),
        "forms": (io.BytesIO(json.dumps(form).encode()), "note.json"),
    }
    assert designer.post("/definitions", data=parts, content_type="multipart/form-data").status_code == 201
    caller = program("quantri")
    instance = caller.start("two_steps", unit=str(office.units["TC"]))
    task = caller.get(f"/tasks/{caller.task(instance)['id']}").json
    assert task["form"]["key"] == "note"
    assert caller.post(f"/tasks/{task['id']}/complete", {"variables": {"note": "đã xem"}}).status_code == 200
    broken = {"definition": (io.BytesIO(xml), "x.bpmn"), "forms": (io.BytesIO(b"{"), "note.json")}
    assert designer.post("/definitions", data=broken, content_type="multipart/form-data").status_code == 422
    assert designer.post("/definitions", data={}, content_type="multipart/form-data").status_code == 422
    assert designer.post("/definitions", data=b"x", content_type="text/plain").status_code == 415


def test_a_withdrawn_definition_starts_no_more(program: Any) -> None:
    caller = program("quantri")
    caller.deploy("awaiting")
    assert caller.post("/definitions/awaiting/withdraw").json["withdrawn_at"] is not None
    assert caller.post("/instances", {"definition": "awaiting"}).status_code == 409
    assert caller.post("/definitions/nothing/withdraw").status_code == 404


def test_odd_part_names_and_numbers_are_refused_not_broken(program: Any) -> None:
    designer = program("ve")
    body = (
        b'--b\r\nContent-Disposition: form-data; name="\x03\xa1\xd1\xf3\\"\r\n\r\n{}\r\n'
        b'--b\r\nContent-Disposition: form-data; name="definition"; filename="d\xff"\r\n\r\n X\xff\xfd\x06\r\n--b--\r\n'
    )
    for key in (None, "k"):
        answer = designer.post("/definitions", data=body, content_type="multipart/form-data; boundary=b", key=key)
        assert answer.status_code == 422
    assert designer.get("/definitions/activity/versions/1333994640337110302720").status_code == 404
    sentences = [
        designer.get(f"/definitions/{version}").json["detail"] for version in ("activity/versions/9", "nothing")
    ]
    assert sentences == ["Quy trình activity không có bản 9", "Không có quy trình nothing"]
    missed = program("quantri").post("/instances", {"definition": "activity", "version": 9})
    assert (missed.status_code, missed.json["detail"]) == (404, "Quy trình activity không có bản 9")
