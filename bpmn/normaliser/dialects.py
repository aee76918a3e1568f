"""Translates FEEL (`=…`) and JUEL (`${…}`) into our expressions, where both mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bpmn.carriers import carriers, owner
from bpmn.drawing import finding
from bpmn.expressions import check_expression
from bpmn.expressions.bounds import LONGEST_SOURCE
from bpmn.findings import Finding
from bpmn.normaliser.insertion import Canvas
from domain.errors import ExpressionInvalid

JUEL = re.compile(r"[$#]\{(.*)\}", re.DOTALL)
TOKENS = re.compile(r"""\s+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_À-ỹ][\wÀ-ỹ]*|\d+(?:\.\d+)?|&&|\|\||[!=<>]=|.""")
CALLED = re.compile(r"(?<!\w)(?!(?:and|or|not|in)$)[^\W\d]\w*$")
FEEL_WORDS = {"=": "==", "count": "len"}
JUEL_WORDS = {
    "&&": "and", "||": "or", "!": "not", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
    "div": "/", "mod": "%",
}  # fmt: skip
# What looks alike and means something else: FEEL counts lists from 1 and gives null for what is missing.
FEEL_FOREIGN = {"[", "]", "{", "}", ".", "?", "between", "some", "every", "for", "if", "**", "instance", "not_"}
JUEL_FOREIGN = {".", "?", ":", "empty", "instanceof", "{", "}"}


def repair(canvas: Canvas) -> Iterator[Finding]:
    """Translate what can be; what cannot stays as it is and is refused by the check of expressions."""
    for carrier in carriers(canvas.root):
        translated = None if carrier.kind == "script" else translate(carrier.source)
        if translated is None:
            continue
        before = carrier.source
        carrier.rewrite(translated)
        yield finding(
            "repaired", owner(carrier.node), f"Biểu thức “{before}” của {{}} được hiểu là “{translated}”",
            "Viết lại theo ngôn ngữ biểu thức của hệ thống",
            f"the expression {before} of {{}} is read as {translated}", "write it in the system's own language",
        )  # fmt: skip


def translate(source: str) -> str | None:
    """The same in our language; None when it is ours already or means something we cannot say."""
    if len(source) > LONGEST_SOURCE:
        return None
    wrapped = JUEL.fullmatch(source)
    if wrapped:
        translated = rewrite(wrapped[1], JUEL_WORDS, JUEL_FOREIGN)
    elif source.startswith("=") and not source.startswith("=="):
        translated = rewrite(source[1:], FEEL_WORDS, FEEL_FOREIGN)
    else:
        return None
    if translated is None:
        return None
    try:
        check_expression(translated)
    except ExpressionInvalid:
        return None
    return translated


def rewrite(source: str, words: dict[str, str], foreign: set[str]) -> str | None:
    """`source` token by token; None when a token has no equal on our side."""
    tokens: list[str] = [token for token in TOKENS.findall(source) if not token.isspace()]
    if not foreign.isdisjoint(tokens):
        return None
    text = ""
    for token in tokens:
        replaced = words.get(token, token)
        close = not text or text.endswith("(") or replaced in (")", ",") or (replaced == "(" and CALLED.search(text))
        text += replaced if close else f" {replaced}"
    return text
