"""Chờ quyết định: what a leader approves or signs, each beside the file it is decided on."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request

from bpmn.forms import Form, Option
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
from web.desk import PAGE
from web.desk import pages as pages
from web.desk_rows import Row, rows_of
from web.session import current_now, current_units, current_user
from web.system import current_system
from web.task_page import TaskPage, task_page
from web.written import forms_of


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
    """What the decision rests on: the task with what earlier steps wrote, and the units' opinions."""

    page: TaskPage
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
        opened = dossier.page.task.id
        current_system().run(lambda work: open_task(work, opened, user, now))
    last = tasks[PAGE - 1] if len(tasks) > PAGE else None
    return render_template(
        "desk/decisions.html",
        cards=cards,
        dossier=dossier,
        everything=everything,
        returning="return" in request.args and asked is not None,
        next_page=next_address(write_cursor(last.due_at, last.id) if last else None),
    )


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
    return Dossier(page, board_of(page.contributions, current_units(), page.names))
