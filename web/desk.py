"""Việc của tôi and its neighbours: what is to be done, by whom and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from domain.calendars import ZONE
from domain.errors import BangiaoError, Conflict, Invalid, NotAllowed, NotFound
from domain.people import User
from domain.rights import may
from engine.user_tasks import claim_user_task
from storage import desk as lists
from storage.transactions import Work, reading
from storage.worklists import EVERYTHING, Arm, Place, Window, count, of_units, worklist
from storage.worklists import mine as arms_of
from web.cursors import next_address, read_cursor, read_id, write_cursor
from web.desk_rows import GROUPS, Row, group_words, rows_of, soon_until
from web.language import said
from web.navigation import COUNTERS, way_on
from web.rights import general_relations
from web.session import current_now, current_units, current_user, once_a_request
from web.system import current_system

pages = Blueprint("desk", __name__)
PAGE = 50
NOWHERE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list was narrowed to; all of it stands in the address."""

    part: lists.Part | None
    plan_id: UUID | None
    unit_id: UUID | None
    words: str
    state: str | None
    absent_id: UUID | None

    @property
    def any(self) -> bool:
        return bool(self.part or self.plan_id or self.unit_id or self.words or self.state or self.absent_id)

    def over(self, arms: Sequence[Arm]) -> tuple[Arm, ...]:
        return lists.narrowed(arms, part=self.part, plan_id=self.plan_id, unit_id=self.unit_id, words=self.words)


@pages.get("/")
def home() -> ResponseReturnValue:
    return redirect(url_for(".mine"), code=303)


@pages.get("/desk")
def mine() -> str:
    user, filters = current_user(), read_filters()
    arms = lists.for_absent(user, filters.absent_id) if filters.absent_id else arms_of(user)
    return show_list("desk/mine.html", arms, filters, tab="mine")


@pages.get("/desk/unit")
def unit() -> str:
    user = current_user()
    return show_list("desk/mine.html", of_units(units_of(user)), read_filters(), tab="unit")


@pages.get("/desk/given")
def given() -> str:
    return show_list("desk/given.html", lists.waiting_for_others(current_user()), read_filters(), tab="given")


@pages.get("/desk/done")
def done() -> str:
    user, since, cursor = current_user(), month_began(current_now()), read_cursor()
    before = None if cursor is None or cursor[0] is None else (cursor[0], cursor[1])
    with reading(current_system().database) as work:
        tasks = lists.done_by(work, user.person_id, since, limit=PAGE + 1, before=before)
        rows = rows_of(work, tasks[:PAGE], user)
        tabs = tab_counts(work, user)
    last = tasks[PAGE - 1] if len(tasks) > PAGE else None
    next_page = next_address(write_cursor(last.closed_at, last.id) if last else None)
    return render_template("desk/done.html", rows=rows, tabs=tabs, tab="done", next_page=next_page)


@pages.get("/desk/search")
def search() -> str:
    words, user = request.args.get("q", "").strip()[:120], current_user()
    everything = may(user, "see_all_cases", general_relations(user))
    with reading(current_system().database) as work:
        found = lists.find_cases(work, words, None if everything else units_of(user), user.person_id) if words else []
    return render_template("desk/search.html", words=words, found=found)


@pages.post("/desk/claim")
def claim_many() -> ResponseReturnValue:
    """Take over the chosen tasks, each in its own transaction; those somebody else was faster with are said."""
    named = (read_id(each) for each in request.form.getlist("task")[:200])
    chosen = list(dict.fromkeys(each for each in named if each is not None))
    if not chosen:
        raise Invalid("Chưa chọn việc nào", "nothing was chosen")
    user, now, taken = current_user(), current_now(), 0
    for task_id in chosen:
        try:
            current_system().run(lambda work, task_id=task_id: claim_user_task(work, task_id, user, now))  # type: ignore[misc]
            taken += 1
        except (Conflict, NotAllowed, NotFound) as error:
            last: BangiaoError = error
    if taken:
        flash(ngettext("Đã nhận %(num)s việc", "Đã nhận %(num)s việc", taken), "done")
    if taken < len(chosen):
        missed = len(chosen) - taken
        flash(_("%(missed)s việc không nhận được: %(why)s", missed=missed, why=said(last.words)), "late")
    return redirect(way_on(request.form.get("back")) or url_for(".mine"), code=303)


def show_list(template: str, arms: Sequence[Arm], filters: Filters, *, tab: str) -> str:
    """One list of open work in groups by time class, its counts exact to 999, a page at a time."""
    user, now = current_user(), current_now()
    soon_before = soon_until(now)
    narrowed = filters.over(arms)
    with reading(current_system().database) as work:
        counts = count_by_state(work, narrowed, now, soon_before)
        window, after = _window(filters.state, now, soon_before), _read_place()
        if filters.state == "none" and after is None:
            after, window = Place(None, NOWHERE), EVERYTHING
        tasks = worklist(work, narrowed, window=window, limit=PAGE + 1, after=after)
        rows = rows_of(work, tasks[:PAGE], user)
        tabs = tab_counts(work, user)
        plans = lists.active_plans(work)
        first_due = tasks[0].due_at if tasks else None
    last = tasks[PAGE - 1] if len(tasks) > PAGE else None
    return render_template(
        template,
        groups=grouped(rows, counts),
        counts=counts,
        tabs=tabs,
        tab=tab,
        filters=filters,
        plans=plans,
        units=[current_units().get(unit_id) for unit_id in sorted(units_of(user), key=current_units().name)],
        first_due=first_due,
        next_page=next_address(write_cursor(last.due_at, last.id) if last else None),
        back=request.full_path.rstrip("?"),
    )


def count_by_state(work: Work, arms: Sequence[Arm], now: datetime, soon_before: datetime) -> dict[str, int]:
    """How many tasks of each time class, and "all"; exact to 999."""
    everything = count(work, arms)
    late = count(work, arms, window=Window(due_before=now))
    soon = count(work, arms, window=Window(due_from=now, due_before=soon_before))
    later = count(work, arms, window=Window(due_from=soon_before))
    return {
        "all": everything,
        "late": late,
        "soon": soon,
        "ok": later,
        "none": max(0, everything - late - soon - later),
    }


def grouped(rows: Sequence[Row], counts: dict[str, int]) -> list[dict[str, Any]]:
    """The rows under their time class, overdue first; `{"state", "words", "count", "rows"}`."""
    return [
        {"state": state, "words": group_words(state), "count": counts[state], "rows": shown}
        for state in GROUPS
        if (shown := [row for row in rows if row.due.state == state])
    ]


def tab_counts(work: Work, user: User) -> dict[str, int]:
    return {
        "mine": mine_count(work),
        "unit": count(work, of_units(units_of(user))),
        "done": lists.count_done_by(work, user.person_id, month_began(current_now())),
    }


def mine_count(work: Work) -> int:
    """How much is on the person's desk; counted once a page."""
    return int(once_a_request("mine_count", lambda: count(work, arms_of(current_user()))))


def units_of(user: User) -> frozenset[UUID]:
    return user.all_unit_ids | user.headed_units


def month_began(now: datetime) -> datetime:
    return now.astimezone(ZONE).replace(day=1, hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def read_filters() -> Filters:
    asked = request.args
    part = asked.get("part")
    return Filters(
        part=part if part in ("lead", "coordinating") else None,  # type: ignore[arg-type]
        plan_id=read_id(asked.get("plan")),
        unit_id=read_id(asked.get("unit")),
        words=asked.get("q", "").strip()[:120],
        state=state if (state := asked.get("state")) in GROUPS else None,
        absent_id=read_id(asked.get("for_person")),
    )


def _window(state: str | None, now: datetime, soon_before: datetime) -> Window:
    windows = {
        "late": Window(due_before=now),
        "soon": Window(due_from=now, due_before=soon_before),
        "ok": Window(due_from=soon_before),
    }
    return windows.get(state or "", EVERYTHING)


def _read_place() -> Place | None:
    cursor = read_cursor()
    return None if cursor is None else Place(*cursor)


COUNTERS["mine"] = mine_count
COUNTERS["decisions"] = lambda work: count(work, lists.decisions(arms_of(current_user())))
