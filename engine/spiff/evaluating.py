"""Evaluates expressions and scripts, and counts what one command spends on them.

Each evaluation has bounds of its own; a loop of many, each within them, would still hold a transaction for minutes.
The count is of work, not of time, so that a command comes out the same on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bpmn.expressions.bounds import MOST_STEPS, MOST_WALKED, Budget
from bpmn.expressions.evaluator import Evaluator, Functions
from bpmn.expressions.reading import read_expression, read_script
from bpmn.expressions.scripts import Script
from domain.errors import ExpressionInvalid

MOST_WORK = 300_000  # evaluated nodes; eight walked items count as one
WALKED_A_NODE = 8


class TooMuchWork(ExpressionInvalid):
    """A command ran more steps, or evaluated more, than any process needs."""


class Evaluating:
    """What a command may still evaluate."""

    def __init__(self) -> None:
        self.left = MOST_WORK

    def evaluate(self, source: str, variables: Mapping[str, Any], functions: Functions) -> Any:
        """The value of an expression. Raises ExpressionInvalid."""
        budget = self._budget()
        try:
            return Evaluator(variables, functions, budget).value_of(read_expression(source))
        except ExpressionInvalid as error:
            error.source = source
            raise
        finally:
            self._spend(budget)

    def run_script(self, source: str, variables: Mapping[str, Any], functions: Functions) -> dict[str, Any]:
        """The variables a script sets. Raises ExpressionInvalid, BpmnError."""
        self._budget()
        script = Script(variables, functions)
        try:
            script.run(read_script(source))
        except ExpressionInvalid as error:
            error.source = source
            raise
        finally:
            self._spend(script.budget)
        return script.assigned

    def _budget(self) -> Budget:
        if self.left <= 0:
            raise TooMuchWork(
                "Quy trình tính toán quá nhiều trong một lần chạy", "the process computes too much at once"
            )
        return Budget()

    def _spend(self, budget: Budget) -> None:
        self.left -= MOST_STEPS - budget.steps + (MOST_WALKED - budget.walks) // WALKED_A_NODE
