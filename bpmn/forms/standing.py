"""A form's schema as it stands for one task, for programs that do not read our expressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bpmn.forms.reading import read_form


def as_it_stands(schema: Mapping[str, Any], variables: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with `validate.required` on each field that must be filled in beside these variables."""
    required = {field.key for field in read_form(schema).fields if field.is_required(variables)}
    return _marked(schema, required)


def _marked(component: Mapping[str, Any], required: set[str | None]) -> dict[str, Any]:
    marked = dict(component)
    if marked.get("key") is not None and marked["key"] in required:
        marked["validate"] = {**marked.get("validate", {}), "required": True}
    if "components" in marked:
        marked["components"] = [_marked(each, required) for each in marked["components"]]
    return marked
