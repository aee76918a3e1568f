"""Units with dated names, people with dated posts, who stands in for whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Identified


class Unit(Identified, Base):
    """A department, division, subordinate or external body, with its validity."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("code"), Index("ix_unit_parent", "parent_id"))
    code: Mapped[str]
    kind: Mapped[str]  # department | division | subordinate | external
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    successor_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]  # last day; None: still
    has_accounts: Mapped[bool] = mapped_column(default=True)  # False: asked by letter, answers entered for it


class UnitName(Identified, Base):
    """A unit's name while it was valid."""

    __tablename__ = "unit_name"
    __table_args__ = (Index("ix_unit_name_unit", "unit_id"),)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"))
    name: Mapped[str]
    short_name: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class UnitAlias(Identified, Base):
    """A way papers write a unit, folded; learnt when a person binds it."""

    __tablename__ = "unit_alias"
    __table_args__ = (UniqueConstraint("folded"),)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"))
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit_group.id", ondelete="CASCADE"))
    text: Mapped[str]
    folded: Mapped[str]


class UnitGroup(Identified, Base):
    """Several units under one name: by rule ({"kind": "division"}) or as a list ({"units": [code]})."""

    __tablename__ = "unit_group"
    __table_args__ = (UniqueConstraint("code"),)
    code: Mapped[str]
    name: Mapped[str]
    rule: Mapped[dict[str, Any]]


class Person(Identified, Base):
    """Somebody with an account."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("login"),)
    login: Mapped[str]
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None]
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(default="vi")
    theme: Mapped[str | None]  # light | dark | None: the machine's
    mail_choice: Mapped[str | None]  # each | none | None: one digest a working morning
    created_at: Mapped[datetime]
    session_version: Mapped[int] = mapped_column(default=1)  # raised to end all sessions


class Post(Identified, Base):
    """A role held in a unit for a time."""

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_person", "person_id"), Index("ix_post_unit_role", "unit_id", "role"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str]  # official | head | leader | clerk | designer | administrator
    title: Mapped[str | None]  # as printed: Phó Giám đốc Sở
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Substitution(Identified, Base):
    """One person acts for another from a day to a day, for all work or one kind of it."""

    __tablename__ = "substitution"
    __table_args__ = (Index("ix_substitution_substitute", "substitute_id", "to_date"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    substitute_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    from_date: Mapped[date]
    to_date: Mapped[date]
    definition_key: Mapped[str | None]  # None: all work
    reason: Mapped[str]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class AccessToken(Identified, Base):
    """A bearer token, kept as its SHA-256; acts with its person's rights."""

    __tablename__ = "access_token"
    __table_args__ = (UniqueConstraint("hash"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    hash: Mapped[str]
    label: Mapped[str]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SignInFailure(Identified, Base):
    """A wrong password, kept to slow down the next try."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_login", "login", "at"),
        Index("ix_sign_in_failure_address", "address", "at"),
    )
    login: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]


class CalendarOverride(Base):
    """A day off or worked by decision; wins over the library."""

    __tablename__ = "calendar_override"
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str]  # off | work | half (worked in the morning)
    document: Mapped[str]  # number of the deciding paper
    note: Mapped[str | None]
