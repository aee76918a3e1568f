"""The words and signs of a foreign expression, and the reader both grammars share."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

from domain.errors import ExpressionInvalid

DEEPEST = 40  # levels of brackets and operators
TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<number>\d+(?:\.\d+)?|\.\d+)|(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    r"""|(?P<name>[^\W\d]\w*)|(?P<sign>\.\.|\*\*|&&|\|\||[=!<>]=|.)""",
    re.DOTALL,
)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)


class Untranslatable(ExpressionInvalid):
    """A foreign expression that ours cannot say; `remedy` and `remedy_en` tell what to write instead."""

    def __init__(self, message: str, english: str, remedy: str = "", remedy_en: str = "") -> None:
        super().__init__(message, english)
        self.remedy = remedy or "Viết lại theo ngôn ngữ biểu thức của hệ thống"
        self.remedy_en = remedy_en or "write it in the system's own language"


class Token:
    """A word or sign; `kind` is number, text, name, sign or end."""

    def __init__(self, kind: str, words: str) -> None:
        self.kind = kind
        self.words = words


class Reader:
    """Reads tokens from left to right."""

    def __init__(self, source: str) -> None:
        found = (Token(match.lastgroup or "sign", match[0]) for match in TOKEN.finditer(source))
        self.tokens = [token for token in found if token.kind != "space"]
        self.tokens.append(Token("end", ""))
        self.place = 0
        self.depth = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.place]

    def ahead(self, count: int = 1) -> Token:
        """The token so many places on; the end when there is none."""
        return self.tokens[min(self.place + count, len(self.tokens) - 1)]

    def take(self) -> Token:
        token = self.here
        self.place = min(self.place + 1, len(self.tokens) - 1)
        return token

    def is_at(self, *words: str) -> bool:
        """Whether one of these signs or words comes next; a text is neither."""
        return self.here.kind in ("sign", "name") and self.here.words in words

    def take_if(self, *words: str) -> str | None:
        """Take it when it is one of these; what it was, or None."""
        return self.take().words if self.is_at(*words) else None

    def expect(self, words: str) -> None:
        if self.take_if(words) is None:
            self.stuck()

    def several(self, read: Callable[[], object], end: str) -> list[object]:
        """What `read` gives, separated by commas, up to the sign `end`."""
        found: list[object] = []
        while not self.is_at(end):
            found.append(read())
            if not self.take_if(","):
                break
        self.expect(end)
        return found

    def deeper(self) -> None:
        """One level further in. Raises Untranslatable beyond DEEPEST."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Untranslatable(
                f"biểu thức lồng nhau quá {DEEPEST} tầng", f"the expression is over {DEEPEST} levels deep"
            )

    def shallower(self) -> None:
        self.depth -= 1

    def stuck(self) -> NoReturn:
        """Raises Untranslatable at the token that does not fit."""
        if self.here.kind == "end":
            raise Untranslatable("biểu thức chưa trọn", "the expression is not complete")
        raise Untranslatable(f"không hiểu “{self.here.words}”", f"{self.here.words!r} is not understood here")


def number_of(words: str) -> int | float:
    """The number written so."""
    return float(words) if "." in words else int(words)


def text_of(words: str) -> str:
    """The text between quotes, with its escapes resolved."""
    return ESCAPED.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else ESCAPES.get(found[2], found[2]), words[1:-1]
    )
