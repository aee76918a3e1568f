"""Commands and reads: one transaction each, opened and ended here and nowhere else."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import cached_property
from types import TracebackType
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import SQLAlchemyError as DatabaseFailure
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from domain.errors import Busy
from storage.access_tokens import AccessTokens
from storage.activities import Activities
from storage.assignments import Assignments
from storage.batches import Batches
from storage.calendar_overrides import CalendarOverrides
from storage.clocks import Clocks
from storage.comments import Comments
from storage.completions import Completions
from storage.contributions import Contributions
from storage.database import Database
from storage.decisions import Decisions
from storage.definitions import Definitions
from storage.documents import Documents
from storage.drafts import Drafts
from storage.extensions import Extensions
from storage.files import Files
from storage.forms import Forms
from storage.idempotency import IdempotencyKeys
from storage.incidents import Incidents
from storage.indicators import Indicators
from storage.instances import Instances
from storage.jobs import Jobs
from storage.notices import Notices
from storage.occurrences import Occurrences
from storage.people import People
from storage.plan_changes import PlanChanges
from storage.plans import Plans
from storage.posts import Posts
from storage.queueing import in_line
from storage.records import Records
from storage.report_series import ReportSeriesRows
from storage.steps import Steps
from storage.subscriptions import Subscriptions
from storage.substitutions import Substitutions
from storage.timers import Timers
from storage.tokens import Tokens
from storage.unit_groups import UnitGroups
from storage.units import Units
from storage.user_tasks import UserTasks

__all__ = ["DatabaseFailure", "Work", "reading", "run_command"]

T = TypeVar("T")

REPLAYED_SQLSTATES = frozenset({"40001", "40P01", "55P03"})  # serialization failure, deadlock, lock not available


class Work:
    """One transaction: a session, a repository per noun, and what has to happen when it ends."""

    def __init__(self, database: Database, *, writes: bool = True, connection: Connection | None = None) -> None:
        self.database = database
        self._writes = writes
        self.session = Session(
            connection or database.engine.execution_options(writes=writes), expire_on_commit=False, autoflush=False
        )
        self.met: set[UUID] = set()  # instances this transaction changes, for a replay to stand in line for
        self.running: Any = None  # the engine's: the live cases of this transaction
        self._after_commit: list[Callable[[], None]] = []
        self._after_rollback: list[Callable[[], None]] = []

    @cached_property
    def definitions(self) -> Definitions:
        return Definitions(self.session)

    @cached_property
    def decisions(self) -> Decisions:
        return Decisions(self.session)

    @cached_property
    def forms(self) -> Forms:
        return Forms(self.session)

    @cached_property
    def instances(self) -> Instances:
        return Instances(self.session)

    @cached_property
    def tokens(self) -> Tokens:
        return Tokens(self.session)

    @cached_property
    def user_tasks(self) -> UserTasks:
        return UserTasks(self.session)

    @cached_property
    def completions(self) -> Completions:
        return Completions(self.session)

    @cached_property
    def timers(self) -> Timers:
        return Timers(self.session)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        return Subscriptions(self.session)

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(self.session)

    @cached_property
    def incidents(self) -> Incidents:
        return Incidents(self.session)

    @cached_property
    def steps(self) -> Steps:
        return Steps(self.session)

    @cached_property
    def records(self) -> Records:
        return Records(self.session)

    @cached_property
    def batches(self) -> Batches:
        return Batches(self.session)

    @cached_property
    def idempotency(self) -> IdempotencyKeys:
        return IdempotencyKeys(self.session)

    @cached_property
    def clocks(self) -> Clocks:
        return Clocks(self.session)

    @cached_property
    def units(self) -> Units:
        return Units(self.session)

    @cached_property
    def unit_groups(self) -> UnitGroups:
        return UnitGroups(self.session)

    @cached_property
    def people(self) -> People:
        return People(self.session)

    @cached_property
    def posts(self) -> Posts:
        return Posts(self.session)

    @cached_property
    def substitutions(self) -> Substitutions:
        return Substitutions(self.session)

    @cached_property
    def access_tokens(self) -> AccessTokens:
        return AccessTokens(self.session)

    @cached_property
    def calendar_overrides(self) -> CalendarOverrides:
        return CalendarOverrides(self.session)

    @cached_property
    def plans(self) -> Plans:
        return Plans(self.session)

    @cached_property
    def plan_changes(self) -> PlanChanges:
        return PlanChanges(self.session)

    @cached_property
    def activities(self) -> Activities:
        return Activities(self.session)

    @cached_property
    def assignments(self) -> Assignments:
        return Assignments(self.session)

    @cached_property
    def occurrences(self) -> Occurrences:
        return Occurrences(self.session)

    @cached_property
    def indicators(self) -> Indicators:
        return Indicators(self.session)

    @cached_property
    def report_series(self) -> ReportSeriesRows:
        return ReportSeriesRows(self.session)

    @cached_property
    def files(self) -> Files:
        return Files(self.session)

    @cached_property
    def documents(self) -> Documents:
        return Documents(self.session)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self.session)

    @cached_property
    def contributions(self) -> Contributions:
        return Contributions(self.session)

    @cached_property
    def comments(self) -> Comments:
        return Comments(self.session)

    @cached_property
    def extensions(self) -> Extensions:
        return Extensions(self.session)

    @cached_property
    def notices(self) -> Notices:
        return Notices(self.session)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do `action` once the transaction is durable: a wake-up, a case given back to the cache."""
        self._after_commit.append(action)

    def after_rollback(self, action: Callable[[], None]) -> None:
        self._after_rollback.append(action)

    def flush(self) -> None:
        """Send what has changed, so that later queries of this transaction see it."""
        self.session.flush()

    def __enter__(self) -> Work:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if kind is None and self._writes:
                self.session.commit()
            else:
                if not self._writes:
                    self.session.expunge_all()  # what was read may be shown after the end
                self.session.rollback()
        except BaseException:
            self.session.rollback()
            self._end(self._after_rollback)
            raise
        finally:
            self.session.close()
        self._end(self._after_commit if kind is None else self._after_rollback)

    @staticmethod
    def _end(actions: list[Callable[[], None]]) -> None:
        for action in actions:
            action()


def run_command(database: Database, command: Callable[[Work], T], *, attempts: int = 5) -> T:
    """Run `command` in one transaction; when somebody was first, roll back and run it again.

    A command has therefore no effect outside `work`. Raises Busy after `attempts`; a broken constraint that does not
    go away by waiting is raised as itself. A replay queues behind the others on the same cases.
    """
    met: set[UUID] = set()
    for attempt in range(attempts):
        try:
            return _attempt(database, command, met)
        except (StaleDataError, IntegrityError, DBAPIError) as error:
            last_one = attempt == attempts - 1
            if not _somebody_was_first(error) or (last_one and isinstance(error, IntegrityError)):
                raise
            time.sleep(random.uniform(0, 0.02 * 2**attempt))  # spreads out those who met
    raise Busy(
        "Nhiều người đang cùng sửa việc này, thử lại sau giây lát",
        "too many people changed this at once; try again in a moment",
    )


def _attempt(database: Database, command: Callable[[Work], T], met: set[UUID]) -> T:
    with in_line(database, met) as connection, Work(database, connection=connection) as work:
        try:
            return command(work)
        finally:
            met.update(work.met)


def reading(database: Database) -> Work:
    """A transaction for reading only: `with reading(database) as work`. Plain BEGIN, no replay."""
    return Work(database, writes=False)


def _somebody_was_first(error: Exception) -> bool:
    if isinstance(error, (StaleDataError, IntegrityError)):
        return True  # a unique key taken by another command: its replay sees the row and says so
    if isinstance(error, OperationalError) and "database is locked" in str(error.orig):
        return True
    return getattr(getattr(error, "orig", None), "sqlstate", None) in REPLAYED_SQLSTATES
