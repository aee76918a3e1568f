"""Patterns a designer may write: regular expressions that cannot stall the server.

Python's matcher backtracks, so a repetition within a repetition takes exponential time. A pattern here repeats plain
characters and classes only, a few times, and is matched against short texts.
"""

from __future__ import annotations

import re
from re import _constants, _parser  # type: ignore[attr-defined]  # the parser of `re` itself, so both read alike
from typing import Any

LONGEST_PATTERN = 200  # characters
LONGEST_MATCHED = 100  # characters of a text that is matched
MOST_REPEATS = 4  # of varying length in one pattern

REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
PLAIN = (
    _constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY, _constants.AT, _constants.CATEGORY,
    _constants.RANGE, _constants.NEGATE,
)  # fmt: skip


class PatternRefused(ValueError):
    """A pattern that is none, or that might take too long."""


def check_pattern(pattern: str) -> None:
    """Raise PatternRefused unless the pattern is short and harmless."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternRefused(f"over {LONGEST_PATTERN} characters")
    try:
        parsed = _parser.parse(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternRefused(str(error)) from error
    if _repeats(parsed, inside=False) > MOST_REPEATS:
        raise PatternRefused(f"over {MOST_REPEATS} repetitions")


def matches(pattern: str, text: str) -> bool:
    """Whether the whole `text` (at most LONGEST_MATCHED characters) fits the checked pattern."""
    return len(text) <= LONGEST_MATCHED and re.fullmatch(pattern, text) is not None


def _repeats(parsed: Any, *, inside: bool) -> int:
    """How many repetitions of varying length; raises PatternRefused for what is not allowed."""
    count = 0
    for operator, argument in parsed:
        if operator in REPEATS:
            least, most, repeated = argument
            if inside or (most is not _constants.MAXREPEAT and most > LONGEST_MATCHED):
                raise PatternRefused("a repetition within a repetition")
            count += (least != most) + _repeats(repeated, inside=True)
        elif operator is _constants.SUBPATTERN:
            count += _repeats(argument[3], inside=inside)
        elif operator is _constants.BRANCH:
            if inside:
                raise PatternRefused("alternatives within a repetition")
            count += sum(_repeats(branch, inside=False) for branch in argument[1])
        elif operator not in PLAIN:
            raise PatternRefused(f"{str(operator).lower()} is not supported")
    return count
