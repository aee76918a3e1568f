"""Signing in with a password, and out."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import NotAllowed
from office.sign_in import sign_in as office_sign_in
from web.errors import sentence_of, status_of
from web.navigation import way_on
from web.session import begin_session, end_session
from web.system import current_system

pages = Blueprint("sign_in", __name__)


@pages.get("/sign-in")
def show() -> ResponseReturnValue:
    if g.user is not None:
        return redirect(url_for("desk.home"), code=303)
    return render_template("sign_in/sign_in.html", way_on=way_on(request.args.get("next")))


@pages.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    login, password = request.form.get("login", "")[:200], request.form.get("password", "")[:1000]
    next_address = way_on(request.form.get("next"))
    try:
        person = office_sign_in(
            current_system().database, login, password, request.remote_addr or "", datetime.now(UTC)
        )
    except NotAllowed as error:
        page = render_template("sign_in/sign_in.html", way_on=next_address, login=login, refusal=sentence_of(error))
        return page, 401 if status_of(error) == 403 else status_of(error)
    begin_session(person)
    return redirect(next_address or url_for("desk.home"), code=303)


@pages.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    end_session()
    return redirect(url_for(".show"), code=303)
