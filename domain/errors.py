"""The one tree of errors. Four branches say whose turn it is; a leaf states a fact.

BangiaoError
├── Invalid (422)       what was sent is wrong: the caller mends it
│   ├── DefinitionInvalid    with its findings
│   ├── ExpressionInvalid    with line and variable
│   ├── DocumentUnreadable   a file that is no plan
│   └── FormInvalid          with a sentence per field
├── NotFound (404)      there is no such thing, or it is not for you to know
├── NotAllowed (403)    your posts do not allow it
├── Conflict (409)      somebody was first, or the state has moved on
│   ├── TaskAlreadyCompleted
│   ├── InstanceClosed
│   └── Busy (503)           five tries met five others
└── BpmnError           a business error, for a boundary event to catch (never an HTTP answer)

Messages are written in Vietnamese for the person who sees them; `english` holds the same sentence in English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.words import Words, english_of


class BangiaoError(Exception):
    """The root. `str(error)` is the Vietnamese sentence, `error.english` the English one."""

    def __init__(self, message: str = "", english: str | None = None) -> None:
        super().__init__(message)
        self.english = english or english_of(message)

    @property
    def words(self) -> Words:
        """The sentence in both."""
        return Words(str(self), self.english)


class Invalid(BangiaoError):
    """What was sent is wrong; it says what was expected and what was found."""


class DefinitionInvalid(Invalid):
    """A drawing that cannot run; `findings` are `bpmn.findings.Finding`, at least one of severity "error"."""

    def __init__(self, findings: Sequence[Any], message: str = "", english: str | None = None) -> None:
        super().__init__(message or "Quy trình có lỗi, chưa thể phát hành", english or "the definition has errors")
        self.findings = tuple(findings)


class ExpressionInvalid(Invalid):
    """An expression that cannot be read or evaluated within its bounds: `line` of `source`, because of `variable`."""

    def __init__(self, message: str, english: str | None = None, *, line: int | None = None) -> None:
        super().__init__(message, english)
        self.line = line
        self.variable: str | None = None  # several are separated by commas
        self.source: str | None = None

    @property
    def told(self) -> Words:
        """The whole sentence: what is wrong, and where in which source."""
        line, lines = self.line or 1, (self.source or "").strip("\n").splitlines()
        place, english_place = [], []
        if self.variable and f"“{self.variable}”" not in str(self):
            place, english_place = [f"biến {self.variable}"], [f"variable {self.variable}"]
        if line <= len(lines):
            quoted = lines[line - 1].strip()[:160]
            place.append(f"dòng {line}: {quoted}")
            english_place.append(f"line {line}: {quoted}")
        if not place:
            return self.words
        return self.words + Words(f" ({'; '.join(place)})", f" ({'; '.join(english_place)})")


class DocumentUnreadable(Invalid):
    """A file that is no plan document, with what was expected instead."""


class FormInvalid(Invalid):
    """Form values that do not fit; `fields` maps each field's key to a sentence, `english_fields` to its English."""

    def __init__(
        self,
        fields: Mapping[str, str],
        message: str = "",
        english: str | None = None,
        *,
        english_fields: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message or "Biểu mẫu còn chỗ chưa đúng", english or "the form has wrong or missing fields")
        self.fields = dict(fields)
        self.english_fields = dict(fields if english_fields is None else english_fields)


class NotFound(BangiaoError):
    """There is no such thing, or it is not for this person to know."""


class NotAllowed(BangiaoError):
    """The posts of this person, and of those they stand in for, do not allow it."""


class Conflict(BangiaoError):
    """Somebody was first, or the state has moved on."""


class TaskAlreadyCompleted(Conflict):
    """The user task was completed or cancelled before."""


class InstanceClosed(Conflict):
    """The instance is completed or terminated."""


class Busy(Conflict):
    """Five tries met five others; the same request may go through in a moment."""


class BpmnError(BangiaoError):
    """A business error, raised by a handler or a script for a boundary event with this `code` to catch."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code
