"""Forms as HTML: a form of `bpmn.forms` in our look, working without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup

from bpmn.expressions import variables_read
from bpmn.forms import Field, Form
from bpmn.forms.fields import CHOICES, Option
from bpmn.forms.values import shown_number

FULL_WIDTH = 16  # columns of a form-js row
MOST_SIDE_BY_SIDE = 3  # options shown in one bar
LONGEST_SIDE_BY_SIDE = 18  # characters of an option in such a bar


@dataclass(frozen=True, slots=True)
class Control:
    """One field as a template needs it; `text` is what stands in it, `chosen` the tokens picked."""

    field: Field
    label: str
    description: str
    text: str
    chosen: frozenset[str]
    options: tuple[Option, ...]
    required: bool
    error: str | None
    parts: tuple[Control, ...]
    language: str

    @property
    def id(self) -> str:
        return f"f-{self.field.key or self.field.id}"

    @property
    def described_by(self) -> str:
        """The ids of help text and error, for aria-describedby."""
        said = [f"{self.id}-hint"] if self.description else []
        return " ".join([*said, f"{self.id}-error"] if self.error else said)

    @property
    def width(self) -> str:
        """The grid class: the width of form-js in sixteenths, as thirds or halves; whole on a phone."""
        share = self.field.columns / FULL_WIDTH
        return "col-12" if share > 0.7 else "col-12 col-md-6" if share > 0.4 else "col-12 col-md-4"

    @property
    def side_by_side(self) -> bool:
        """Whether the options are few and short enough to stand in one bar."""
        labels = [self.words_of(option) for option in self.options]
        return len(labels) <= MOST_SIDE_BY_SIDE and all(len(label) <= LONGEST_SIDE_BY_SIDE for label in labels)

    def words_of(self, option: Option) -> str:
        return option.label_en if self.language == "en" and option.label_en else option.label

    def option_id(self, option: Option) -> str:
        return f"{self.id}-{self.options.index(option) + 1}"


def render_form(
    form: Form, values: Mapping[str, Any], errors: Mapping[str, str] | None = None, language: str = "vi"
) -> Markup:
    """The fields of `form`, without the `<form>` around them, its token and its buttons.

    `values` are the task's variables, over them `form.initial(variables)`, over these a saved draft or what was
    refused (texts or lists of texts as sent). `errors` are sentences by key, as in `FormInvalid`. A field whose
    condition looks at another field of the form is always shown: the answer is not known before it is sent.
    """
    own = {field.key for field in form.fields if field.key}
    shown = _Rendering(values, errors or {}, language, frozenset(own))
    controls = shown.controls(form.components)
    wrong = [control for control in _flat(controls) if control.error]
    return Markup(render_template("forms/_form.html", controls=controls, wrong=wrong))


@dataclass(frozen=True, slots=True)
class _Rendering:
    """One form about to be shown."""

    values: Mapping[str, Any]
    errors: Mapping[str, str]
    language: str
    own: frozenset[str]

    def controls(self, fields: tuple[Field, ...]) -> tuple[Control, ...]:
        return tuple(self.control(field) for field in fields if not self.is_left_out(field))

    def is_left_out(self, field: Field) -> bool:
        if field.hide is None or variables_read(field.hide) & self.own:
            return False
        return field.is_hidden(self.values)

    def control(self, field: Field) -> Control:
        value = self.values.get(field.key) if field.key else None
        options = field.options_for(self.values) if field.type in CHOICES else ()
        english = self.language == "en"
        return Control(
            field=field,
            label=field.text_for(self.values, self.language) if field.type == "text" else _label(field, english),
            description=field.description_en if english and field.description_en else field.description,
            text=_as_text(field, value),
            chosen=frozenset(_tokens(value)),
            options=options,
            required=field.required,
            error=self.errors.get(field.key) if field.key else None,
            parts=self.controls(field.children),
            language=self.language,
        )


def _label(field: Field, english: bool) -> str:
    if field.type in ("group", "separator", "spacer"):
        return (field.label_en if english else "") or field.label
    return field.name_en if english else field.name


def _as_text(field: Field, value: Any) -> str:
    """What stands in an input of one line or in a text area."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else None
    if value is None:
        return ""
    if field.type == "number" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return shown_number(value)
    return str(value)


def _tokens(value: Any) -> list[str]:
    """The tokens of what is picked, whether stored as values or sent as tokens."""
    picked = value if isinstance(value, (list, tuple)) else [] if value is None else [value]
    return [str(item).lower() if isinstance(item, bool) else str(item) for item in picked]


def _flat(controls: tuple[Control, ...]) -> list[Control]:
    return [part for control in controls for part in (control, *_flat(control.parts))]
