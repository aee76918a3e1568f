"""What is deployed: drawings, decision tables and forms, a row a version."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Identified


class Definition(Identified, Base):
    """A deployed version of a process; never changed afterwards, except that it may be withdrawn."""

    __tablename__ = "definition"
    __table_args__ = (UniqueConstraint("key", "version"),)
    key: Mapped[str]
    version: Mapped[int] = mapped_column()
    name: Mapped[str]
    xml: Mapped[bytes] = mapped_column(LargeBinary)  # the designer's own, untouched
    processes: Mapped[list[Any]]  # [{"id", "name", "executable"}]
    findings: Mapped[list[Any]]  # [{"severity", "element", "line", "message", "remedy"}]
    origin: Mapped[str] = mapped_column(default="office")  # shipped | office
    deployed_at: Mapped[datetime]
    deployed_by: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]


class Decision(Identified, Base):
    """A DMN file deployed beside a definition; `key` is its decision's id."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("key", "version"),)
    key: Mapped[str]
    version: Mapped[int] = mapped_column()
    xml: Mapped[bytes] = mapped_column(LargeBinary)
    deployed_at: Mapped[datetime]


class Form(Identified, Base):
    """A form-js schema."""

    __tablename__ = "form"
    __table_args__ = (UniqueConstraint("key", "version"),)
    key: Mapped[str]
    version: Mapped[int] = mapped_column()
    name: Mapped[str]
    schema: Mapped[dict[str, Any]]
    deployed_at: Mapped[datetime]
