"""What a value is that another engine lets one write as text or as an expression."""

from __future__ import annotations

from bpmn.expressions.dialects import Untranslatable, is_foreign, translated


def value_of(source: str) -> str:
    """An expression in our language, or the text itself. Raises Untranslatable."""
    if is_foreign(source):
        return translated(source)
    if "${" in source or "#{" in source:
        raise Untranslatable("chữ có biểu thức ở giữa", "a text with expressions in it")
    return repr(source)
