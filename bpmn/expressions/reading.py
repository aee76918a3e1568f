"""Reads the source of an expression or a script into a tree that holds only nodes of the white list."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable, Container, Iterator
from functools import lru_cache
from inspect import signature

from bpmn.expressions.bounds import DEEPEST_SOURCE, LARGEST_INTEGER, LONGEST_SOURCE, Value
from bpmn.expressions.functions import FUNCTIONS
from domain.errors import ExpressionInvalid

CONSTANTS = {"true": True, "false": False, "null": None}
BUILT_IN = frozenset({*FUNCTIONS, "variable"})
CALENDAR = frozenset({
    "today", "now", "working_days", "before", "after", "working_days_between", "due_after", "is_working_day", "last_by",
    "next_from",
    *(f"{side}_of_{span}" for side in ("start", "end") for span in ("month", "quarter", "half_year", "year")),
})  # fmt: skip
OFFICE = frozenset({"unit", "parent", "is_part_of", "units_below", "unit_with", "members"})
KNOWN_FUNCTIONS = BUILT_IN | CALENDAR | OFFICE

EXPRESSIONS = (
    ast.Constant, ast.Name, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call,
    ast.Subscript, ast.Slice, ast.List, ast.Tuple, ast.Dict,
)  # fmt: skip
OPERATORS = (
    ast.Not, ast.USub, ast.UAdd, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.And, ast.Or,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Is, ast.IsNot,
)  # fmt: skip
STATEMENTS = (ast.Assign, ast.AugAssign, ast.If, ast.Pass, ast.Assert, ast.Raise)
NAMED = {
    "Attribute": ("dấu chấm (thuộc tính, phương thức)", "a dot (attribute or method)"),
    "JoinedStr": ('chuỗi f"…"', "an f-string"),
    "FormattedValue": ('chuỗi f"…"', "an f-string"),
    "Lambda": ("lambda", "lambda"),
    "ListComp": ("vòng lặp trong ngoặc", "a comprehension"),
    "SetComp": ("vòng lặp trong ngoặc", "a comprehension"),
    "DictComp": ("vòng lặp trong ngoặc", "a comprehension"),
    "GeneratorExp": ("vòng lặp trong ngoặc", "a comprehension"),
    "Pow": ("lũy thừa **", "the power **"),
    "Import": ("import", "import"),
    "ImportFrom": ("import", "import"),
    "For": ("vòng lặp for", "a for loop"),
    "While": ("vòng lặp while", "a while loop"),
    "FunctionDef": ("def", "def"),
    "ClassDef": ("class", "class"),
    "NamedExpr": ("phép gán :=", "the assignment :="),
    "Starred": ("dấu *", "a star"),
}


@lru_cache(maxsize=2048)
def read_expression(source: str) -> ast.expr:
    """The tree of one expression; raises ExpressionInvalid."""
    text = " ".join(source.split("\n")).strip()
    if not text:
        raise ExpressionInvalid("Biểu thức để trống", "the expression is empty")
    tree = parse(text, "eval")
    assert isinstance(tree, ast.Expression)
    check_expression_node(tree.body, 1)
    return tree.body


@lru_cache(maxsize=1024)
def read_script(source: str) -> tuple[ast.stmt, ...]:
    """The statements of a script, none for an empty one; raises ExpressionInvalid with the line."""
    tree = parse(textwrap.dedent(source.replace("\r\n", "\n")), "exec")
    assert isinstance(tree, ast.Module)
    for statement in tree.body:
        check_statement(statement, 1)
    return tuple(tree.body)


def parse(text: str, mode: str) -> ast.AST:
    """Python's own tree of `text`; nothing is compiled or run."""
    if len(text) > LONGEST_SOURCE:
        raise ExpressionInvalid(
            f"Biểu thức dài quá {LONGEST_SOURCE} ký tự", f"the expression is over {LONGEST_SOURCE} characters long"
        )
    try:
        tree: ast.AST = ast.parse(text, mode=mode)
    except SyntaxError as error:
        line = error.lineno or 1
        raise ExpressionInvalid(
            f"Không đọc được biểu thức (dòng {line}, cột {error.offset or 1})",
            f"the expression cannot be read (line {line}, column {error.offset or 1}): {error.msg}",
            line=line,
        ) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise ExpressionInvalid("Không đọc được biểu thức", "the expression cannot be read") from error
    return tree


def check_statement(statement: ast.stmt, level: int) -> None:
    """Refuse a statement outside the white list."""
    if isinstance(statement, ast.Expr):
        raise refused(statement, "Dòng này không gán cho biến nào nên không có tác dụng", "this line assigns nothing")
    if not isinstance(statement, STATEMENTS):
        raise not_available(statement)
    if level > DEEPEST_SOURCE:
        raise too_deep(statement)
    if isinstance(statement, ast.Assign):
        if len(statement.targets) != 1:
            raise refused(statement, "Mỗi dòng chỉ gán cho một biến", "assign to one variable a line")
        check_target(statement.targets[0])
        check_expression_node(statement.value, level + 1)
    elif isinstance(statement, ast.AugAssign):
        check_target(statement.target)
        check_operator(statement.op, statement)
        check_expression_node(statement.value, level + 1)
    elif isinstance(statement, ast.Assert):
        check_expression_node(statement.test, level + 1)
        if statement.msg is not None:
            check_expression_node(statement.msg, level + 1)
    elif isinstance(statement, ast.Raise):
        check_expression_node(raised_code(statement), level + 1)
    elif isinstance(statement, ast.If):
        check_if(statement, level)


def check_if(statement: ast.If, level: int) -> None:
    """Check the branches of an `if`; a chain of `elif` stays on one level."""
    branch: ast.If | None = statement
    while branch is not None:
        check_expression_node(branch.test, level + 1)
        for inner in branch.body:
            check_statement(inner, level + 1)
        following = branch.orelse
        if len(following) == 1 and isinstance(following[0], ast.If):
            branch = following[0]
            continue
        for inner in following:
            check_statement(inner, level + 1)
        branch = None


def check_target(target: ast.expr) -> None:
    """Refuse to assign to anything but a plain name of the designer's own."""
    if not isinstance(target, ast.Name):
        raise refused(target, "Chỉ gán được cho tên biến", "only a plain variable can be assigned to")
    if target.id in CONSTANTS or target.id.startswith("__"):
        raise refused(target, f"Không gán được cho “{target.id}”", f"{target.id} cannot be assigned to")


def raised_code(statement: ast.Raise) -> ast.expr:
    """The argument of `raise Exception(…)`: the code of a BPMN error."""
    call = statement.exc
    shaped = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Exception"
    if not (
        shaped and isinstance(call, ast.Call) and len(call.args) == 1 and not call.keywords and not statement.cause
    ):
        raise refused(
            statement, 'Lỗi nghiệp vụ viết là raise Exception("MÃ_LỖI")', 'write raise Exception("CODE") for an error'
        )
    return call.args[0]


def check_expression_node(node: ast.AST, level: int) -> None:
    """Refuse a node outside the white list, and a tree deeper than the bound."""
    if level > DEEPEST_SOURCE:
        raise too_deep(node)
    if not isinstance(node, EXPRESSIONS):
        raise not_available(node)
    if isinstance(node, ast.Constant):
        check_constant(node)
    elif isinstance(node, ast.Call):
        check_call(node)
    elif isinstance(node, (ast.UnaryOp, ast.BinOp)):
        check_operator(node.op, node)
    elif isinstance(node, ast.Compare):
        check_comparison(node)
    elif isinstance(node, ast.Dict) and None in node.keys:
        raise refused(node, "Biểu thức không được dùng dấu **", "an expression cannot use **")
    for child in operands(node):
        check_expression_node(child, level + 1)


def operands(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that are themselves evaluated."""
    parts = node.args if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
    return (part for part in parts if not isinstance(part, (ast.expr_context, ast.operator, *OPERATORS)))


def check_constant(node: ast.Constant) -> None:
    """Refuse bytes, complex numbers, `...` and integers of 2^63 and more."""
    if not isinstance(node.value, (str, int, float, type(None))):
        raise refused(node, "Hằng số này không dùng được", "this constant cannot be used")
    if isinstance(node.value, int) and abs(node.value) >= LARGEST_INTEGER:
        raise refused(node, "Số nguyên vượt quá 2^63", "an integer of 2^63 or more")


def check_call(node: ast.Call) -> None:
    """Refuse a call of anything but a plain name with plain arguments."""
    if not isinstance(node.func, ast.Name):
        raise not_available(node.func)
    if node.keywords:
        raise refused(node, "Hàm chỉ nhận giá trị theo thứ tự", "functions take arguments by position only")


def check_operator(operator: ast.AST, node: ast.AST) -> None:
    """Refuse an operator outside the white list."""
    if not isinstance(operator, OPERATORS):
        raise not_available(operator, node)


def check_comparison(node: ast.Compare) -> None:
    """Refuse `is` with anything but None, true and false: of other values it compares addresses."""
    sides = [node.left, *node.comparators]
    for index, operator in enumerate(node.ops):
        if isinstance(operator, (ast.Is, ast.IsNot)) and not any(map(is_constant, sides[index : index + 2])):
            raise refused(node, "“is” chỉ dùng với None, true, false; hãy dùng ==", "use == instead of is")


def is_constant(node: ast.AST) -> bool:
    """Whether the node is None, True or False in either spelling."""
    if isinstance(node, ast.Name):
        return node.id in CONSTANTS
    return isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool))


def arity_of(function: Callable[..., Value]) -> tuple[int, int]:
    """How many values a function takes, at least and at most."""
    parameters = signature(function).parameters.values()
    fewest = sum(each.default is each.empty and each.kind is not each.VAR_POSITIONAL for each in parameters)
    return fewest, 1_000 if any(each.kind is each.VAR_POSITIONAL for each in parameters) else len(parameters)


ARITIES = {
    **{name: arity_of(function) for name, function in FUNCTIONS.items()},
    **dict.fromkeys(CALENDAR, (0, 1)),
    **dict.fromkeys(("today", "now"), (0, 0)),
    **dict.fromkeys(("working_days", "last_by", "next_from", "unit", "parent", "units_below", "members"), (1, 1)),
    **dict.fromkeys(("before", "after", "due_after", "working_days_between", "is_part_of", "unit_with"), (2, 2)),
    "date": (1, 3),
    "variable": (1, 2),
    "period": (0, 2),
}


def check_functions(tree: ast.AST, known: Container[str]) -> None:
    """Refuse a call of a function that does not exist, or with too few or too many values.

    The `Exception` of a `raise` is none.
    """
    nodes = list(ast.walk(tree))
    raised = {id(node.exc) for node in nodes if isinstance(node, ast.Raise)}
    for node in nodes:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or id(node) in raised:
            continue
        if node.func.id not in known:
            raise refused(node, f"Không có hàm “{node.func.id}”", f"there is no function {node.func.id}")
        fewest, most = ARITIES.get(node.func.id, (0, 1_000))
        if not fewest <= len(node.args) <= most:
            raise wrong_count(node, node.func.id, len(node.args))


def wrong_count(node: ast.Call, name: str, count: int) -> ExpressionInvalid:
    """The refusal of a call with too few or too many values."""
    return refused(node, f"Hàm “{name}” không nhận {count} giá trị", f"{name} does not take {count} arguments")


def refused(node: ast.AST, message: str, english: str) -> ExpressionInvalid:
    """The refusal of what stands at `node`."""
    return ExpressionInvalid(message, english, line=getattr(node, "lineno", 1))


def not_available(node: ast.AST, place: ast.AST | None = None) -> ExpressionInvalid:
    """The refusal of a kind of node that the language does not have."""
    kind = type(node).__name__
    message, english = NAMED.get(kind, (kind, kind))
    return refused(place or node, f"Biểu thức không được dùng {message}", f"an expression cannot use {english}")


def too_deep(node: ast.AST) -> ExpressionInvalid:
    """The refusal of a source nested too deep."""
    return refused(
        node, f"Biểu thức lồng nhau quá {DEEPEST_SOURCE} tầng", f"the expression is over {DEEPEST_SOURCE} levels deep"
    )
