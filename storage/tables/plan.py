"""Plans, their rows, and what each row has to do in a period."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Identified, Said


class Plan(Identified, Base):
    """A department's plan: draft while it is reviewed, active once started."""

    __tablename__ = "plan"
    __table_args__ = (Index("ix_plan_state", "state", "year"),)
    title: Mapped[str]
    issuer: Mapped[str] = mapped_column(default="")
    number: Mapped[str | None]
    issued_on: Mapped[date | None]
    year: Mapped[int]
    state: Mapped[str] = mapped_column(default="draft")  # draft | starting | active | closed | applied
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("file.id"))
    reading: Mapped[dict[str, Any]]  # plan-format.md, as read
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None]
    started_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class Activity(Identified, Base):
    """A row of a plan, as reviewed; the printed cells stay beside what was made of them."""

    __tablename__ = "activity"
    __table_args__ = (UniqueConstraint("plan_id", "position"), Index("ix_activity_lead", "lead_unit_id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    position: Mapped[int]
    number: Mapped[str | None]
    section: Mapped[str | None]
    objective: Mapped[str | None]
    task: Mapped[str]
    products: Mapped[list[Any]]  # [text]
    lead_raw: Mapped[str] = mapped_column(default="")
    coordinating_raw: Mapped[str] = mapped_column(default="")
    timing_raw: Mapped[str] = mapped_column(default="")
    lead: Mapped[list[Any]]  # names as the document uses them
    coordinating: Mapped[list[Any]]
    timing: Mapped[list[Any]]  # plan-format.md
    lines: Mapped[list[Any]]  # first and last source line
    lead_unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    definition_key: Mapped[str]
    definition_reason: Mapped[str] = mapped_column(Said, default="")
    due_date: Mapped[date | None]  # last one in the plan's year; None: no deadline
    due_explanation: Mapped[str] = mapped_column(Said, default="")
    doubts: Mapped[list[Any]]  # [{"field", "text", "settled_by": person id or null}]
    state: Mapped[str] = mapped_column(default="draft")  # draft | started | closed | cancelled
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class Assignment(Identified, Base):
    """A unit's part in an activity; changed only by hand-over commands."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("activity_id", "unit_id", "part"),
        Index("ix_assignment_unit", "unit_id", "status"),
    )
    activity_id: Mapped[UUID] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    part: Mapped[str]  # lead | coordinating
    note: Mapped[str] = mapped_column(default="")  # role note: tổng hợp, theo dõi
    status: Mapped[str] = mapped_column(default="new")  # domain.hand_overs.STATUSES


class Occurrence(Identified, Base):
    """What an activity has to do in one period; opened by the calendar, whether or not the last one was finished."""

    __tablename__ = "occurrence"
    __table_args__ = (
        UniqueConstraint("activity_id", "period"),
        Index("ix_occurrence_opens", "instance_id", "opens_at"),
    )
    activity_id: Mapped[UUID] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    period: Mapped[str]  # "2026", "2026-Q1", "2026-03", "2026-H1", "once"
    opens_at: Mapped[datetime]
    due_date: Mapped[date | None]
    due_explanation: Mapped[str] = mapped_column(Said, default="")
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("instance.id"))
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]  # issued | returned | recorded | cancelled ...


class Indicator(Identified, Base):
    """A target of a plan."""

    __tablename__ = "indicator"
    __table_args__ = (Index("ix_indicator_plan", "plan_id"),)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    text: Mapped[str]
    comparator: Mapped[str | None]
    value: Mapped[str | None]  # decimal as text
    unit: Mapped[str | None]


class ReportSeries(Identified, Base):
    """A report a plan asks for, with the rule of its periods."""

    __tablename__ = "report_series"
    __table_args__ = (Index("ix_report_series_plan", "plan_id"),)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    name: Mapped[str]
    rule: Mapped[dict[str, Any]]  # plan-format.md reporting entry


class ReportPeriod(Identified, Base):
    """One period of a series: data from and to, and the due day per level."""

    __tablename__ = "report_period"
    __table_args__ = (UniqueConstraint("series_id", "period"),)
    series_id: Mapped[UUID] = mapped_column(ForeignKey("report_series.id", ondelete="CASCADE"))
    period: Mapped[str]
    from_date: Mapped[date]
    to_date: Mapped[date]
    due_date: Mapped[date | None]


class PlanChange(Identified, Base):
    """A change of a draft under review with what stood there before, so that the last one can be taken back."""

    __tablename__ = "plan_change"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    position: Mapped[int]
    person_id: Mapped[UUID]
    at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Said)  # what was done, for the button that takes it back
    before: Mapped[dict[str, Any]]  # office.plan_changes
