"""What goes into a called process, and what comes back out of it (BPMN 2.0, 10.4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.spiff.runtime import Scope, Token

Assignments = tuple[tuple[str, str], ...]  # the variable's name, the expression of its value


@dataclass(frozen=True, slots=True)
class Passing:
    """Every variable, or only those assigned; what is assigned counts before one of the same name."""

    inputs: Assignments = ()
    outputs: Assignments = ()
    all_in: bool = True
    all_out: bool = True

    def given(self, token: Token) -> dict[str, Any]:
        """What the called process begins with. Raises ExpressionInvalid."""
        given = {name: token.scope.run.evaluate(source, token) for name, source in self.inputs}
        return {**token.data, **given} if self.all_in else given

    def returned(self, inside: Scope) -> dict[str, Any]:
        """What the caller takes over from the scope that has ended. Raises ExpressionInvalid."""
        known = inside.variables()
        returned = {name: inside.run.evaluate(source, inside.root, known) for name, source in self.outputs}
        return {**result_of(inside), **returned} if self.all_out else returned


def result_of(inside: Scope) -> Mapping[str, Any]:
    """What a scope that has ended changed."""
    changed: Mapping[str, Any] = inside.root.internal_data.get("result", {})
    return changed


EVERYTHING = Passing()
