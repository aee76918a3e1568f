"""Who stands in for whom: arranged by the absent person, the head of their unit, or an administrator."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from domain.errors import Invalid
from domain.people import User
from domain.rights import may, relations_to_person
from office import administration
from storage.transactions import Work, reading
from web.cursors import read_id
from web.review_page import process_names
from web.session import current_now, current_user, today
from web.system import current_system
from web.typed import needed_day, run_or_say

pages = Blueprint("substitutions", __name__, url_prefix="/organisation/substitutions")


@pages.get("")
def index() -> str:
    user = current_user()
    with reading(current_system().database) as work:
        found = work.substitutions.not_over(today())
        names = {person.id: person.name for person in work.people.all() if person.active}
        processes = process_names(work)
        held: dict[UUID, list[UUID]] = {}
        for post, person in work.posts.with_people(today()):
            held.setdefault(person.id, []).append(post.unit_id)
    mine = {person_id: name for person_id, name in names.items() if _may(user, person_id, held)}
    return render_template(
        "organisation/substitutions.html",
        found=found,
        names=names,
        absent=mine,
        processes=processes,
        typed=request.args,
        own_id=user.person_id,
    )


@pages.post("")
def add() -> ResponseReturnValue:
    user, now, form = current_user(), current_now(), request.form
    person_id, substitute_id = read_id(form.get("person")), read_id(form.get("substitute"))

    def command(work: Work) -> None:
        if person_id is None or substitute_id is None:
            raise Invalid("Chọn người vắng và người làm thay", "name who is absent and who stands in")
        days = (needed_day("from"), needed_day("to"))
        administration.arrange_substitution(
            work,
            person_id,
            substitute_id,
            days,
            form.get("reason", ""),
            user,
            now,
            definition_key=form.get("definition") or None,
        )

    run_or_say(command, _("Đã cử người làm thay"))
    return redirect(url_for(".index"), code=303)


@pages.post("/<uuid:substitution_id>/end")
def end(substitution_id: UUID) -> ResponseReturnValue:
    user, now = current_user(), current_now()
    run_or_say(
        lambda work: administration.finish_substitution(work, substitution_id, user, now),
        _("Đã kết thúc việc làm thay"),
    )
    return redirect(url_for(".index"), code=303)


def _may(user: User, person_id: UUID, held: dict[UUID, list[UUID]]) -> bool:
    relations = relations_to_person(user, person_id, held.get(person_id, ()))
    return may(user, "manage_substitutions", relations)
