"""A task's page, and what a person does with the task."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from domain.errors import FormInvalid
from domain.rights import may, relations_to_units
from engine.taking_back import take_back_user_task
from engine.user_tasks import claim_user_task, complete_user_task, release_user_task
from office.contributions import OpinionsUndecided, undecided
from office.drafts import save_draft as office_save_draft
from office.openings import open_task
from storage.transactions import Work, reading
from web.contribution_board import board_of
from web.errors import sentence_of
from web.forms import render_form
from web.language import current_language, said
from web.navigation import way_on
from web.session import current_now, current_relations, current_units, current_user
from web.system import current_system
from web.task_page import TaskPage, form_of, form_variables, task_page

pages = Blueprint("tasks", __name__, url_prefix="/tasks")
RETURN, BACK = "_return", "_back"
NOT_FIELDS = frozenset({"csrf_token", RETURN, BACK})


@pages.get("/<uuid:task_id>")
def show(task_id: UUID) -> str:
    user, now = current_user(), current_now()
    with reading(current_system().database) as work:
        page = task_page(work, task_id, user, current_relations())
    if page.is_open and page.may["complete"] and page.task.opened_at is None:
        current_system().run(lambda work: open_task(work, task_id, user, now))
    return render(page)


@pages.post("/<uuid:task_id>/complete")
def complete(task_id: UUID) -> ResponseReturnValue:
    """Check the form and finish the task; what was typed stays on the page when something is missing."""
    user, now, submitted = current_user(), current_now(), read_submitted()
    with reading(current_system().database) as work:
        page = task_page(work, task_id, user, current_relations())
    if page.return_field and RETURN in request.form:
        submitted[page.return_field] = "return"

    def command(work: Work) -> str:
        task = work.user_tasks.get(task_id)
        form = form_of(work, task)
        variables = form.validate(submitted, form_variables(work, task)) if form and task.closed_at is None else {}
        return complete_user_task(work, task_id, user, variables, now).name

    try:
        name = current_system().run(command)
    except OpinionsUndecided as error:
        flash(sentence_of(error), "late")
        return render(page, submitted), 422
    except FormInvalid as error:
        page.errors = error.english_fields if current_language() == "en" else error.fields
        return render(page, submitted), 422
    flash(_("Đã làm xong “%(step)s” của “%(title)s”", step=name, title=said(page.case.title)), f"done:{task_id}")
    return redirect(way_on(request.form.get(BACK)) or url_for("desk.mine"), code=303)


@pages.post("/<uuid:task_id>/take-back")
def take_back(task_id: UUID) -> ResponseReturnValue:
    """Open the task again that was just completed, what was sent still in its form."""
    user, now = current_user(), current_now()
    task = current_system().run(lambda work: take_back_user_task(work, task_id, user, now))
    if task.form_key is None:
        flash(_("Đã rút lại “%(step)s”", step=task.name), "done")
    else:
        flash(_("Đã rút lại “%(step)s”; nội dung đã gửi còn trong biểu mẫu", step=task.name), "done")
    return redirect(way_on(request.form.get(BACK)) or url_for(".show", task_id=task_id), code=303)


@pages.post("/<uuid:task_id>/draft")
def save_draft(task_id: UUID) -> ResponseReturnValue:
    """Keep the half-filled form: by itself while typing (JSON asked for), or by its button."""
    user, now, submitted = current_user(), current_now(), read_submitted()
    current_system().run(lambda work: office_save_draft(work, task_id, user, submitted, now))
    if request.accept_mimetypes.best == "application/json":
        return jsonify(saved_at=now.isoformat())
    flash(_("Đã lưu nháp"), "done")
    return redirect(url_for(".show", task_id=task_id), code=303)


@pages.post("/<uuid:task_id>/claim")
def claim(task_id: UUID) -> ResponseReturnValue:
    user, now = current_user(), current_now()
    current_system().run(lambda work: claim_user_task(work, task_id, user, now))
    flash(_("Đã nhận việc"), "done")
    return redirect(url_for(".show", task_id=task_id), code=303)


@pages.post("/<uuid:task_id>/release")
def release(task_id: UUID) -> ResponseReturnValue:
    user, now = current_user(), current_now()
    current_system().run(lambda work: release_user_task(work, task_id, user, now))
    flash(_("Đã trả việc về đơn vị"), "done")
    return redirect(url_for("desk.mine"), code=303)


def read_submitted() -> dict[str, Any]:
    """The form as sent: a text per field, a list where a field was sent more than once."""
    return {
        name: values if len(values := request.form.getlist(name)) > 1 else values[0]
        for name in request.form
        if name not in NOT_FIELDS
    }


def render(page: TaskPage, submitted: dict[str, Any] | None = None) -> str:
    fields = None
    if page.form is not None and page.is_open:
        values = page.values if submitted is None else {**page.values, **submitted}
        fields = render_form(page.form, values, page.errors, current_language())
    return render_template(
        "tasks/task.html",
        page=page,
        task=page.task,
        case=page.case,
        fields=fields,
        board=board_of(page.contributions, current_units(), page.names),
        may_urge=may(
            current_user(), "remind", relations_to_units(current_user(), filter(None, (page.case.lead_unit_id,)))
        ),
        undecided=len(undecided(page.contributions)) if page.shared_draft else 0,
    )
