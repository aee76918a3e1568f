"""Reads a form-js schema into a `Form`; says at which component what is not supported."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

from bpmn.expressions import BUILT_IN, check_expression
from bpmn.expressions.dialects import in_ours
from bpmn.forms.conditions import placeholders
from bpmn.forms.fields import CHOICES, MOST_OPTIONS, Field, Option, Rules, Type
from bpmn.forms.form import Form
from bpmn.forms.patterns import PatternRefused, check_pattern
from domain.errors import ExpressionInvalid, FormInvalid

SUPPORTED: tuple[str, ...] = get_args(Type)
WITHOUT_KEY = ("text", "group", "separator", "spacer")
SKIPPED = ("button",)
MOST_COMPONENTS = 200
LONGEST_SCHEMA = 300_000  # characters
LONGEST_WORDS = 4_000  # characters of a label, description or text
DEEPEST_GROUP = 5
LARGEST_WHOLE = 20_000  # a length, a number of digits or columns
RESERVED = ("csrf_token",)

T = TypeVar("T")


class _Refused(Exception):
    """One component that cannot be read, with the sentences for the designer."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en


def read_form(schema: Mapping[str, Any] | str | bytes, key: str | None = None) -> Form:
    """The form of a form-js schema (parsed, or as JSON text) under `key` or the schema's own id.

    Raises FormInvalid with a sentence per component that is not supported, by its key or id.
    """
    schema = _parsed(schema)
    reader = _Reader()
    components = reader.read_all(schema.get("components", []), 0)
    if reader.refusals:
        raise FormInvalid(
            {place: refusal.vi for place, refusal in reader.refusals.items()},
            "Biểu mẫu có phần chưa dùng được",
            "the form has parts that are not supported",
            english_fields={place: refusal.en for place, refusal in reader.refusals.items()},
        )
    key = key or _words(schema, "id") or "form"
    name = _words(schema, "name") or key
    return Form(key, name, _words(schema, "nameEn") or name, components)


def _parsed(schema: Mapping[str, Any] | str | bytes) -> Mapping[str, Any]:
    if isinstance(schema, (str, bytes)):
        if len(schema) > LONGEST_SCHEMA:
            raise FormInvalid({}, "Biểu mẫu quá lớn", "the form is too large")
        try:
            schema = json.loads(schema)
        except (ValueError, RecursionError) as error:
            raise FormInvalid({}, f"Tệp không phải JSON: {error}", f"this is not JSON: {error}") from error
    if not isinstance(schema, Mapping) or not isinstance(schema.get("components"), list):
        raise FormInvalid({}, "Tệp không phải biểu mẫu form-js", "this is no form-js schema: no list of components")
    return schema


class _Reader:
    """Collects what is refused while it reads, so that a designer sees everything at once."""

    def __init__(self) -> None:
        self.refusals: dict[str, _Refused] = {}
        self.keys: set[str] = set()
        self.count = 0

    def read_all(self, components: Any, depth: int) -> tuple[Field, ...]:
        fields = []
        for component in components if isinstance(components, list) else []:
            self.count += 1
            place = f"components[{self.count}]"
            try:
                if not isinstance(component, Mapping):
                    raise _Refused("Thành phần không phải một đối tượng", "a component must be an object")
                place = _words(component, "key") or _words(component, "id") or place
                if component.get("type") not in SKIPPED:
                    fields.append(self.read(component, depth))
            except _Refused as refusal:
                self.refusals.setdefault(place, refusal)
        return tuple(fields)

    def read(self, component: Mapping[str, Any], depth: int) -> Field:
        kind = component.get("type")
        if kind not in SUPPORTED:
            raise _Refused(
                f"Loại thành phần “{kind}” chưa dùng được; dùng được: {', '.join(SUPPORTED)}",
                f"a component of type {kind} is not supported; supported are: {', '.join(SUPPORTED)}",
            )
        if self.count > MOST_COMPONENTS or depth > DEEPEST_GROUP:
            raise _Refused(
                f"Biểu mẫu có quá {MOST_COMPONENTS} thành phần hoặc quá {DEEPEST_GROUP} tầng nhóm",
                f"the form has over {MOST_COMPONENTS} components or {DEEPEST_GROUP} levels of groups",
            )
        key = None if kind in WITHOUT_KEY else self._key(component)
        children = self.read_all(component.get("components"), depth + 1) if kind == "group" else ()
        return _field(component, kind, key, children, self.count)

    def _key(self, component: Mapping[str, Any]) -> str:
        key = _words(component, "key")
        if not key.isidentifier() or key.startswith("_") or key in RESERVED:
            raise _Refused(
                f"Tên biến “{key}” không dùng được: chỉ gồm chữ không dấu, số và gạch dưới",
                f"the key {key!r} is no name of a variable: letters, digits and underscores",
            )
        if key in self.keys:
            raise _Refused(f"Biến “{key}” đã có ở một thành phần khác", f"the key {key!r} is used twice")
        self.keys.add(key)
        return key


def _field(component: Mapping[str, Any], kind: Any, key: str | None, children: tuple[Field, ...], count: int) -> Field:
    ours = _part(component, "properties")
    if component.get("path"):
        raise _Refused("Nhóm có đường dẫn (path) chưa dùng được", "groups with a path are not supported")
    if kind == "datetime" and component.get("subtype", "date") != "date":
        raise _Refused("Chỉ dùng được kiểu ngày, chưa dùng được giờ", "only dates are supported, no times")
    if component.get("disallowPassedDates"):
        raise _Refused("Chưa dùng được “không nhận ngày đã qua”", "disallowPassedDates is not supported")
    label = _words(component, {"text": "text", "datetime": "dateLabel"}.get(kind, "label"))
    if kind == "text":
        _check_each(placeholders(label) + placeholders(_words(ours, "textEn")))
    appearance, validate = _part(component, "appearance"), _part(component, "validate")
    return Field(
        id=_words(component, "id") or key or f"part_{count}",
        type=kind,
        key=key,
        label=label or _words(component, "label"),
        label_en=_words(ours, "textEn" if kind == "text" else "labelEn"),
        description=_words(component, "description"),
        description_en=_words(ours, "descriptionEn"),
        prefix=_words(appearance, "prefixAdorner"),
        suffix=_words(appearance, "suffixAdorner"),
        required=validate.get("required") is True,
        required_when=_expression(ours, "requiredWhen"),
        missing=_words(ours, "missing"),
        missing_en=_words(ours, "missingEn"),
        hide=_expression(_part(component, "conditional"), "hide"),
        rules=_rules(validate),
        options=_options(component) if kind in CHOICES else (),
        options_variable=_words(component, "valuesKey") or None if kind in CHOICES else None,
        default=_default(component),
        default_expression=_expression(ours, "default"),
        fresh=ours.get("fresh") is True,
        readonly=component.get("readonly") is True or component.get("disabled") is True,
        multiple=component.get("multiple") is True,
        accept=_words(component, "accept"),
        digits=_whole(component, "decimalDigits"),
        columns=_whole(_part(component, "layout"), "columns") or 16,
        children=children,
    )


def _rules(validate: Mapping[str, Any]) -> Rules:
    pattern = _words(validate, "pattern") or None
    if pattern is not None:
        try:
            check_pattern(pattern)
        except PatternRefused as error:
            raise _Refused(
                f"Mẫu (pattern) “{pattern}” không dùng được: {error}", f"the pattern {pattern!r} is refused: {error}"
            ) from error
    kind = validate.get("validationType")
    return Rules(
        minimum=_number(validate, "min"),
        maximum=_number(validate, "max"),
        shortest=_whole(validate, "minLength"),
        longest=_whole(validate, "maxLength"),
        pattern=pattern,
        format=kind if kind in ("email", "phone") else None,
    )


def _options(component: Mapping[str, Any]) -> tuple[Option, ...]:
    if component.get("valuesExpression"):
        raise _Refused(
            "Lựa chọn lấy từ biểu thức FEEL chưa dùng được; hãy lấy từ một biến (valuesKey)",
            "options from a FEEL expression are not supported; name a variable (valuesKey)",
        )
    listed = component.get("values") or []
    if not component.get("valuesKey") and not listed:
        raise _Refused("Chưa có lựa chọn nào", "there are no options")
    if not isinstance(listed, list) or len(listed) > MOST_OPTIONS or not all(map(_is_option, listed)):
        raise _Refused("Danh sách lựa chọn không đúng dạng", "the options are not a list of values with labels")
    options = tuple(
        Option(item["value"], _words(item, "label") or str(item["value"]), _words(item, "labelEn")) for item in listed
    )
    if len({option.token for option in options}) != len(options):
        raise _Refused("Hai lựa chọn có cùng giá trị", "two options have the same value")
    return options


def _is_option(item: Any) -> bool:
    return isinstance(item, Mapping) and isinstance(item.get("value"), (str, int, float)) and item["value"] != ""


def _default(component: Mapping[str, Any]) -> Any:
    default = component.get("defaultValue")
    return default if isinstance(default, (str, int, float, bool, list)) else None


def _expression(part: Mapping[str, Any], name: str) -> str | None:
    """The expression under `name`, checked; form-js marks it by `=`, and its editors write FEEL behind that."""
    source = in_ours(_words(part, name).removeprefix("=").strip(), BUILT_IN)
    _check_each([source] if source else [])
    return source or None


def _check_each(sources: list[str]) -> None:
    for source in sources:
        try:
            check_expression(source, BUILT_IN)
        except ExpressionInvalid as error:
            raise _Refused(f"Biểu thức “{source}”: {error}", f"the expression {source!r}: {error.english}") from error


def _part(component: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = component.get(name)
    return part if isinstance(part, Mapping) else {}


def _words(part: Mapping[str, Any], name: str) -> str:
    value = part.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_WORDS:
        raise _Refused(f"“{name}” phải là chữ, tối đa {LONGEST_WORDS} ký tự", f"{name} must be text")
    return value.strip()


def _whole(part: Mapping[str, Any], name: str) -> int | None:
    return _typed(
        part,
        name,
        lambda value: int(value) if float(value).is_integer() and 0 <= float(value) <= LARGEST_WHOLE else None,
    )


def _number(part: Mapping[str, Any], name: str) -> float | None:
    return _typed(part, name, lambda value: float(value) if abs(float(value)) < 2**53 else None)


def _typed(part: Mapping[str, Any], name: str, read: Callable[[Any], T | None]) -> T | None:
    value = part.get(name)
    if value is None or value == "":
        return None
    try:
        found = read(value)
    except (TypeError, ValueError, OverflowError):
        found = None
    if found is None:
        raise _Refused(f"“{name}” phải là một số phù hợp", f"{name} must be a fitting number, found {value!r}")
    return found
