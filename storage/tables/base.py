"""The declarative base and the column types that make SQLite and PostgreSQL agree."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import orjson
from sqlalchemy import BigInteger, Date, DateTime, LargeBinary, MetaData, Text, Uuid
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from domain.words import Words

MICROSECONDS = 1_000_000


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: timestamptz on PostgreSQL, microseconds since 1970 as an integer on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant carries its zone")
        value = value.astimezone(UTC)
        if dialect.name != "sqlite":
            return value
        whole = int(value.replace(microsecond=0).timestamp())
        return whole * MICROSECONDS + value.microsecond

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name != "sqlite":
            return value.astimezone(UTC)  # type: ignore[no-any-return]
        seconds, microseconds = divmod(value, MICROSECONDS)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=microseconds)


class Json(TypeDecorator[Any]):
    """A JSON value as UTF-8 bytes; read whole and replaced whole, never searched inside. `Words` in it stay such."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else _encoded(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else _decoded(bytes(value))


class Said(TypeDecorator[str]):
    """A sentence of the program, read as `Words`; text that is the same in both languages is kept as it is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        in_both = isinstance(value, Words) and value.english != value
        return _encoded(Words(value)).decode() if in_both or value.startswith(WORDS.decode()) else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Words | None:
        if value is None:
            return None
        return Words(_decoded(value.encode()) if value.startswith(WORDS.decode()) else value)


WORDS = b'{"@en":'
"""How `Words` begin in JSON: {"@en": English, "@vi": Vietnamese}."""


def _encoded(value: Any) -> bytes:
    return orjson.dumps(value, default=_told, option=orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_SUBCLASS)


def _told(value: Any) -> Any:
    if isinstance(value, Words):
        return {"@en": value.english, "@vi": str(value)}
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, dict):
        return dict(value)
    if isinstance(value, list):
        return list(value)
    raise TypeError(type(value).__name__)


def _decoded(content: bytes) -> Any:
    value = orjson.loads(content)
    return _spoken(value) if WORDS in content else value


def _spoken(value: Any) -> Any:
    if isinstance(value, list):
        return [_spoken(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"@en", "@vi"}:
        return Words(value["@vi"], value["@en"])
    return {name: _spoken(each) for name, each in value.items()}


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: Instant,
        date: Date,
        UUID: Uuid,
        str: Text,
        dict[str, Any]: Json,
        list[Any]: Json,
    }


class Identified:
    """Rows with an id of their own."""

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
