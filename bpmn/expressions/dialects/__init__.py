"""FEEL (`=…`) and JUEL (`${…}`, `#{…}`) of imported drawings, written in our language.

What is promised: wherever the original gives a value, ours gives the same value or stops with a sentence. Where that
cannot be said, the source is refused with the reason. FEEL has no errors, its null counts as one here. One thing ours
never does is to take the text "5" for the number 5, as JUEL would.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterable
from contextlib import suppress

from bpmn.expressions.bounds import LONGEST_SOURCE
from bpmn.expressions.dialects.feel import read_feel
from bpmn.expressions.dialects.juel import read_juel
from bpmn.expressions.dialects.tokens import Untranslatable
from bpmn.expressions.reading import KNOWN_FUNCTIONS, check_functions, read_expression
from domain.errors import ExpressionInvalid

__all__ = ["Untranslatable", "in_ours", "is_foreign", "of_table", "translated", "why_not"]

JUEL = re.compile(r"[$#]\{(.*)\}", re.DOTALL)


def is_foreign(source: str) -> bool:
    """Whether `source` is marked as FEEL or JUEL."""
    return source.startswith(("${", "#{")) or (source.startswith("=") and not source.startswith("=="))


def translated(source: str, *, is_condition: bool = False) -> str:
    """The same in our language; a condition must come out true or false. Raises Untranslatable with the reason."""
    if len(source) > LONGEST_SOURCE:
        raise Untranslatable(
            f"biểu thức dài quá {LONGEST_SOURCE} ký tự", f"the expression is over {LONGEST_SOURCE} characters long"
        )
    wrapped = JUEL.fullmatch(source)
    if wrapped:
        tree = read_juel(wrapped[1], is_condition=is_condition)
    elif source.startswith("="):
        tree = read_feel(source[1:], is_condition=is_condition)
    else:
        raise Untranslatable(
            "biểu thức chỉ được nằm trọn trong một cặp ngoặc ${…}", "the expression must be one pair of brackets ${…}"
        )
    return written(tree)


def written(tree: ast.expr) -> str:
    """The source of a tree of ours. Raises Untranslatable for what our language does not take."""
    ours = ast.unparse(ast.fix_missing_locations(tree))
    try:
        check_functions(read_expression(ours), KNOWN_FUNCTIONS)
    except ExpressionInvalid as error:
        raise Untranslatable(str(error), error.english) from error
    return ours


def of_table(source: str, names: Iterable[str] = (), *, is_test: bool = False) -> str:
    """An expression of a decision table, which is FEEL by its standard: in our language, else as it stands.

    `names` are those of variables with blanks in them; in a test `?` stands for the input. Raises Untranslatable for
    what neither language reads.
    """
    if is_foreign(source) or len(source) > LONGEST_SOURCE:
        return translated(source)
    try:
        return written(read_feel(source, names=names, of_input=is_test))
    except Untranslatable as reason:
        try:
            check_functions(read_expression(source), KNOWN_FUNCTIONS)
        except ExpressionInvalid:
            raise reason from None
        return source


def in_ours(source: str, functions: Container[str] = KNOWN_FUNCTIONS) -> str:
    """A source of a form, which carries no mark: what only FEEL reads in our language, else as it stands."""
    try:
        check_functions(read_expression(source), functions)
    except ExpressionInvalid:
        with suppress(Untranslatable):
            return translated(source if is_foreign(source) else f"={source}")
    return source


def why_not(source: str) -> Untranslatable:
    """Why a foreign source is not translated; for a script of one line too, which never is."""
    try:
        translated(source)
    except Untranslatable as reason:
        return reason
    return Untranslatable("phép tính viết bằng ngôn ngữ của máy chủ khác", "scripts are never translated")
