"""JUEL, the expressions of Java engines, read by its grammar (Expression Language 2.1, 1.4 to 1.19)."""

from __future__ import annotations

import ast
from typing import cast

from bpmn.expressions.dialects.tokens import Reader, Untranslatable, number_of, text_of
from bpmn.expressions.dialects.writing import (
    NULL,
    call,
    compared,
    constant,
    entry,
    is_boolean,
    is_word,
    joined,
    listed,
    literal,
    name,
    negated,
    word,
)

EQUALITY = {"==": ast.Eq, "eq": ast.Eq, "!=": ast.NotEq, "ne": ast.NotEq}
ORDER = {
    "<": ast.Lt, "lt": ast.Lt, ">": ast.Gt, "gt": ast.Gt, "<=": ast.LtE, "le": ast.LtE, ">=": ast.GtE, "ge": ast.GtE,
}  # fmt: skip
SUMS = {"+": ast.Add, "-": ast.Sub}
PRODUCTS = {"*": ast.Mult, "/": ast.Div, "div": ast.Div, "%": ast.Mod, "mod": ast.Mod}
RESERVED = {*EQUALITY, *ORDER, *PRODUCTS, "and", "or", "not", "empty", "instanceof"}
VARIABLE_PREFIXES = frozenset({"variables", "vars", "var"})
VARIABLE_FUNCTIONS: dict[str, type[ast.cmpop] | str | None] = {
    "get": None, "getOrDefault": None, "exists": "there", "eq": ast.Eq, "equals": ast.Eq,
    "lt": ast.Lt, "lessThan": ast.Lt, "lowerThan": ast.Lt, "lte": ast.LtE, "lessThanOrEquals": ast.LtE,
    "lowerThanOrEquals": ast.LtE, "gt": ast.Gt, "greaterThan": ast.Gt, "gte": ast.GtE, "greaterThanOrEquals": ast.GtE,
}  # fmt: skip
BEANS = frozenset({"execution", "task", "authenticatedUserId", "caseExecution", "delegateTask"})


def read_juel(source: str, *, is_condition: bool) -> ast.expr:
    """What stands between the brackets, as a tree of ours. Raises Untranslatable."""
    reader = JuelReader(source)
    found = reader.choice()
    if reader.here.kind != "end":
        reader.stuck()
    return truth(found) if is_condition else found


def truth(node: ast.expr) -> ast.expr:
    """True or false as JUEL would take it: nothing is false, and so is the text "false"."""
    return node if is_boolean(node) else call("bool", node)


class JuelReader(Reader):
    """One method a level of the grammar, the loosest operator first."""

    def choice(self) -> ast.expr:
        self.deeper()
        found = self.either()
        if self.take_if("?"):
            body = self.choice()
            self.expect(":")
            found = ast.IfExp(truth(found), body, self.choice())
        self.shallower()
        return found

    def either(self) -> ast.expr:
        parts = [self.both()]
        while self.take_if("||", "or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else joined(ast.Or(), list(map(truth, parts)))

    def both(self) -> ast.expr:
        parts = [self.equality()]
        while self.take_if("&&", "and"):
            parts.append(self.equality())
        return parts[0] if len(parts) == 1 else joined(ast.And(), list(map(truth, parts)))

    def equality(self) -> ast.expr:
        left = self.order()
        while sign := self.take_if(*EQUALITY):
            left = equal(left, self.order(), is_equal=EQUALITY[sign] is ast.Eq)
        return left

    def order(self) -> ast.expr:
        left = self.sum()
        while sign := self.take_if(*ORDER):
            left = compared(left, ORDER[sign](), self.sum())
        return left

    def sum(self) -> ast.expr:
        left = self.product()
        while sign := self.take_if(*SUMS):
            right = self.product()
            if any(isinstance(literal(each), str) for each in (left, right)):
                raise Untranslatable(
                    "dấu + của JUEL chỉ cộng số, không nối chữ", "+ adds numbers alone in JUEL, it joins no texts"
                )
            left = ast.BinOp(left, SUMS[sign](), right)
        return left

    def product(self) -> ast.expr:
        left = self.unary()
        while sign := self.take_if(*PRODUCTS):
            left = ast.BinOp(left, PRODUCTS[sign](), self.unary())
            if PRODUCTS[sign] is ast.Mod and not (self.is_at(*EQUALITY) and self.ahead().words == "0"):
                raise Untranslatable(
                    "phép lấy số dư của số âm khác nhau ở hai ngôn ngữ, chỉ so sánh được với 0",
                    "remainders of negative numbers differ in both languages; only a comparison with 0 is the same",
                )
        return left

    def unary(self) -> ast.expr:
        self.deeper()
        try:
            if self.take_if("!", "not"):
                return negated(truth(self.unary()))
            if self.take_if("-"):
                return ast.UnaryOp(ast.USub(), self.unary())
            if self.take_if("empty"):
                return call("empty", self.unary())
            return self.value()
        finally:
            self.shallower()

    def value(self) -> ast.expr:
        token = self.take()
        if token.kind == "number":
            return constant(number_of(token.words))
        if token.kind == "text":
            return self.members(constant(text_of(token.words)))
        if token.kind == "sign" and token.words == "(":
            found = self.choice()
            self.expect(")")
            return self.members(found)
        if token.kind != "name" or token.words in RESERVED:
            self.place -= token.kind != "end"
            self.stuck()
        if token.words in ("true", "false", NULL):
            return word(token.words)
        if token.words in BEANS:
            return self.members(self.of_engine(token.words))
        if self.is_at("(") or (self.is_at(":") and self.ahead().kind == "name" and self.ahead(2).words == "("):
            return self.function(token.words)
        return self.members(name(token.words))

    def function(self, words: str) -> ast.expr:
        """A call of a function: `now()`, and Flowable's of variables (`vars:eq(x, 1)`), which ask for a name."""
        if words in VARIABLE_PREFIXES and self.take_if(":"):
            return self.of_variables(self.take().words)
        if words == "now" and self.take_if("(") and self.take_if(")"):
            return call("now")
        raise Untranslatable(f"hàm “{words}” của máy chủ cũ không có ở đây", f"there is no function {words} here")

    def of_variables(self, words: str) -> ast.expr:
        """A function of a variable that may be missing; its name may stand without quotes."""
        if words not in VARIABLE_FUNCTIONS:
            raise Untranslatable(f"hàm “{words}” của máy chủ cũ không có ở đây", f"there is no function {words} here")
        self.expect("(")
        found = cast(list[ast.expr], self.several(self.choice, ")"))
        wanted = VARIABLE_FUNCTIONS[words]
        if len(found) != (2 if isinstance(wanted, type) or words == "getOrDefault" else 1):
            raise Untranslatable(f"hàm “{words}” thiếu hoặc thừa giá trị", f"{words} has too few or too many arguments")
        key = constant(found[0].id) if isinstance(found[0], ast.Name) else found[0]
        asked = call("variable", key, *(found[1:] if words == "getOrDefault" else ()))
        if wanted is None:
            return asked
        there = compared(asked, ast.IsNot(), word(NULL))
        if not isinstance(wanted, type):
            return there
        holds = compared(asked, wanted(), found[1])
        return holds if wanted is ast.Eq else joined(ast.And(), [there, holds])

    def of_engine(self, bean: str) -> ast.expr:
        """What stands for a part of the other engine: its variables alone have an equal here."""
        if bean == "execution" and self.is_at(".") and self.ahead().words == "getVariable":
            self.take()
            self.take()
            (key,) = self.arguments(1)
            return call("variable", key)
        raise Untranslatable(
            f"“{bean}” là đối tượng của máy chủ cũ", f"{bean} is an object of the other engine",
            "Đưa giá trị cần dùng vào một biến của hồ sơ", "put what is needed into a variable",
        )  # fmt: skip

    def members(self, found: ast.expr) -> ast.expr:
        """Entries, items and the methods that have an equal here."""
        while self.is_at(".", "["):
            if self.take().words == "[":
                key = self.choice()
                self.expect("]")
                found = call("get", found, key) if isinstance(literal(key), str) else entry(found, key)
            elif self.here.kind != "name":
                self.stuck()
            elif self.ahead().words == "(" and self.ahead().kind == "sign":
                found = self.method(found, self.take().words)
            else:
                found = call("get", found, constant(self.take().words))
        return found

    def method(self, owner: ast.expr, method: str) -> ast.expr:
        """The equal of a Java method. Raises Untranslatable."""
        if method in NO_ARGUMENT:
            self.arguments(0)
            return call(NO_ARGUMENT[method], owner)
        if method == "isEmpty":
            self.arguments(0)
            return compared(call("len", owner), ast.Eq(), constant(0))
        if method not in ONE_ARGUMENT:
            raise Untranslatable(
                f"phương thức Java “{method}” không gọi được", f"the Java method {method} cannot be called",
                "Tính sẵn giá trị vào một biến, hoặc dùng hàm của hệ thống",
                "compute it into a variable before, or use a function of the system",
            )  # fmt: skip
        (argument,) = self.arguments(1)
        if method == "get":
            return call("get", owner, argument) if isinstance(literal(argument), str) else entry(owner, argument)
        if method in ("contains", "containsKey"):
            return compared(argument, ast.In(), owner)
        if method == "equals":
            return compared(owner, ast.Eq(), argument)
        if method == "equalsIgnoreCase":
            return compared(call("lower", owner), ast.Eq(), call("lower", argument))
        return call(ONE_ARGUMENT[method], owner, argument)

    def arguments(self, count: int) -> list[ast.expr]:
        self.expect("(")
        found = cast(list[ast.expr], self.several(self.choice, ")"))
        if len(found) != count:
            raise Untranslatable(f"cần {count} giá trị trong ngoặc", f"{count} arguments are needed")
        return found


NO_ARGUMENT = {"size": "len", "length": "len", "toLowerCase": "lower", "toUpperCase": "upper", "trim": "trim"}
ONE_ARGUMENT = {
    "startsWith": "starts_with", "endsWith": "ends_with",
    "get": "", "contains": "", "containsKey": "", "equals": "", "equalsIgnoreCase": "",
}  # fmt: skip


def equal(left: ast.expr, right: ast.expr, *, is_equal: bool) -> ast.expr:
    """JUEL's equality: nothing equals only nothing, and a text "true" is true."""
    if literal(left) is not None or is_word(left, NULL):
        left, right = right, left
    wanted = literal(right)
    if is_word(right, NULL):
        return compared(left, ast.Is() if is_equal else ast.IsNot(), right)
    if wanted is True and not is_boolean(left):
        return truth(left) if is_equal else negated(truth(left))
    if wanted is False and not is_boolean(left):
        nothing = compared(left, ast.Is() if not is_equal else ast.IsNot(), word(NULL))
        if is_equal:
            return joined(ast.And(), [nothing, negated(truth(left))])
        return joined(ast.Or(), [nothing, truth(left)])
    if wanted in ("true", "false"):
        both = listed([right, word(str(wanted))])
        return compared(left, ast.In() if is_equal else ast.NotIn(), both)
    return compared(left, ast.Eq() if is_equal else ast.NotEq(), right)
