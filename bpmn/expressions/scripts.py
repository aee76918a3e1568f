"""Runs a script: assignments, if, pass, assert, raise Exception("CODE")."""

from __future__ import annotations

import ast
from collections import ChainMap
from collections.abc import Iterable, Mapping

from bpmn.expressions.bounds import Budget, Value
from bpmn.expressions.evaluator import Evaluator, Functions, stated_at
from bpmn.expressions.operators import OPERATORS
from bpmn.expressions.reading import raised_code, refused
from domain.errors import BpmnError


class Script:
    """One run; what it assigns is in `assigned`, what it was given stays as it was."""

    def __init__(self, variables: Mapping[str, Value], functions: Functions) -> None:
        self.assigned: dict[str, Value] = {}
        self.budget = Budget()
        self.evaluator = Evaluator(ChainMap(self.assigned, dict(variables)), functions, self.budget)

    def run(self, statements: Iterable[ast.stmt]) -> None:
        """Run the statements in order; raises ExpressionInvalid with the line, BpmnError from `raise`."""
        for statement in statements:
            with stated_at(statement):
                self.budget.step()
                self._run_one(statement)

    def _run_one(self, statement: ast.stmt) -> None:
        value_of = self.evaluator.value_of
        if isinstance(statement, ast.Assign):
            self._assign(statement.targets[0], value_of(statement.value))
        elif isinstance(statement, ast.AugAssign):
            before = value_of(ast.Name(target_name(statement.target), ast.Load(), lineno=statement.lineno))
            self._assign(statement.target, OPERATORS[type(statement.op)](before, value_of(statement.value)))
        elif isinstance(statement, ast.If):
            self._choose(statement)
        elif isinstance(statement, ast.Assert):
            if not value_of(statement.test):
                raise failed(statement, value_of(statement.msg) if statement.msg else None)
        elif isinstance(statement, ast.Raise):
            raise BpmnError(error_code(statement, value_of(raised_code(statement))))

    def _assign(self, target: ast.expr, value: Value) -> None:
        name = target_name(target)
        self.assigned[name] = value
        self.evaluator.admitted.add(name)
        self.budget.admit(self.assigned)

    def _choose(self, statement: ast.If) -> None:
        branch = statement
        while not self.evaluator.value_of(branch.test):
            following = branch.orelse
            if len(following) != 1 or not isinstance(following[0], ast.If):
                self.run(following)
                return
            branch = following[0]
        self.run(branch.body)


def target_name(target: ast.expr) -> str:
    """The variable a statement assigns to."""
    assert isinstance(target, ast.Name)
    return target.id


def failed(statement: ast.Assert, reason: Value) -> Exception:
    """The refusal of an `assert` that does not hold."""
    words = f": {reason}" if isinstance(reason, str) else ""
    return refused(statement, f"Điều kiện bắt buộc (assert) không đúng{words}", f"the assertion does not hold{words}")


def error_code(statement: ast.Raise, code: Value) -> str:
    """The code of the BPMN error that is raised."""
    if not isinstance(code, str) or not code:
        raise refused(statement, "Mã lỗi phải là chữ", "an error code must be text")
    return code
