"""Chờ quyết định: what a leader approves or signs, each beside the file it is decided on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request

from bpmn.forms import Form, Option, read_form
from domain.people import User
from engine.standing import standing
from office.openings import open_task
from storage import desk as lists
from storage.tables import UserTask
from storage.transactions import Work, reading
from storage.worklists import Place, count, worklist
from storage.worklists import mine as arms_of
from web.contribution_board import Board, board_of
from web.cursors import next_address, read_cursor, read_id, write_cursor
from web.desk import PAGE, pages
from web.desk_rows import Row, rows_of
from web.language import current_language
from web.session import current_now, current_units, current_user
from web.system import current_system
from web.task_page import TaskPage, task_page
from web.words import day_words, number_words

WRITTEN = frozenset({"textarea", "textfield", "number", "datetime", "date"})


@dataclass(frozen=True, slots=True)
class Choice:
    """The one field of a form that says yes or sends back; `reason` is the key of the text a return needs."""

    field: str
    yes: Option
    reason: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to decide; without `choice` its form asks more than yes or no and is filled in on its own page."""

    row: Row
    choice: Choice | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the decision rests on: the task, what earlier steps wrote as (label, value), the units' opinions."""

    page: TaskPage
    written: Sequence[tuple[str, str]]
    board: Board

    @property
    def is_unread(self) -> bool:
        """Whether the person who may decide has not opened it before."""
        return self.page.task.opened_at is None and self.page.may["complete"]


@pages.get("/desk/decisions")
def decisions() -> str:
    """The list by due day with the file of the chosen one, else of the first, beside it."""
    user, now, asked = current_user(), current_now(), read_id(request.args.get("task"))
    arms, after = lists.decisions(arms_of(user)), read_cursor()
    with reading(current_system().database) as work:
        tasks = worklist(work, arms, limit=PAGE + 1, after=Place(*after) if after else None)
        shown = tasks[:PAGE]
        forms = forms_of(work, shown)
        cards = [
            Card(row, choice_of(forms.get((task.form_key, task.form_version))))
            for task, row in zip(shown, rows_of(work, shown, user), strict=True)
        ]
        chosen = next((task for task in shown if task.id == asked), shown[0] if shown else None)
        dossier = dossier_of(work, chosen, user) if chosen is not None else None
        everything = count(work, arms)
    if dossier is not None and asked == dossier.page.task.id and dossier.is_unread:
        current_system().run(lambda work: open_task(work, asked, user, now))
    last = tasks[PAGE - 1] if len(tasks) > PAGE else None
    return render_template(
        "desk/decisions.html",
        cards=cards,
        dossier=dossier,
        everything=everything,
        returning="return" in request.args and asked is not None,
        next_page=next_address(write_cursor(last.due_at, last.id) if last else None),
    )


def forms_of(work: Work, tasks: Sequence[UserTask]) -> Mapping[tuple[str | None, int | None], Form]:
    """The forms of these tasks by key and version; one statement."""
    wanted = {(task.form_key, task.form_version) for task in tasks if task.form_key and task.form_version is not None}
    return {(row.key, row.version): read_form(row.schema) for row in work.forms.versions(wanted)}


def choice_of(form: Form | None) -> Choice | None:
    """What the form decides, when it decides between yes and sending back and asks nothing else but a reason."""
    if form is None:
        return None
    for field in form.fields:
        yes = [option for option in field.options if option.value != "return"]
        if field.key and len(field.options) == 2 and len(yes) == 1:
            others = [each for each in form.fields if each is not field]
            if any(each.required for each in others):
                return None
            reason = next((each.key for each in others if each.type == "textarea"), None)
            return Choice(field.key, yes[0], reason)
    return None


def dossier_of(work: Work, task: UserTask, user: User) -> Dossier:
    instance = work.instances.get(task.instance_id)
    key = work.definitions.get(instance.definition_id).key
    page = task_page(work, task.id, user, standing(user, task, definition_key=key))
    earlier = [each for each in work.user_tasks.of_instance(task.instance_id) if each.element_id != task.element_id]
    forms = forms_of(work, earlier)
    in_order = dict.fromkeys((each.form_key, each.form_version) for each in earlier)
    return Dossier(
        page,
        written_in([forms[key] for key in in_order if key in forms], page.variables),
        board_of(page.contributions, current_units(), page.names),
    )


def written_in(forms: Iterable[Form], variables: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What earlier forms put into the case, as (label, value) in their order; passing notes are left out."""
    english = current_language() == "en"
    found: dict[str, tuple[str, str]] = {}
    for form in forms:
        for field in form.fields:
            value = variables.get(field.key) if field.key else None
            if field.key and field.type in WRITTEN and not field.fresh and value not in (None, ""):
                found.setdefault(field.key, (field.name_en if english else field.name, shown(value)))
    return list(found.values())


def shown(value: Any) -> str:
    """A field's value as a person reads it."""
    if isinstance(value, float | int):
        return number_words(value)
    try:
        return day_words(date.fromisoformat(value)) if len(value) == len("2026-01-01") else str(value)
    except ValueError:
        return str(value)
