"""Joins: the variables of several tokens in one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bpmn.spiff.values import changed

if TYPE_CHECKING:
    from engine.spiff.task import Token


def merged(tokens: Sequence[Token]) -> dict[str, Any]:
    """What the nearest common ancestor knew, and what each token changed since; of two that changed one, the later."""
    base = common_ancestor(tokens).data
    variables = dict(base)
    for token in sorted(tokens, key=lambda each: each.position):
        variables.update(changed(base, token.data))
    return variables


def common_ancestor(tokens: Sequence[Token]) -> Token:
    """The nearest token above all of them; there are only forks between a token and its root."""
    shared = lineage(tokens[0])
    for token in tokens[1:]:
        above = {each.id for each in lineage(token)}
        shared = [each for each in shared if each.id in above]
    return shared[0]


def lineage(token: Token) -> list[Token]:
    """The tokens above, nearest first."""
    found: list[Token] = []
    above = token.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found
