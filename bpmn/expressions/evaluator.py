"""Evaluates a tree of the white list: simpleeval's walk, with our nodes, operators and budget."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from inspect import signature

from simpleeval import SimpleEval

from bpmn.expressions.bounds import Budget, Value
from bpmn.expressions.functions import FUNCTIONS
from bpmn.expressions.operators import OPERATORS, is_list, mismatch
from bpmn.expressions.reading import CONSTANTS, not_available, refused, wrong_count
from domain.errors import BangiaoError, ExpressionInvalid

Functions = Mapping[str, Callable[..., Value]]


class Evaluator(SimpleEval):  # type: ignore[misc]  # simpleeval has no types
    """One evaluation over `variables`, which it never changes.

    simpleeval's constructor is not called: it would bring its own nodes (methods, f-strings, comprehensions) and
    change the process-wide list of warnings on each call.
    """

    def __init__(self, variables: Mapping[str, Value], functions: Functions, budget: Budget) -> None:
        self.variables = variables
        self.functions = {**FUNCTIONS, **functions}
        self.operators = OPERATORS
        self.budget = budget
        self.admitted: set[str] = set()
        self.nodes = {
            ast.Constant: self._eval_constant,
            ast.Name: self._eval_name,
            ast.UnaryOp: self._eval_unaryop,
            ast.BinOp: self._eval_binop,
            ast.BoolOp: self._eval_boolop,
            ast.Compare: self._eval_compare,
            ast.IfExp: self._eval_ifexp,
            ast.Call: self._eval_call,
            ast.Subscript: self._eval_subscript,
            ast.Slice: self._eval_slice,
            ast.List: self._eval_list,
            ast.Tuple: self._eval_list,
            ast.Dict: self._eval_dict,
        }

    def value_of(self, node: ast.expr) -> Value:
        """The value of `node`; raises ExpressionInvalid with the line."""
        with stated_at(node):
            return self._eval(node)

    def _eval(self, node: ast.AST) -> Value:
        self.budget.step()
        handler = self.nodes.get(type(node))
        if handler is None:
            raise not_available(node)
        try:
            return handler(node)
        except ExpressionInvalid as error:
            error.line = error.line or getattr(node, "lineno", None)
            error.variable = error.variable or variables_in(node)
            raise

    def _eval_constant(self, node: ast.Constant) -> Value:
        return node.value

    def _eval_name(self, node: ast.Name) -> Value:
        name = node.id
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name not in self.variables:
            error = refused(node, f"Chưa có biến “{name}”", f"there is no variable {name}")
            error.variable = name
            raise error
        value = self.variables[name]
        if name not in self.admitted:
            self.budget.admit(value)
            self.admitted.add(name)
        return value

    def _eval_unaryop(self, node: ast.UnaryOp) -> Value:
        return self.budget.admit(super()._eval_unaryop(node))

    def _eval_binop(self, node: ast.BinOp) -> Value:
        return self.budget.admit(super()._eval_binop(node))

    def _eval_call(self, node: ast.Call) -> Value:
        assert isinstance(node.func, ast.Name)
        name = node.func.id
        arguments = [self._eval(argument) for argument in node.args]
        if name == "variable":
            return self._variable(*self._own_arguments(node, arguments, 1, 2))
        if name == "period" and not arguments:
            arguments = [self._variable("period")]
        function = self.functions.get(name)
        if function is None:
            raise refused(node, f"Không có hàm “{name}”", f"there is no function {name}")
        try:
            value = function(*arguments)
        except ExpressionInvalid:
            raise
        except BangiaoError as error:
            raise refused(node, f"{name}: {error}", f"{name}: {error.english}") from error
        except (TypeError, AttributeError) as error:
            raise wrong_arguments(node, name, function, arguments) from error
        return self.budget.admit(value)

    def _variable(self, name: Value, otherwise: Value = None) -> Value:
        """The value of the variable so called; `otherwise` when it is not set or None."""
        if not isinstance(name, str):
            raise mismatch("variable", name)
        value = self.variables.get(name)
        return otherwise if value is None else self.budget.admit(value)

    @staticmethod
    def _own_arguments(node: ast.Call, arguments: list[Value], fewest: int, most: int) -> list[Value]:
        if not fewest <= len(arguments) <= most:
            raise wrong_count(node, "variable", len(arguments))
        return arguments

    def _eval_subscript(self, node: ast.Subscript) -> Value:
        container, key = self._eval(node.value), self._eval(node.slice)
        if isinstance(container, Mapping):
            if not isinstance(key, str) or key not in container:
                raise refused(node, f"Không có mục “{key}”", f"there is no entry {key!r}")
            return container[key]
        if not (isinstance(container, str) or is_list(container)) or not isinstance(key, (int, slice)):
            raise mismatch("[…]", container, key)
        try:
            return self.budget.admit(container[key])
        except IndexError as error:
            raise refused(node, f"Không có mục thứ {key}", f"there is no item {key}") from error

    def _eval_list(self, node: ast.List | ast.Tuple) -> Value:
        return self.budget.admit([self._eval(item) for item in node.elts])

    def _eval_dict(self, node: ast.Dict) -> Value:
        pairs = zip(node.keys, node.values, strict=True)
        return self.budget.admit({self._key(key): self._eval(value) for key, value in pairs})

    def _key(self, node: ast.expr | None) -> str:
        key = self._eval(node) if node is not None else None
        if not isinstance(key, str):
            raise ExpressionInvalid("Khóa của một nhóm giá trị phải là chữ", "the keys of a mapping must be text")
        return key


def variables_in(node: ast.AST) -> str | None:
    """The variables a part of an expression reads, for the sentence that refuses it."""
    called = {id(each.func) for each in ast.walk(node) if isinstance(each, ast.Call)}
    names = [each for each in ast.walk(node) if isinstance(each, ast.Name) and id(each) not in called]
    names.sort(key=lambda name: (name.lineno, name.col_offset))
    return ", ".join(dict.fromkeys(name.id for name in names if name.id not in CONSTANTS)) or None


def wrong_arguments(
    node: ast.Call, name: str, function: Callable[..., Value], arguments: list[Value]
) -> ExpressionInvalid:
    """The refusal of a call with too few or too many values, or with values of another kind."""
    try:
        signature(function).bind(*arguments)
    except TypeError:
        return wrong_count(node, name, len(arguments))
    return mismatch(name, *arguments) if arguments else wrong_count(node, name, 0)


@contextmanager
def stated_at(node: ast.AST) -> Iterator[None]:
    """Turn whatever goes wrong while `node` is evaluated into ExpressionInvalid with its line."""
    line = getattr(node, "lineno", 1)
    try:
        yield
    except ExpressionInvalid as error:
        error.line = error.line or line
        raise
    except ZeroDivisionError as error:
        raise ExpressionInvalid("Không chia được cho 0", "division by zero", line=line) from error
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise ExpressionInvalid(f"Không tính được: {error}", f"cannot be evaluated: {error}", line=line) from error
    except (RecursionError, MemoryError) as error:
        raise ExpressionInvalid("Biểu thức quá lớn", "the expression is too large", line=line) from error
