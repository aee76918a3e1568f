"""A person's own account: password, language, light or dark, sessions elsewhere."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from domain.calendars import ZONE
from domain.errors import Invalid, NotAllowed, NotFound
from engine.clock import wall_clock
from office import sign_in as office_sign_in
from office.access_tokens import revoke_token
from office.digest_schedule import digest_time
from storage.transactions import Work, reading
from web.deeds import ROLE_WORDS
from web.errors import sentence_of
from web.language import LANGUAGES
from web.session import begin_session, current_units, current_user, today
from web.system import current_system

pages = Blueprint("account", __name__)
THEMES = ("light", "dark")
MAIL_CHOICES = {"digest": None, "each": "each", "none": "none"}
"""By the form's value what is kept with the person."""


@pages.get("/account")
def show() -> str:
    return _page()


@pages.post("/account/password")
def change_password() -> ResponseReturnValue:
    old, new, again = (request.form.get(name, "") for name in ("old", "new", "again"))
    if new != again:
        return _page(refusal=_("Hai lần nhập mật khẩu mới không giống nhau")), 422
    user = current_user()

    def command(work: Work) -> None:
        person = work.people.get(user.person_id)
        office_sign_in.change_password(work, person, old, new)

    try:
        current_system().run(command)
    except (Invalid, NotAllowed) as error:
        return _page(refusal=sentence_of(error)), 422
    with reading(current_system().database) as work:
        begin_session(work.people.get(user.person_id))
    flash(_("Đã đổi mật khẩu; các phiên ở máy khác đã kết thúc"), "done")
    return redirect(url_for(".show"), code=303)


@pages.post("/account/choices")
def choose() -> ResponseReturnValue:
    """Language and light or dark, kept with the person."""
    language, theme = request.form.get("language"), request.form.get("theme") or None
    if language not in LANGUAGES or theme not in (*THEMES, None):
        raise Invalid("Lựa chọn không có trong danh sách", "that choice is not offered")
    user = current_user()

    def command(work: Work) -> None:
        person = work.people.get(user.person_id)
        person.language, person.theme = language, theme

    current_system().run(command)
    session.pop("language", None)
    session["theme"] = theme
    with force_locale(language):
        flash(_("Đã lưu lựa chọn"), "done")
    return redirect(url_for(".show"), code=303)


@pages.post("/account/mail")
def choose_mail() -> ResponseReturnValue:
    """Which mail the person gets: a digest, each notice at once, or none."""
    choice, user = request.form.get("mail", ""), current_user()
    if choice not in MAIL_CHOICES:
        raise Invalid("Lựa chọn không có trong danh sách", "that choice is not offered")

    def command(work: Work) -> None:
        work.people.get(user.person_id).mail_choice = MAIL_CHOICES[choice]

    current_system().run(command)
    flash(_("Đã lưu cách nhận thư"), "done")
    return redirect(url_for(".show") + "#thu", code=303)


@pages.post("/account/tokens/<uuid:token_id>/revoke")
def revoke(token_id: UUID) -> ResponseReturnValue:
    """End one of the person's own tokens at once."""
    user = current_user()

    def command(work: Work) -> None:
        token = work.access_tokens.find(token_id)
        if token is None or token.person_id != user.person_id:
            raise NotFound("Không có mã truy cập này", "there is no such token")
        revoke_token(work, token_id, wall_clock())

    current_system().run(command)
    flash(_("Đã thu hồi mã truy cập; chương trình dùng mã này không vào được nữa"), "done")
    return redirect(url_for(".show") + "#ma", code=303)


def _page(refusal: str | None = None) -> str:
    user, units = current_user(), current_units()
    with reading(current_system().database) as work:
        person = work.people.get(user.person_id)
        digest_at = datetime.combine(today(), digest_time(work), ZONE)
        tokens = [each for each in work.access_tokens.of(user.person_id) if each.revoked_at is None]
    posts = [(post.title or str(ROLE_WORDS[post.role]), units.name(post.unit_id)) for post in user.posts]
    return render_template(
        "account/account.html",
        person=person,
        posts=posts,
        tokens=tokens,
        refusal=refusal,
        sends_mail=current_system().settings.sends_mail,
        digest_at=digest_at,
    )
