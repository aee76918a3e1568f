"""The language of conditions, scripts, timers and forms: small, bounded, without calls into Python.

Values are None, bool, int, float, str, date, datetime, timedelta, and lists and mappings (text keys) of these.
Names: `true`, `false`, `null` beside Python's spelling. What it refuses and how far it goes: `bounds`, `reading`.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Mapping
from types import MappingProxyType

from bpmn.expressions.bounds import Budget, Value
from bpmn.expressions.evaluator import Evaluator, Functions
from bpmn.expressions.reading import (
    BUILT_IN,
    CALENDAR,
    CONSTANTS,
    KNOWN_FUNCTIONS,
    OFFICE,
    check_functions,
    read_expression,
    read_script,
)
from bpmn.expressions.scripts import Script

__all__ = [
    "BUILT_IN", "CALENDAR", "KNOWN_FUNCTIONS", "OFFICE", "Functions", "Value", "check_expression", "check_script",
    "evaluate", "run_script", "variables_read", "variables_set",
]  # fmt: skip

NO_FUNCTIONS: Functions = MappingProxyType({})


def evaluate(source: str, variables: Mapping[str, Value], functions: Functions = NO_FUNCTIONS) -> Value:
    """The value of the expression `source`; `functions` join the built-in ones. Raises ExpressionInvalid."""
    return Evaluator(variables, functions, Budget()).value_of(read_expression(source))


def run_script(source: str, variables: Mapping[str, Value], functions: Functions = NO_FUNCTIONS) -> dict[str, Value]:
    """The variables the script sets or changes; `variables` stay as they are.

    Raises ExpressionInvalid (with the line; also for a failed `assert`), BpmnError from `raise Exception("CODE")`.
    """
    script = Script(variables, functions)
    script.run(read_script(source))
    return script.assigned


def check_expression(source: str, functions: Container[str] = KNOWN_FUNCTIONS) -> None:
    """Raise ExpressionInvalid when `source` is no expression, or calls what is not in `functions`."""
    check_functions(read_expression(source), functions)


def check_script(source: str, functions: Container[str] = KNOWN_FUNCTIONS) -> None:
    """Raise ExpressionInvalid when `source` is no script, or calls what is not in `functions`."""
    for statement in read_script(source):
        check_functions(statement, functions)


def variables_read(source: str) -> frozenset[str]:
    """The variables the expression needs. Raises ExpressionInvalid."""
    nodes = list(ast.walk(read_expression(source)))
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    named = {node.id for node in nodes if isinstance(node, ast.Name) and id(node) not in called}
    return frozenset((named | {"period"} if any(map(asks_for_period, nodes)) else named) - CONSTANTS.keys())


def variables_set(source: str) -> frozenset[str]:
    """The variables a script may set, on whichever branch. Raises ExpressionInvalid."""
    return frozenset(
        node.id
        for statement in read_script(source)
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )


def asks_for_period(node: ast.AST) -> bool:
    """Whether it is `period()`, which reads the variable of that name."""
    return isinstance(node, ast.Call) and not node.args and isinstance(node.func, ast.Name) and node.func.id == "period"
