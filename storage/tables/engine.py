"""What the engine keeps of cases: instances and their state, open work, timers, jobs, history."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Identified, Said


class Instance(Identified, Base):
    """One run of a definition. `revision` counts its commands and refuses the second of two at once."""

    __tablename__ = "instance"
    __table_args__ = (
        Index("ix_instance_definition_status", "definition_id", "status", "started_at"),
        Index("ix_instance_status_started", "status", "started_at"),
        Index("ix_instance_business_key", "business_key"),
    )
    definition_id: Mapped[UUID] = mapped_column(ForeignKey("definition.id"))
    process_id: Mapped[str]
    title: Mapped[str] = mapped_column(Said, default="")
    title_folded: Mapped[str] = mapped_column(default="")
    business_key: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="active")  # active | suspended | completed | terminated
    revision: Mapped[int] = mapped_column()
    state_version: Mapped[int] = mapped_column(default=1)  # of the encoding, for named migrations
    bindings: Mapped[dict[str, Any]]  # {"called": {key: definition id}, "decisions": {key: version}}, as at the start
    head: Mapped[dict[str, Any]]  # what the state says beside its tokens: sub-processes, workflow data
    open_incidents: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    started_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]
    record_count: Mapped[int] = mapped_column(default=0)
    record_hash: Mapped[str] = mapped_column(default="")  # of the newest record: the chain's end
    __mapper_args__ = {"version_id_col": revision, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy reads it from the class


class Token(Base):
    """One node of an instance's state, as `engine.spiff` encodes it; a removed one stays as a tombstone."""

    __tablename__ = "token"
    __table_args__ = (Index("ix_token_instance_revision", "instance_id", "revision"),)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int]  # the instance's revision that wrote this row
    position: Mapped[int]  # parents before children
    body: Mapped[bytes | None] = mapped_column(LargeBinary)  # None: removed


class UserTask(Base):
    """Work for a person; its id is the token's."""

    __tablename__ = "user_task"
    __table_args__ = (
        Index(
            "ix_user_task_worklist",
            "candidate_key",
            "due_at",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_user_task_assignee",
            "assignee_id",
            "due_at",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_user_task_instance", "instance_id", "state"),
        Index("ix_user_task_unit", "unit_id", "state", "due_at"),
        Index("ix_user_task_closer", "closed_by", "closed_at", "id"),
        Index(
            "ix_user_task_unit_open",
            "unit_id",
            "due_at",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_user_task_delegated",
            "delegated_by",
            sqlite_where=text("closed_at IS NULL AND delegated_by IS NOT NULL"),
            postgresql_where=text("closed_at IS NULL AND delegated_by IS NOT NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    element_id: Mapped[str]
    name: Mapped[str]
    state: Mapped[str] = mapped_column(default="created")  # created | claimed | completed | cancelled
    role: Mapped[str | None]
    unit_id: Mapped[UUID | None]
    candidate_key: Mapped[str | None]  # "<unit id hex>:<role>"; None: administrators only
    assignee_id: Mapped[UUID | None]
    delegated_by: Mapped[UUID | None]
    purpose: Mapped[str | None]  # what the step is for: draft, contribute, consolidate, ... (bangiao:purpose)
    priority: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    due_explanation: Mapped[dict[str, Any] | None]
    follow_up_at: Mapped[datetime | None]
    form_key: Mapped[str | None]
    form_version: Mapped[int | None]
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]  # first looked at by a candidate
    claimed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None]
    on_behalf_of: Mapped[UUID | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class Completion(Base):
    """The newest completion of a case with what it changed, as it was before, so that it can be taken back."""

    __tablename__ = "completion"
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), primary_key=True)
    task_id: Mapped[UUID]
    person_id: Mapped[UUID]
    at: Mapped[datetime]
    revision: Mapped[int]  # of the instance, as the completion left it
    variables: Mapped[dict[str, Any]]  # what was sent, as `engine.spiff.codec` packs it
    reached: Mapped[list[Any]]  # the titles of other cases that got messages or signals: nobody takes those back
    image: Mapped[dict[str, Any]]  # as `engine.images.Image.told` gives it


class Timer(Identified, Base):
    """Something due: of a waiting token, or of a definition's start event (`instance_id` is then None)."""

    __tablename__ = "timer"
    __table_args__ = (
        Index(
            "ix_timer_due",
            "due_at",
            "id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_timer_instance", "instance_id"),
    )
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    definition_id: Mapped[UUID | None] = mapped_column(ForeignKey("definition.id"))
    token_id: Mapped[UUID | None]
    element_id: Mapped[str]
    due_at: Mapped[datetime]
    cycle: Mapped[dict[str, Any] | None]  # {"expression", "remaining"} of a start timer that repeats
    created_at: Mapped[datetime]
    enqueued_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]  # fired | cancelled


class Subscription(Identified, Base):
    """A wait for a message or a signal: of a token, or of a definition's start event."""

    __tablename__ = "subscription"
    __table_args__ = (
        Index("ix_subscription_waiting", "kind", "name", "correlation", "created_at"),
        Index("ix_subscription_instance", "instance_id"),
        Index("ix_subscription_definition", "definition_id"),
    )
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    definition_id: Mapped[UUID | None] = mapped_column(ForeignKey("definition.id"))
    token_id: Mapped[UUID | None]
    element_id: Mapped[str]
    kind: Mapped[str]  # message | signal
    name: Mapped[str]
    correlation: Mapped[str | None]
    created_at: Mapped[datetime]


class Job(Identified, Base):
    """Work for a worker. Its id is the idempotency key; `attempt` fences off a late worker."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_state", "state", "created_at", "id"),
        Index("ix_job_instance", "instance_id", "state"),
    )
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    token_id: Mapped[UUID | None]
    timer_id: Mapped[UUID | None]
    batch_id: Mapped[UUID | None]
    element_id: Mapped[str | None]
    topic: Mapped[str]
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="ready")  # ready | running | done | failed | cancelled
    attempt: Mapped[int] = mapped_column(default=0)
    retries: Mapped[int] = mapped_column(default=3)  # tries left
    due_at: Mapped[datetime | None]  # not before, by the wall clock, after a failure; None: at once
    locked_until: Mapped[datetime | None]
    locked_by: Mapped[str | None]
    result: Mapped[dict[str, Any] | None]
    error: Mapped[str | None] = mapped_column(Said)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Incident(Identified, Base):
    """A run that needs a person."""

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_open", "resolved_at", "created_at"),
        Index("ix_incident_instance", "instance_id"),
    )
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    job_id: Mapped[UUID | None]
    timer_id: Mapped[UUID | None]
    token_id: Mapped[UUID | None]
    element_id: Mapped[str | None]
    kind: Mapped[str]  # job | expression | bpmn_error | timer | state
    message: Mapped[str] = mapped_column(Said)
    detail: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[UUID | None]
    resolution: Mapped[str | None]  # retried | resolved | cancelled


class Step(Base):
    """One run of a node, with its times."""

    __tablename__ = "step"
    __table_args__ = (Index("ix_step_instance", "instance_id", "started_at"),)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)  # the token's
    position: Mapped[int]
    element_id: Mapped[str]
    type: Mapped[str]  # BPMN name: userTask, exclusiveGateway, ...
    name: Mapped[str | None]
    scope: Mapped[str | None]  # element id of the enclosing sub-process or call activity
    state: Mapped[str]  # active | completed | cancelled
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    by: Mapped[UUID | None]
    on_behalf_of: Mapped[UUID | None]


class Record(Identified, Base):
    """An act of a person, never changed; `hash` covers `previous_hash`, the facts and the salted hash of the text."""

    __tablename__ = "record"
    __table_args__ = (
        UniqueConstraint("instance_id", "position"),
        Index("ix_record_at", "at"),
        Index("ix_record_noun", "noun", "noun_id"),
    )
    instance_id: Mapped[UUID | None]  # None: an act outside any case, a chain of length one
    position: Mapped[int]
    at: Mapped[datetime]
    person_id: Mapped[UUID | None]  # None: the system itself
    on_behalf_of: Mapped[UUID | None]
    verb: Mapped[str]  # start, claim, complete, return, assign, suspend, ...
    noun: Mapped[str]
    noun_id: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    salt: Mapped[str]
    text_hash: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class RecordText(Base):
    """The words of a record (a note, a reason), apart so that they can be erased while the chain still proves."""

    __tablename__ = "record_text"
    record_id: Mapped[UUID] = mapped_column(ForeignKey("record.id"), primary_key=True)
    text: Mapped[str]


class Batch(Identified, Base):
    """Many commands of one kind, each its own transaction, with progress, stop and resume."""

    __tablename__ = "batch"
    kind: Mapped[str]  # start_plan | migrate | assign | ...
    title: Mapped[str] = mapped_column(Said)
    subject_id: Mapped[UUID | None]  # the plan, the definition
    state: Mapped[str] = mapped_column(default="running")  # running | stopped | finished
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]


class BatchItem(Base):
    """One command of a batch."""

    __tablename__ = "batch_item"
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    noun_id: Mapped[UUID]
    payload: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(default="ready")  # ready | done | failed
    error: Mapped[str | None] = mapped_column(Said)


class Idempotency(Base):
    """The answer given to a keyed POST, so that the second call gets the first one's."""

    __tablename__ = "idempotency"
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    status: Mapped[int]
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class Clock(Base):
    """The virtual clock, one row; absent: the wall clock counts."""

    __tablename__ = "clock"
    id: Mapped[int] = mapped_column(primary_key=True)
    now: Mapped[datetime]
