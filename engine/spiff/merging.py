"""Whose values count when branches meet or end: what each changed since it began, never what it merely brought along.

A fork keeps what its ended branches changed until one branch is left, which then takes it over. What runs beside its
origin (a non-interrupting boundary event, a handler that undoes) stands under an `aside` token that holds what it began
with, so that its values are no changes either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bpmn.spiff.values import changed, same

if TYPE_CHECKING:
    from engine.spiff.task import Token

MISSING = object()


def merged(tokens: Sequence[Token]) -> dict[str, Any]:
    """What the nearest common ancestor knew, and what was changed on each way from there; the later change counts."""
    ancestor = common_ancestor(tokens)
    steps = {token.id: token for each in tokens for token in way(each, ancestor)}
    variables = dict(ancestor.data)
    for token in sorted(steps.values(), key=lambda each: (not is_aside(each), each.position)):
        variables.update(changed(token.parent.data, token.data))
    return variables


def way(token: Token, ancestor: Token) -> list[Token]:
    """The token and those above it, below the ancestor."""
    return [token, *(each for each in lineage(token) if each.position > ancestor.position)]


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


def is_aside(token: Token) -> bool:
    """Whether the token only holds what something beside its origin began with."""
    return "aside" in token.internal_data


def keep(above: Token, changes: Mapping[str, Any]) -> None:
    """Keep what an ended branch changed: at the fork it came from, or as the result of its scope."""
    while is_aside(above):
        above = above.parent
    name = "result" if above.parent is None else "ended"
    if changes:
        above.note(**{name: {**above.internal_data.get(name, {}), **changes}})


def hand_on(fork: Token) -> None:
    """Give what ended branches changed to the branch that is left, or, when there is none, to those above."""
    ended = fork.internal_data.get("ended")
    if not ended:
        return
    for child in fork.children:
        catch_up(child, fork.data, ended)
    if not fork.children:
        keep(fork.parent, ended)


def catch_up(token: Token, before: Mapping[str, Any], news: Mapping[str, Any]) -> None:
    """Let the token know what others changed, except where it changed the same since `before`."""
    own = token.data
    fresh = {name: value for name, value in news.items() if is_untouched(name, before, own)}
    token.set(fresh)
    for child in token.children if fresh else ():
        catch_up(child, own, fresh)


def is_untouched(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a variable is as it was."""
    return same(before.get(name, MISSING), after.get(name, MISSING))
