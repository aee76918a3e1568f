"""A form that was read: its fields, their first values, and the check of what was filled in."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.forms.conditions import value_of
from bpmn.forms.fields import CHOICES, Field
from bpmn.forms.values import ValueRefused, is_empty, read_value
from domain.errors import FormInvalid


@dataclass(frozen=True, slots=True)
class Form:
    """The components of a form in their order; groups hold theirs."""

    key: str
    name: str
    name_en: str
    components: tuple[Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that fill a variable, those of groups included."""
        return tuple(field for field, _ in _with_groups(self.components, ()) if field.key is not None)

    @property
    def variables(self) -> frozenset[str]:
        """The variables a filled form sets."""
        return frozenset(field.key for field in self.fields if field.key is not None and not field.readonly)

    def initial(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        """By key, what each field shows first: its variable, else its default; a fresh field its default only."""
        return {field.key: _first_value(field, field.key, variables) for field in self.fields if field.key is not None}

    def validate(self, submitted: Mapping[str, Any], variables: Mapping[str, Any]) -> dict[str, Any]:
        """The typed values of the fields that are shown; what the form does not have is left out.

        `submitted` holds texts or lists of texts as a page sends them, or typed values from a program. An empty
        field gives None, an empty text "". Raises FormInvalid with a sentence per field.
        """
        values: dict[str, Any] = {}
        refusals: dict[str, ValueRefused] = {}
        for field in self.fields:
            if field.key is not None and not field.readonly:
                try:
                    values[field.key] = read_value(field, submitted.get(field.key), variables)
                except ValueRefused as refusal:
                    values[field.key] = None
                    refusals[field.key] = refusal
        return self._shown(values, refusals, variables)

    def _shown(
        self, values: dict[str, Any], refusals: Mapping[str, ValueRefused], variables: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The values of the fields their conditions show; raises FormInvalid for those that do not fit."""
        known = ChainMap(values, dict(variables))
        accepted: dict[str, Any] = {}
        wrong: dict[str, ValueRefused] = {}
        for field, groups in _with_groups(self.components, ()):
            if field.key not in values or field.key is None or any(part.is_hidden(known) for part in (*groups, field)):
                continue
            if field.key in refusals:
                wrong[field.key] = refusals[field.key]
            elif field.is_required(known) and is_missing(field, values[field.key]):
                wrong[field.key] = missing(field)
            else:
                accepted[field.key] = values[field.key]
        if wrong:
            raise FormInvalid(
                {key: refusal.vi for key, refusal in wrong.items()},
                english_fields={key: refusal.en for key, refusal in wrong.items()},
            )
        return accepted


def is_missing(field: Field, value: Any) -> bool:
    """Whether a required field is not filled in; the choice “false” is a choice."""
    return is_empty(value) and not (field.type in CHOICES and value is False)


def missing(field: Field) -> ValueRefused:
    """The sentence for a required field that is empty: the form's own, else one for its type."""
    if field.missing:
        return ValueRefused(field.missing, field.missing_en or field.missing)
    if field.type in CHOICES:
        return ValueRefused(f"Chưa chọn “{field.name}”", f"choose “{field.name_en}”")
    if field.type == "checkbox":
        return ValueRefused(f"Cần đánh dấu “{field.name}”", f"“{field.name_en}” must be checked")
    if field.type == "filepicker":
        return ValueRefused(f"Chưa đính kèm “{field.name}”", f"attach “{field.name_en}”")
    return ValueRefused(f"Chưa nhập “{field.name}”", f"fill in “{field.name_en}”")


def _first_value(field: Field, key: str, variables: Mapping[str, Any]) -> Any:
    if not field.fresh and key in variables:
        return variables[key]
    if field.default_expression is not None:
        return value_of(field.default_expression, variables)
    return field.default


def _with_groups(fields: tuple[Field, ...], groups: tuple[Field, ...]) -> Iterator[tuple[Field, tuple[Field, ...]]]:
    """Each field with the groups it stands in, outermost first."""
    for field in fields:
        yield field, groups
        yield from _with_groups(field.children, (*groups, field))
