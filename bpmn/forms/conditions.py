"""A form's expressions: what hides a field, what makes it required, where its first value comes from."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping
from typing import Any

from bpmn.expressions import evaluate, variables_read
from domain.errors import ExpressionInvalid

PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")


def value_of(source: str, values: Mapping[str, Any]) -> Any:
    """The value of `source`, where a variable that is not set counts as None; None when it cannot be evaluated."""
    try:
        missing = dict.fromkeys(variables_read(source))
        return evaluate(source, ChainMap(dict(values), missing))
    except ExpressionInvalid:
        return None


def holds(source: str, values: Mapping[str, Any]) -> bool:
    """Whether the condition is true; one that cannot be evaluated is not."""
    return bool(value_of(source, values))


def interpolated(words: str, values: Mapping[str, Any]) -> str:
    """`words` with each `{{expression}}` replaced by its value, nothing where there is none."""

    def shown(found: re.Match[str]) -> str:
        value = value_of(found[1].strip(), values)
        return "" if value is None else str(value)

    return PLACEHOLDER.sub(shown, words)


def placeholders(words: str) -> list[str]:
    """The expressions in `words`."""
    return [found.strip() for found in PLACEHOLDER.findall(words)]
