"""A case: where it stands, what it waits for, what was done in it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from office.comments import add_comment
from storage.desk import plan_rows
from storage.transactions import reading
from web.case_page import case_page, variables_of
from web.contribution_board import board_of
from web.history import history_of
from web.session import current_now, current_relations, current_units, current_user
from web.system import current_system
from web.uploads import store_upload

pages = Blueprint("cases", __name__, url_prefix="/cases")
RECENT_STEPS = 5
"""So many are shown at once; the others are a press away."""


@pages.get("/<uuid:instance_id>")
def show(instance_id: UUID) -> str:
    with reading(current_system().database) as work:
        page = case_page(work, instance_id, current_user(), current_relations())
    return render_template(
        "cases/case.html",
        page=page,
        case=page.case,
        board=board_of(page.contributions, current_units(), page.names),
        RECENT_STEPS=RECENT_STEPS,
    )


@pages.get("/<uuid:instance_id>/drawing.bpmn")
def drawing(instance_id: UUID) -> Response:
    """The drawing of the version this case runs on, as its designer drew it."""
    with reading(current_system().database) as work:
        definition = work.definitions.get(work.instances.get(instance_id).definition_id)
    return Response(definition.xml, mimetype="application/xml")


@pages.get("/<uuid:instance_id>/history")
def history(instance_id: UUID) -> str:
    """All acts of people in the case."""
    with reading(current_system().database) as work:
        case = plan_rows(work, [instance_id])[instance_id]
        acts = history_of(work, instance_id)
    return render_template("cases/history.html", case=case, acts=acts)


@pages.get("/<uuid:instance_id>/variables")
def variables(instance_id: UUID) -> str:
    with reading(current_system().database) as work:
        case = plan_rows(work, [instance_id])[instance_id]
        found = variables_of(work, instance_id)
    return render_template("cases/variables.html", case=case, variables=found)


@pages.post("/<uuid:instance_id>/comments")
def comment(instance_id: UUID) -> ResponseReturnValue:
    user, now, text = current_user(), current_now(), request.form.get("text", "")
    current_system().run(lambda work: add_comment(work, instance_id, user, text, now))
    return redirect(url_for(".show", instance_id=instance_id, _anchor="trao-doi"), code=303)


@pages.post("/<uuid:instance_id>/files")
def add_file(instance_id: UUID) -> ResponseReturnValue:
    document = store_upload(instance_id)
    flash(_("Đã lưu “%(name)s”, bản %(version)s", name=document.name, version=document.version), "done")
    return redirect(url_for(".show", instance_id=instance_id, _anchor="van-ban"), code=303)
