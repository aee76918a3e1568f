"""People with accounts: who they are, the posts they hold, whether they may sign in."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from domain.errors import Conflict, Invalid
from domain.people import ROLES
from domain.text import fold
from office import administration
from storage.tables import Person, Post
from storage.transactions import Work, reading
from web.cursors import read_id
from web.deeds import ROLE_WORDS
from web.errors import sentence_of, status_of
from web.session import current_now, current_units, current_user, today
from web.system import current_system
from web.typed import needed_day, run_or_say, typed_day

pages = Blueprint("people", __name__, url_prefix="/organisation/people")

SHOWN = 300


@pages.get("")
def index() -> str:
    """Everybody, or those whose name or login holds the words, or who hold a post in a unit."""
    words, unit_id = request.args.get("q", "").strip()[:80], read_id(request.args.get("unit"))
    with reading(current_system().database) as work:
        everybody = work.people.all()
        held: dict[UUID, list[Post]] = {}
        for post, person in work.posts.with_people(today()):
            held.setdefault(person.id, []).append(post)
    wanted = fold(words).split()

    def is_wanted(person: Person) -> bool:
        if unit_id is not None and all(post.unit_id != unit_id for post in held.get(person.id, ())):
            return False
        whole = f"{person.name_folded} {person.login}"
        return all(word in whole for word in wanted)

    found = [person for person in everybody if is_wanted(person)]
    return render_template(
        "organisation/people.html",
        people=found[:SHOWN],
        found=len(found),
        all=len(everybody),
        held=held,
        words=words,
        unit_id=unit_id,
        units=current_units(),
        roles=ROLE_WORDS,
    )


@pages.get("/new")
def new() -> str:
    return _new(None)


@pages.post("/new")
def add() -> ResponseReturnValue:
    """An account with its first post."""
    user, now, form = current_user(), current_now(), request.form
    unit_id = read_id(form.get("unit"))

    def command(work: Work) -> Person:
        if unit_id is None:
            raise Invalid("Chọn đơn vị", "name a unit")
        login, name, password = form.get("login", ""), form.get("name", ""), form.get("password", "")
        person = administration.create_person(work, login, name, password, form.get("email") or None, user, now)
        role, title = form.get("role", ""), form.get("title", "").strip() or None
        administration.appoint(work, person.id, unit_id, role, user, now, title=title)
        return person

    try:
        if not form.get("password"):
            raise Invalid("Cần đặt mật khẩu ban đầu", "a first password is needed")
        person = current_system().run(command)
    except (Invalid, Conflict) as error:
        return _new(sentence_of(error)), status_of(error)
    flash(_("Đã thêm %(name)s; trao mật khẩu ban đầu tận tay", name=person.name), "done")
    return redirect(url_for(".person", person_id=person.id), code=303)


@pages.get("/<uuid:person_id>")
def person(person_id: UUID) -> str:
    with reading(current_system().database) as work:
        found = work.people.get(person_id)
        posts = work.posts.all_of(person_id)
        substitutions = work.substitutions.around(person_id)
        names = work.people.named({each.person_id for each in substitutions} | {e.substitute_id for e in substitutions})
    return render_template(
        "organisation/person.html",
        person=found,
        posts=posts,
        substitutions=substitutions,
        names=names,
        units=current_units(),
        roles=ROLE_WORDS,
        all_roles=ROLES,
    )


@pages.post("/<uuid:person_id>")
def save(person_id: UUID) -> ResponseReturnValue:
    user, now, form = current_user(), current_now(), request.form
    name, email = form.get("name", ""), form.get("email", "").strip() or None
    run_or_say(lambda work: administration.edit_person(work, person_id, name, email, user, now), _("Đã ghi"))
    return redirect(url_for(".person", person_id=person_id), code=303)


@pages.post("/<uuid:person_id>/posts")
def appoint(person_id: UUID) -> ResponseReturnValue:
    user, now, form = current_user(), current_now(), request.form
    unit_id = read_id(form.get("unit"))

    def command(work: Work) -> None:
        if unit_id is None:
            raise Invalid("Chọn đơn vị", "name a unit")
        administration.appoint(
            work,
            person_id,
            unit_id,
            form.get("role", ""),
            user,
            now,
            title=form.get("title", "").strip() or None,
            valid_from=typed_day("valid_from"),
            valid_to=typed_day("valid_to"),
        )

    run_or_say(command, _("Đã giao vị trí"))
    return redirect(url_for(".person", person_id=person_id), code=303)


@pages.post("/<uuid:person_id>/posts/<uuid:post_id>/end")
def relieve(person_id: UUID, post_id: UUID) -> ResponseReturnValue:
    user, now = current_user(), current_now()
    run_or_say(
        lambda work: administration.relieve(work, person_id, post_id, needed_day("on"), user, now),
        _("Đã thôi vị trí"),
    )
    return redirect(url_for(".person", person_id=person_id), code=303)


@pages.post("/<uuid:person_id>/account")
def open_account(person_id: UUID) -> ResponseReturnValue:
    user, now, active = current_user(), current_now(), request.form.get("active") == "1"
    done = _("Đã mở lại tài khoản") if active else _("Đã khóa tài khoản; mọi phiên đã kết thúc")
    run_or_say(lambda work: administration.open_account(work, person_id, active, user, now), done)
    return redirect(url_for(".person", person_id=person_id), code=303)


@pages.post("/<uuid:person_id>/password")
def reset_password(person_id: UUID) -> ResponseReturnValue:
    user, now, password = current_user(), current_now(), request.form.get("password", "")
    run_or_say(
        lambda work: administration.reset_password(work, person_id, password, user, now),
        _("Đã đặt mật khẩu mới; mọi phiên đã kết thúc"),
    )
    return redirect(url_for(".person", person_id=person_id), code=303)


def _new(refusal: str | None) -> str:
    return render_template(
        "organisation/new_person.html",
        units=current_units(),
        roles=ROLE_WORDS,
        all_roles=ROLES,
        typed=request.form,
        refusal=refusal,
    )
