"""The API described: openapi.json for programs, a page for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, render_template

from web.api.answers import answer
from web.api.words import SUMMARIES
from web.language import current_language

PREFIX = "/api/v1"
METHODS = ("get", "post", "put", "patch", "delete")
PROBLEM = {
    "description": "a problem (RFC 9457)",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "description": "a second call with this key gets the first one's answer",
}


def described(told: dict[str, Any]) -> dict[str, Any]:
    """The document with what holds for every call: problems, and keys of calls that change something."""
    for operations in told["paths"].values():
        for method in METHODS:
            operation = operations.get(method)
            if operation is not None:
                done = {status: said for status, said in operation["responses"].items() if status[0] == "2"}
                operation["responses"] = {**done, "default": PROBLEM}
                if method == "post":
                    operation["parameters"] = [*operation.get("parameters", ()), KEY_HEADER]
    told["components"].pop("responses", None)
    told["components"].pop("headers", None)
    return told


def schema_name(schema: Any) -> str:
    """`Task` for TaskShape."""
    made = schema if isinstance(schema, type) else type(schema)
    return made.__name__.removesuffix("Shape")


def description_pages(describe: Callable[[], dict[str, Any]]) -> Blueprint:
    """The two addresses; `describe` gives the OpenAPI document."""
    pages = Blueprint("api_description", __name__, url_prefix=PREFIX)

    @pages.get("/openapi.json")
    def openapi() -> Response:
        """The description in OpenAPI 3.1."""
        return answer(describe())

    @pages.get("/docs")
    def docs() -> str:
        """Every call with what it takes and gives."""
        told = describe()
        known = {} if current_language() == "en" else SUMMARIES
        return render_template("api/docs.html", told=told, groups=groups_of(told, known))

    return pages


def groups_of(told: dict[str, Any], summaries: Mapping[tuple[str, str], str]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The calls by noun: [(noun, [{method, path, summary, parameters, fields, statuses}])]; `summaries` win."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in told["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                parameters = [*operations.get("parameters", ()), *operation.get("parameters", ())]
                groups.setdefault(operation["tags"][0], []).append(
                    {
                        "method": method.upper(),
                        "path": path,
                        "summary": summaries.get((method.upper(), path.removeprefix(PREFIX))) or operation["summary"],
                        "parameters": parameters,
                        "fields": _fields(told, operation),
                        "statuses": [status for status in operation["responses"] if status != "default"],
                    }
                )
    return sorted(groups.items())


def _fields(told: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of the body, by media type: [{name, type, required, description}]."""
    found: list[dict[str, Any]] = []
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = _resolved(told, content.get("schema", {}))
        needed = schema.get("required", ())
        for name, field in schema.get("properties", {}).items():
            kind = field.get("type", "any")
            found.append(
                {
                    "name": name,
                    "media": media,
                    "type": " | ".join(kind) if isinstance(kind, list) else kind,
                    "required": name in needed,
                    "description": field.get("description", ""),
                }
            )
    return found


def _resolved(told: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    found: dict[str, Any] = told["components"]["schemas"][reference.rsplit("/", 1)[-1]]
    return found
