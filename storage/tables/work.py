"""What work leaves behind: files, drafts, contributions, comments, extensions, notices, committee submissions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Identified, Said


class File(Identified, Base):
    """A stored file by the hash of its content."""

    __tablename__ = "file"
    __table_args__ = (Index("ix_file_sha256", "sha256"),)
    sha256: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None]


class FileContent(Base):
    """The bytes of a file, once per hash."""

    __tablename__ = "file_content"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Document(Identified, Base):
    """A paper of a case: its versions are files; number and date once issued."""

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_instance", "instance_id"), UniqueConstraint("series", "year", "number"))
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="draft")
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("file.id"))
    version: Mapped[int] = mapped_column(default=1)
    replaces_id: Mapped[UUID | None]
    series: Mapped[str | None]  # "TTr-SNNMT"
    year: Mapped[int | None]
    number: Mapped[int | None]
    issued_on: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None]


class Draft(Base):
    """A half-filled form, kept per person and task."""

    __tablename__ = "draft"
    task_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    variables: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class Contribution(Identified, Base):
    """A coordinating unit's input to one case. Its state is derived from its times by `domain.hand_overs`."""

    __tablename__ = "contribution"
    __table_args__ = (UniqueConstraint("instance_id", "unit_id", "round"), Index("ix_contribution_task", "task_id"))
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    round: Mapped[int] = mapped_column(default=1)
    task_id: Mapped[UUID | None]
    sent_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    silent_at: Mapped[datetime | None]  # không có ý kiến (quá hạn)
    agrees: Mapped[bool | None]
    text: Mapped[str] = mapped_column(default="")
    entered_for: Mapped[bool] = mapped_column(default=False)  # nhập hộ
    letter_number: Mapped[str | None]
    letter_date: Mapped[date | None]
    answered_by: Mapped[UUID | None]
    decision: Mapped[str | None]  # accepted | partly | explained
    explanation: Mapped[str] = mapped_column(default="")


class Comment(Identified, Base):
    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_instance", "instance_id", "at"),)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    person_id: Mapped[UUID]
    at: Mapped[datetime]
    text: Mapped[str]


class Extension(Identified, Base):
    """A later due day: asked, granted or refused."""

    __tablename__ = "extension"
    __table_args__ = (Index("ix_extension_task", "task_id"),)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    task_id: Mapped[UUID]
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime]
    reason: Mapped[str]
    old_due_at: Mapped[datetime | None]
    new_date: Mapped[date]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    granted: Mapped[bool | None]
    note: Mapped[str] = mapped_column(default="")


class Notice(Identified, Base):
    """A line for a person or for a unit's role: something is new, near or late."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_candidate", "candidate_key", "created_at"),
        Index("ix_notice_person", "person_id", "created_at"),
        UniqueConstraint("cause"),
    )
    person_id: Mapped[UUID | None]
    candidate_key: Mapped[str | None]
    instance_id: Mapped[UUID | None]
    task_id: Mapped[UUID | None]
    kind: Mapped[str]  # new | soon | due | late | escalated | returned | done
    text: Mapped[str] = mapped_column(Said)
    cause: Mapped[str]  # the job's id: a repeated job leaves one notice
    created_at: Mapped[datetime]


class NoticeReading(Base):
    """Who has read a notice; one to a role is read by each of its holders."""

    __tablename__ = "notice_reading"
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"), primary_key=True)
    read_at: Mapped[datetime]


class DigestSchedule(Base):
    """When the morning's digests are made, one row; absent until the first tick of an office that sends mail."""

    __tablename__ = "digest_schedule"
    id: Mapped[int] = mapped_column(primary_key=True)
    minute_of_day: Mapped[int]  # in Việt Nam
    last_on: Mapped[date]  # the last day they were made, or had no need to


class NumberSeries(Base):
    """The last number given in a year (Nghị định 30/2020, Điều 15: one running series a year)."""

    __tablename__ = "number_series"
    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
