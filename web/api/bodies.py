"""What calls send: JSON bodies and query strings, checked against a schema before anything is done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NoReturn

import marshmallow as ma
import orjson
from flask import Request
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from domain.errors import FormInvalid, Invalid

LONGEST_JSON = 5 * 1024 * 1024
LONGEST_TEXT = 2_000

SENTENCES = {
    "Missing data for required field.": "Thiếu trường này.",
    "Field may not be null.": "Trường này không được để trống.",
    "Unknown field.": "Không có trường này.",
    "Not a valid string.": "Phải là văn bản.",
    "Not a valid integer.": "Phải là số nguyên.",
    "Not a valid number.": "Phải là số.",
    "Not a valid boolean.": "Phải là true hoặc false.",
    "Not a valid UUID.": "Phải là mã UUID.",
    "Not a valid mapping type.": "Phải là một đối tượng JSON.",
    "Invalid input type.": "Phải là một đối tượng JSON.",
    "Has a NUL letter.": "Có ký tự NUL.",
}


PATTERNS = (
    (re.compile(r"Must be greater than or equal to (\S+) and less than or equal to (\S+)\."), r"Phải từ \1 đến \2."),
    (re.compile(r"Must be one of: (.+)\."), r"Phải là một trong: \1."),
    (re.compile(r"Length must be between (\S+) and (\S+)\."), r"Phải dài từ \1 đến \2 ký tự."),
    (re.compile(r"Longer than (\d+) letters\."), r"Dài quá \1 ký tự."),
)


def in_vietnamese(said: str) -> str:
    """A sentence of marshmallow's; one without a translation stays as it is."""
    for pattern, vietnamese in PATTERNS:
        if pattern.fullmatch(said):
            return pattern.sub(vietnamese, said)
    return SENTENCES.get(said, said)


class Text(ma.fields.String):
    """A text a column can hold: no NUL, not longer than `LONGEST_TEXT` letters."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **more)
        if "\x00" in text:
            raise ma.ValidationError("Has a NUL letter.")
        if len(text) > LONGEST_TEXT:
            raise ma.ValidationError(f"Longer than {LONGEST_TEXT} letters.")
        return text


class Variables(ma.fields.Dict):
    """Variables by name, any JSON value each."""

    def __init__(self, **more: Any) -> None:
        super().__init__(keys=Text(), **more)


class Body(ma.Schema):
    """A JSON object in which null equals absent and an unknown field is a mistake."""

    @ma.pre_load
    def leave_out_nulls(self, sent: Any, **_more: Any) -> Any:
        if not isinstance(sent, Mapping):
            return sent
        return {name: value for name, value in sent.items() if value is not None}


class Reason(Body):
    """Why somebody does it, for the record."""

    reason = Text(allow_none=True)


class Query(ma.Schema):
    """A query string; what it does not know it ignores."""

    class Meta:
        unknown = ma.EXCLUDE


class BodyParser(FlaskParser):
    """Reads bodies by orjson, which knows no NaN and no endless nesting, and says what is wrong in our words."""

    def load_json(self, req: Request, schema: ma.Schema) -> Any:
        """The body; {} without one. Raises UnsupportedMediaType, RequestEntityTooLarge, Invalid."""
        if not req.is_json and (req.content_length or req.headers.get("Transfer-Encoding")):
            raise UnsupportedMediaType
        req.max_content_length = LONGEST_JSON
        sent = req.get_data(cache=True)
        if not sent.strip():
            return {}
        try:
            return orjson.loads(sent)
        except orjson.JSONDecodeError as error:
            raise Invalid(
                f"Nội dung gửi lên không phải JSON: dòng {error.lineno}, cột {error.colno}",
                f"the body is no JSON: {error}",
            ) from error

    def handle_error(
        self,
        error: ma.ValidationError,
        req: Request,
        schema: ma.Schema,
        *,
        error_status_code: int | None,
        error_headers: Mapping[str, str] | None,
    ) -> NoReturn:
        messages: dict[str, Any] = error.normalized_messages()  # type: ignore[no-untyped-call]
        found = flat(next(iter(messages.values())) if len(messages) == 1 else messages)
        raise FormInvalid(
            {name: " ".join(map(in_vietnamese, said)) for name, said in found.items()},
            "Nội dung gửi lên chưa đúng: " + ", ".join(found),
            "the call has wrong or missing fields: " + ", ".join(found),
            english_fields={name: " ".join(said) for name, said in found.items()},
        ) from error


def flat(messages: Any, prefix: str = "") -> dict[str, list[str]]:
    """Marshmallow's nested messages by dotted field name."""
    if isinstance(messages, Mapping):
        found: dict[str, list[str]] = {}
        for name, inner in messages.items():
            place = prefix if name == "_schema" else f"{prefix}.{name}" if prefix else str(name)
            found |= flat(inner, place)
        return found
    return {prefix or "body": [str(each) for each in (messages if isinstance(messages, list) else [messages])]}
