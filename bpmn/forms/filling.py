"""A form filled in by nobody: what a trial run or a simulated year answers where a person would."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from datetime import date
from typing import Any

from bpmn.forms.fields import CHOICES, Field
from bpmn.forms.form import Form, is_missing


def filled(form: Form, variables: Mapping[str, Any], day: date) -> dict[str, Any]:
    """Values that `form.validate` accepts: first values, and where one is required the first choice, `day`, a word.

    The first option of a decision is the way forward. A text with a pattern is beyond it and stays empty.
    """
    values = form.initial(variables)
    known = ChainMap(values, dict(variables))
    for field in form.fields:
        if field.key is None or field.readonly or field.is_hidden(known) or not field.is_required(known):
            continue
        if is_missing(field, values[field.key]):
            values[field.key] = _answer(field, known, day)
    return {key: value for key, value in values.items() if value is not None}


def _answer(field: Field, known: Mapping[str, Any], day: date) -> Any:
    if field.type in CHOICES:
        first = next((option.value for option in field.options_for(known)), None)
        return [first] if field.type == "checklist" and first is not None else first
    if field.type == "checkbox":
        return True
    if field.type == "number":
        return field.rules.minimum if field.rules.maximum is None else field.rules.maximum
    if field.type == "datetime":
        return day.isoformat()
    if field.type == "filepicker" or field.rules.pattern or field.rules.format:
        return None
    return "–".ljust(field.rules.shortest or 1, "–")
