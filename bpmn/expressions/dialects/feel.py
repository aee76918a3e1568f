"""FEEL, the expressions of DMN 1.3 (chapter 10), read by its grammar."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import cast

from bpmn.expressions.dialects.calls import CALLS, NAMES_OF_SEVERAL_WORDS, called
from bpmn.expressions.dialects.iterations import filtered, item_of, quantified, returned
from bpmn.expressions.dialects.paths import equal, member
from bpmn.expressions.dialects.tokens import Reader, Untranslatable, number_of, text_of
from bpmn.expressions.dialects.writing import (
    NULL,
    between,
    call,
    compared,
    constant,
    is_boolean,
    joined,
    listed,
    literal,
    name,
    word,
)

ORDER = {"<": ast.Lt, ">": ast.Gt, "<=": ast.LtE, ">=": ast.GtE}
SUMS = {"+": ast.Add, "-": ast.Sub}
PRODUCTS = {"*": ast.Mult, "/": ast.Div}
INPUT = "_input"  # the variable that stands for `?`
RESERVED = frozenset(
    {"and", "or", "in", "between", "if", "then", "else", "for", "return", "some", "every", "satisfies", "function",
     "instance", "of", "external"}
)  # fmt: skip


def read_feel(
    source: str, *, is_condition: bool = False, names: Iterable[str] = (), of_input: bool = False
) -> ast.expr:
    """What stands behind the sign `=`, as a tree of ours. Raises Untranslatable.

    `names` are variables whose names have blanks; `of_input` allows `?`, the value a cell of a table tests.
    """
    reader = FeelReader(source, names, of_input)
    found = reader.expression()
    if reader.here.kind != "end":
        reader.stuck()
    return truth(found) if is_condition else found


def truth(node: ast.expr) -> ast.expr:
    """True when it is true: to FEEL nothing else is."""
    return node if is_boolean(node) else compared(node, ast.Is(), word("true"))


class FeelReader(Reader):
    """One method a level of the grammar, the loosest operator first."""

    def __init__(self, source: str, names: Iterable[str], of_input: bool) -> None:
        super().__init__(source)
        self.names = sorted((each.split() for each in names), key=len, reverse=True)
        self.of_input = of_input

    def expression(self) -> ast.expr:
        self.deeper()
        if self.take_if("if"):
            found = self.chosen()
        elif self.is_at("some", "every") and self.ahead().kind == "name":
            found = self.quantified(self.take().words)
        elif self.is_at("for") and self.ahead().kind == "name":
            found = self.iterated()
        else:
            found = self.either()
        self.shallower()
        return found

    def chosen(self) -> ast.expr:
        test = truth(self.expression())
        self.expect("then")
        body = self.expression()
        self.expect("else")
        return ast.IfExp(test, body, self.expression())

    def quantified(self, kind: str) -> ast.expr:
        item, rows = self.iterator()
        self.expect("satisfies")
        return quantified(kind, item, rows, self.expression())

    def iterated(self) -> ast.expr:
        self.take()
        item, rows = self.iterator()
        self.expect("return")
        return returned(item, rows, self.expression())

    def iterator(self) -> tuple[str, ast.expr]:
        """`x in rows`."""
        if self.here.kind != "name" or self.ahead().words != "in":
            self.stuck()
        item = self.take().words
        self.take()
        rows = self.either()
        if self.is_at(","):
            raise Untranslatable("duyệt nhiều danh sách cùng lúc", "it walks several lists at once")
        if self.is_at(".."):
            raise Untranslatable("duyệt một khoảng số", "it walks a range of numbers")
        return item, rows

    def either(self) -> ast.expr:
        parts = [self.both()]
        while self.take_if("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else joined(ast.Or(), list(map(truth, parts)))

    def both(self) -> ast.expr:
        parts = [self.comparison()]
        while self.take_if("and"):
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else joined(ast.And(), list(map(truth, parts)))

    def comparison(self) -> ast.expr:
        left = self.sum()
        if sign := self.take_if("=", "!="):
            return equal(left, self.sum(), is_equal=sign == "=")
        if sign := self.take_if(*ORDER):
            return compared(left, ORDER[sign](), self.sum())
        if self.take_if("between"):
            low = self.sum()
            self.expect("and")
            return between(low, ast.LtE(), left, ast.LtE(), self.sum())
        if self.take_if("in"):
            return self.within(left)
        if self.is_at("instance"):
            raise Untranslatable("không hỏi được loại của giá trị (instance of)", "kinds cannot be asked (instance of)")
        return left

    def within(self, value: ast.expr) -> ast.expr:
        """The right side of `in`: a list, an interval, or tests in round brackets."""
        if self.is_at("(") and not self.is_interval():
            self.take()
            tests = cast(list[ast.expr], self.several(lambda: self.test(value), ")"))
            return joined(ast.Or(), tests)
        return self.test(value)

    def test(self, value: ast.expr) -> ast.expr:
        """One unary test of `value`."""
        if sign := self.take_if(*ORDER):
            return compared(value, ORDER[sign](), self.sum())
        if self.is_at("[", "]", "(") and self.is_interval():
            return self.interval(value)
        expected = self.sum()
        if isinstance(expected, ast.List):
            return compared(value, ast.In(), expected)
        if literal(expected) is None:
            raise Untranslatable(
                "không biết bên phải của “in” là danh sách hay một giá trị",
                "the right side of in may be a list or a value",
                "Dùng list contains(danh sách, giá trị) hoặc dấu =", "use list contains(list, value), or =",
            )  # fmt: skip
        return equal(value, expected, is_equal=True)

    def is_interval(self) -> bool:
        """Whether the bracket here opens an interval: `..` comes before it is closed."""
        level, place = 0, self.place
        for token in self.tokens[place + 1 :]:
            if token.kind == "sign":
                if token.words == ".." and level == 0:
                    return True
                if token.words in "])" and level == 0:
                    return False
                level += (token.words in "[(") - (token.words in "])")
        return False

    def interval(self, value: ast.expr) -> ast.expr:
        opening = self.take().words
        low = self.sum()
        self.expect("..")
        high = self.sum()
        closing = self.take().words
        if closing not in ("]", ")", "["):
            self.stuck()
        first: ast.cmpop = ast.LtE() if opening == "[" else ast.Lt()
        second: ast.cmpop = ast.LtE() if closing == "]" else ast.Lt()
        return between(low, first, value, second, high)

    def sum(self) -> ast.expr:
        left = self.product()
        while sign := self.take_if(*SUMS):
            left = ast.BinOp(left, SUMS[sign](), self.product())
        return left

    def product(self) -> ast.expr:
        left = self.unary()
        while sign := self.take_if(*PRODUCTS):
            left = ast.BinOp(left, PRODUCTS[sign](), self.unary())
        if self.is_at("**"):
            raise Untranslatable("không có phép lũy thừa **", "there is no power **")
        return left

    def unary(self) -> ast.expr:
        if self.take_if("-"):
            self.deeper()
            found = ast.UnaryOp(ast.USub(), self.unary())
            self.shallower()
            return found
        return self.members(self.value())

    def value(self) -> ast.expr:
        token = self.here
        if token.kind == "number":
            return constant(number_of(self.take().words))
        if token.kind == "text" and token.words.startswith('"'):
            return constant(text_of(self.take().words))
        if self.take_if("("):
            found = self.expression()
            if self.is_at(".."):
                self.stuck()
            self.expect(")")
            return found
        if self.take_if("["):
            return listed(cast(list[ast.expr], self.several(self.expression, "]")))
        if self.take_if("{"):
            return self.context()
        if self.of_input and self.take_if("?"):
            return name(INPUT)
        if self.is_at("@") and self.ahead().kind == "text":
            self.take()
            return called("date", [constant(text_of(self.take().words))])
        if token.kind != "name" or token.words in RESERVED:
            self.stuck()
        return self.named()

    def named(self) -> ast.expr:
        """A constant, a call, or a variable."""
        for several in NAMES_OF_SEVERAL_WORDS:
            if self.comes(*several, "("):
                self.place += len(several)
                return self.function(" ".join(several))
        for several in self.names:
            if self.comes(*several):
                self.place += len(several)
                return call("variable", constant(" ".join(several)))
        words = self.take().words
        if self.is_at("("):
            return self.function(words)
        if words in ("true", "false", NULL):
            return word(words)
        if self.here.kind == "name" and self.here.words not in RESERVED:
            raise Untranslatable(
                f"tên biến có dấu cách (“{words} {self.here.words}”)",
                f"a name with a space ({words} {self.here.words})",
                "Đặt tên biến không dấu cách", "give the variable a name without spaces",
            )  # fmt: skip
        return name(words)

    def comes(self, *words: str) -> bool:
        """Whether these words come next."""
        return [each.words for each in self.tokens[self.place : self.place + len(words)]] == list(words)

    def function(self, words: str) -> ast.expr:
        if words not in CALLS and words != "not":
            raise Untranslatable(f"hàm FEEL “{words}” không có ở đây", f"there is no FEEL function {words} here")
        self.expect("(")
        if self.here.kind == "name" and self.ahead().words == ":":
            raise Untranslatable("giá trị của hàm đi kèm tên", "arguments are given by name")
        arguments = cast(list[ast.expr], self.several(self.expression, ")"))
        if words != "not":
            return called(words, arguments)
        if len(arguments) != 1:
            raise Untranslatable("not cần một giá trị", "not takes one argument")
        (value,) = arguments
        return ast.UnaryOp(ast.Not(), value) if is_boolean(value) else compared(value, ast.Is(), word("false"))

    def context(self) -> ast.expr:
        """A mapping; its entries may not speak of each other."""
        keys: list[ast.expr | None] = []
        values: list[ast.expr] = []
        names: set[str] = set()
        while not self.is_at("}"):
            token = self.take()
            if token.kind not in ("name", "text"):
                self.stuck()
            key = text_of(token.words) if token.kind == "text" else token.words
            self.expect(":")
            value = self.expression()
            if names & {each.id for each in ast.walk(value) if isinstance(each, ast.Name)}:
                raise Untranslatable("mục này dùng mục trước đó", "an entry speaks of an earlier one")
            names.add(key)
            keys.append(constant(key))
            values.append(value)
            if not self.take_if(","):
                break
        self.expect("}")
        return ast.Dict(keys, values)

    def members(self, found: ast.expr) -> ast.expr:
        """Entries of contexts, parts of days, items and filters of lists."""
        while self.is_at(".", "["):
            if self.take().words == "[":
                condition = self.expression()
                self.expect("]")
                found = item_of(found, condition) or filtered(found, condition)
            elif self.here.kind == "name":
                found = member(found, self.take().words)
            else:
                self.stuck()
        return found
