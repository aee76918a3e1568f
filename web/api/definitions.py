"""Definitions: deployed, withdrawn, read."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import orjson
from flask import Response, request
from marshmallow import validate
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnsupportedMediaType

from bpmn.decisions import decision_id
from bpmn.forms import read_form
from domain.errors import Invalid, NotFound
from engine.definitions import deploy, withdraw
from engine.records import write_record
from storage.tables import Definition
from storage.transactions import Work, reading
from web.api.answers import PageQuery, answer, commanded, page
from web.api.blueprint import Blueprint
from web.api.bodies import Body, Query, Text
from web.api.schemas import DefinitionShape, list_of
from web.api.values import definition_values
from web.session import current_now, current_user
from web.system import current_system

pages = Blueprint("definitions")
XML_TYPES = ("application/xml", "text/xml", "application/bpmn+xml", "application/octet-stream")
UPLOAD = {
    "required": True,
    "content": {
        "application/xml": {"schema": {"type": "string"}},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "definition": {"type": "string", "format": "binary"},
                    "forms": {"type": "array", "items": {"type": "string", "format": "binary"}},
                    "decisions": {"type": "array", "items": {"type": "string", "format": "binary"}},
                },
                "required": ["definition"],
            }
        },
    },
}


class DeployQuery(Query):
    key = Text(validate=validate.Length(1, 200))


@pages.call("POST", "", query=DeployQuery, gives=DefinitionShape, status=201, doc={"requestBody": UPLOAD})
def create(query: dict[str, Any]) -> Response:
    """Deploy BPMN XML, alone or with forms (form-js) and decisions (DMN), as a new version of its key."""
    xml, forms, decisions = _sent()
    user, now = current_user(), current_now()

    def command(work: Work) -> dict[str, Any]:
        made = deploy(work, xml, key=query.get("key"), forms=forms, decisions=decisions, by=user.person_id, now=now)
        after = {"key": made.key, "version": made.version}
        write_record(work, None, user, "deploy", "definition", made.id, after=after, now=now)
        return definition_values(made)

    return commanded(command, 201)


@pages.call("POST", "/<key>/withdraw", body=Body, gives=DefinitionShape)
def stop(_body: dict[str, Any], key: str) -> Response:
    """No new starts of any version; its start events and start timers end."""
    user, now = current_user(), current_now()

    def command(work: Work) -> dict[str, Any]:
        withdraw(work, key, now)
        newest = work.definitions.versions(key)[0]
        write_record(work, None, user, "withdraw", "definition", newest.id, after={"key": key}, now=now)
        return definition_values(newest)

    return commanded(command)


@pages.call("GET", "", query=PageQuery, gives=list_of(DefinitionShape))
def index(query: dict[str, Any]) -> Response:
    """The newest version of each key."""
    with reading(current_system().database) as work:
        rows = work.definitions.page(after=query.get("after"), limit=query["limit"] + 1)
    return page(rows, query["limit"], definition_values, lambda row: row.key)


@pages.call("GET", "/<key>", gives=DefinitionShape)
def show(key: str) -> Response:
    """The newest version, of those not withdrawn when there is one."""
    with reading(current_system().database) as work:
        found = work.definitions.newest(key) or next(iter(work.definitions.versions(key)), None)
    return answer(definition_values(_there(found, key)))


@pages.call("GET", "/<key>/versions/<int(max=1000000000):version>", gives=DefinitionShape)
def show_version(key: str, version: int) -> Response:
    """One version."""
    return answer(definition_values(_version(key, version)))


@pages.call(
    "GET", "/<key>/versions/<int(max=1000000000):version>/xml", gives={"type": "string"}, content_type="application/xml"
)
def xml_of_version(key: str, version: int) -> Response:
    """The XML as it was deployed."""
    return Response(_version(key, version).xml, mimetype="application/xml")


def _version(key: str, version: int) -> Definition:
    with reading(current_system().database) as work:
        found = work.definitions.version(key, version)
        if found is None and work.definitions.versions(key):
            raise NotFound(f"Quy trình {key} không có bản {version}", f"{key} has no version {version}")
        return _there(found, key)


def _there(found: Definition | None, key: str) -> Definition:
    if found is None:
        raise NotFound(f"Không có quy trình {key}", f"no definition {key}")
    return found


def _sent() -> tuple[bytes, list[tuple[str, dict[str, Any]]], list[tuple[str, bytes]]]:
    """The XML with forms and decisions beside it. Raises UnsupportedMediaType, Invalid."""
    if request.mimetype == "multipart/form-data":
        return _definition_part(), _forms(), [_decision(each) for each in request.files.getlist("decisions")]
    if request.mimetype not in XML_TYPES:
        raise UnsupportedMediaType
    return request.get_data(cache=True), [], []


def _definition_part() -> bytes:
    sent = request.files.get("definition") or request.files.get("file")
    if sent is not None:
        return _content(sent)
    text = request.form.get("definition")
    if text is None:
        raise Invalid("Thiếu phần “definition” chứa tệp BPMN", "the part “definition” with the BPMN file is missing")
    return text.encode()


def _forms() -> list[tuple[str, dict[str, Any]]]:
    return [_form(each) for each in request.files.getlist("forms")]


def _form(sent: FileStorage) -> tuple[str, dict[str, Any]]:
    """A form under its own id, else its file's name. Raises Invalid."""
    try:
        schema = orjson.loads(_content(sent))
    except orjson.JSONDecodeError as error:
        raise Invalid(f"Biểu mẫu {sent.filename} không phải JSON", f"form {sent.filename} is no JSON") from error
    read_form(schema)
    return str(schema.get("id") or PurePath(sent.filename or "form").stem), schema


def _decision(sent: FileStorage) -> tuple[str, bytes]:
    xml = _content(sent)
    return decision_id(xml), xml


def _content(sent: FileStorage) -> bytes:
    """The bytes as they came; they may be asked for again."""
    content: bytes = sent.read()
    sent.seek(0)
    return content
