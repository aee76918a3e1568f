"""A year at the desks: at each hour somebody acts, the clock is moved there, and whatever is due happens first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from heapq import heappop, heappush
from itertools import count
from random import Random
from uuid import UUID

from domain.calendars import WorkingCalendar, local_date
from domain.errors import Conflict, NotAllowed
from domain.people import User
from engine import clock
from engine.due import DueSource
from engine.messages import publish_message
from engine.user_tasks import claim_user_task, complete_user_task
from office.contributions import Opinion, answer_late, decide_contribution, undecided
from office.simulation.habits import Habits
from office.simulation.observer import Observer, Seen
from storage.database import Database
from storage.transactions import Work, reading, run_command

Act = Callable[[datetime], None]
LATE_ANSWERS = 0.3
"""How many of the silent answer after all, while it still helps."""
BY_HAND = 0.2
"""How often the clerk writes the Committee's answer down instead of receiving it as a message."""
CLAIMED = 0.3


class Year:
    """The officials and the Committee of one simulated office; `people` are its users by candidate key."""

    def __init__(
        self,
        database: Database,
        sources: Sequence[DueSource],
        observer: Observer,
        people: Mapping[str, Sequence[User]],
        calendar: WorkingCalendar,
        random: Random,
    ) -> None:
        self._database = database
        self._sources = sources
        self._observer = observer
        self._people = people
        self._random = random
        self._habits = Habits(random, calendar)
        self._order = count()
        self._acts: list[tuple[datetime, int, Act]] = []

    def run(self, until: datetime) -> None:
        """Let everybody act until then; afterwards everything due has happened.

        The clock stops wherever something falls due, so that people see what came of it the same day.
        """
        self._look()
        while (at := self._next()) is not None and at <= until:
            clock.advance(self._database, self._sources, at)
            while self._acts and self._acts[0][0] <= at:
                heappop(self._acts)[2](at)
            self._look()
        clock.advance(self._database, self._sources, until)

    def _next(self) -> datetime | None:
        """When the next thing happens, by a person or by itself."""
        with reading(self._database) as work:
            times = [at for source in self._sources if (at := source.next_at(work)) is not None]
        return min([*times, *(act[0] for act in self._acts[:1])], default=None)

    def _look(self) -> None:
        """Plan what people will do about what came up since the last time."""
        for seen in self._observer.take_opened():
            if seen.purpose == "answer":
                self._plan_committee(seen)
            else:
                self._plan(self._habits.acts_at(seen.purpose, seen.opened, seen.due), self._completion(seen))
        for task_id in self._observer.take_silenced():
            if self._random.random() < LATE_ANSWERS:
                now = clock.now(self._database)
                self._plan(self._habits.at(local_date(now), not_before=now), self._late_answer(task_id))

    def _plan(self, at: datetime | None, act: Act) -> None:
        if at is not None:
            heappush(self._acts, (at, next(self._order), act))

    def _plan_committee(self, seen: Seen) -> None:
        decision = self._habits.committee(seen.instance_id)
        if decision is None:
            return
        day = self._habits.calendar.after(local_date(seen.opened), self._random.randint(5, 18))
        at = self._habits.at(day, not_before=seen.opened)
        by_hand = self._random.random() < BY_HAND
        self._plan(at, self._completion(seen, decision) if by_hand else self._message(seen, decision))

    def _completion(self, seen: Seen, decision: str | None = None) -> Act:
        def act(now: datetime) -> None:
            people = self._people.get(seen.candidate_key or "")
            if not people:
                return
            user = self._random.choice(people)
            today = local_date(now)
            answers = (
                self._habits.answers(seen.purpose, seen.instance_id, today)
                if decision is None
                else self._habits.committee_answer(decision, today)
            )
            claims = self._random.random() < CLAIMED

            def command(work: Work) -> None:
                task = work.user_tasks.get(seen.task_id)
                if task.closed_at is not None:
                    return
                if claims:
                    claim_user_task(work, seen.task_id, user, now)
                if task.purpose == "consolidate":
                    for opinion in undecided(work.contributions.of_instance(task.instance_id)):
                        decide_contribution(work, opinion.id, user, "accepted", "", now)
                complete_user_task(work, seen.task_id, user, answers, now)

            run_command(self._database, command)

        return act

    def _message(self, seen: Seen, decision: str) -> Act:
        def act(now: datetime) -> None:
            answers = self._habits.committee_answer(decision, local_date(now))

            def command(work: Work) -> None:
                key = work.instances.get(seen.instance_id).business_key
                publish_message(work, "committee_answer", key, answers, now)

            run_command(self._database, command)

        return act

    def _late_answer(self, task_id: UUID) -> Act:
        def act(now: datetime) -> None:
            words = self._habits.opinion(local_date(now))
            opinion = Opinion(words["agrees"], words["text"], words["letter_number"], local_date(now))

            def command(work: Work) -> None:
                task = work.user_tasks.get(task_id)
                people = self._people.get(task.candidate_key or "")
                contribution = work.contributions.by_task(task_id)
                if people and contribution is not None:
                    answer_late(work, contribution.id, people[0], opinion, now)

            try:
                run_command(self._database, command)
            except (Conflict, NotAllowed):
                return  # the lead was faster

        return act


def year_end(year: int) -> date:
    """The last day looked at: a month after the year, for what is finished a little late."""
    return date(year + 1, 1, 31)
