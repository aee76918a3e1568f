"""The parts of a form as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bpmn.forms.conditions import holds, interpolated
from domain.text import tidy

Type = Literal[
    "textfield", "textarea", "number", "datetime", "select", "radio", "checkbox", "checklist", "filepicker",
    "text", "group", "separator", "spacer",
]  # fmt: skip
Scalar = str | int | float | bool

TEXTS = ("textfield", "textarea")
CHOICES = ("select", "radio", "checklist")
MOST_OPTIONS = 500  # offered by one field
LONGEST_LABEL = 300  # characters of an option that comes from a variable


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values offered; `token` is how a page sends it."""

    value: Scalar
    label: str
    label_en: str = ""

    @property
    def token(self) -> str:
        """The value as text: `true` and `false` for truth values."""
        return str(self.value).lower() if isinstance(self.value, bool) else str(self.value)


@dataclass(frozen=True, slots=True)
class Rules:
    """The bounds of a value; lengths in characters, None where there is none."""

    minimum: float | None = None
    maximum: float | None = None
    shortest: int | None = None
    longest: int | None = None
    pattern: str | None = None
    format: Literal["email", "phone"] | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One component; `key` is the variable it fills, None for text, groups and rules between parts.

    `missing` is what is said when it must be filled in and is not. `columns` is the width, of 16; `digits` the decimal
    places of a number, None for any.
    """

    id: str
    type: Type
    key: str | None = None
    label: str = ""
    label_en: str = ""
    description: str = ""
    description_en: str = ""
    prefix: str = ""
    suffix: str = ""
    required: bool = False
    required_when: str | None = None
    missing: str = ""
    missing_en: str = ""
    hide: str | None = None
    rules: Rules = Rules()
    options: tuple[Option, ...] = ()
    options_variable: str | None = None
    default: Any = None
    default_expression: str | None = None
    fresh: bool = False
    readonly: bool = False
    multiple: bool = False
    accept: str = ""
    digits: int | None = None
    columns: int = 16
    children: tuple[Field, ...] = ()

    @property
    def name(self) -> str:
        """How a sentence to a person names the field."""
        return self.label or self.key or self.id

    @property
    def name_en(self) -> str:
        """The same in English, where the form has it."""
        return self.label_en or self.name

    def is_hidden(self, values: Mapping[str, Any]) -> bool:
        """Whether its condition hides it; one that cannot be evaluated hides nothing."""
        return self.hide is not None and holds(self.hide, values)

    def is_required(self, values: Mapping[str, Any]) -> bool:
        """Whether it must be filled in beside these values."""
        return self.required or (self.required_when is not None and holds(self.required_when, values))

    def text_for(self, values: Mapping[str, Any], language: str = "vi") -> str:
        """A text component's words with their `{{…}}` filled in."""
        return interpolated(self.label_en if language == "en" and self.label_en else self.label, values)

    def options_for(self, values: Mapping[str, Any]) -> tuple[Option, ...]:
        """The options offered: its own, or those of a variable (texts, or mappings with `value` and `label`)."""
        if self.options_variable is None:
            return self.options
        listed = values.get(self.options_variable)
        if not isinstance(listed, (list, tuple)):
            return ()
        return tuple(option for item in listed[:MOST_OPTIONS] for option in _options_of(item))


def _options_of(item: Any) -> Iterator[Option]:
    """The option an item of a variable stands for, if it stands for one."""
    value = item.get("value") if isinstance(item, Mapping) else item
    if not isinstance(value, (str, int, float)):
        return
    label = item.get("label") if isinstance(item, Mapping) else None
    yield Option(value, tidy(str(label or value))[:LONGEST_LABEL])
