"""Who is asking: the session's person or the bearer token's, as a `User` computed once a request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask, Request, g, request, session
from flask.sessions import SecureCookieSessionInterface

from domain.calendars import WorkingCalendar, local_date
from domain.errors import BangiaoError, Busy
from domain.people import User
from domain.rights import Relation
from engine.clock import wall_clock
from office.access_tokens import is_use_due, keep_use, token_in_force
from office.directory import Directory, directory
from office.organisation import user_from
from storage.tables import Person
from storage.transactions import Work, reading
from web.system import System, current_system

SESSION_LENGTH = timedelta(hours=12)


class NotSignedIn(BangiaoError):
    """Nobody is signed in, or the session was ended elsewhere (401)."""

    def __init__(self) -> None:
        super().__init__("Cần đăng nhập để mở trang này", "sign in to open this")


class SessionCookie(SecureCookieSessionInterface):
    """Flask's signed cookie, marked Secure whenever the request itself came over https."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return bool(app.config["SESSION_COOKIE_SECURE"]) or request.is_secure


def prepare_sessions(app: Flask, system: System) -> None:
    app.session_interface = SessionCookie()
    app.config.update(
        SECRET_KEY=system.settings.secret_key,
        SESSION_COOKIE_NAME="bangiao",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=system.settings.https,
        PERMANENT_SESSION_LIFETIME=SESSION_LENGTH,
    )


def begin_session(person: Person) -> None:
    """Start a fresh session for `person`; whatever an earlier one held is gone."""
    language = session.get("language")
    session.clear()
    session.permanent = True
    session["person"] = str(person.id)
    session["version"] = person.session_version
    session["since"] = int(datetime.now(UTC).timestamp())
    session["theme"] = person.theme
    if language and language != person.language:
        session["language"] = language


def end_session() -> None:
    session.clear()


def is_token_call(asked: Request) -> bool:
    return asked.headers.get("Authorization", "").lower().startswith("bearer ")


def identify(work: Work, today: date) -> User | None:
    """The person behind this request, None for a guest; a bearer token wins over a session. Leaves `g.units`.

    Four statements: the person, the units, the substitutions, the posts.
    """
    person = _person_by_token(work) if is_token_call(request) else _person_by_session(work)
    if person is None or not person.active:
        return None
    units = g.units = directory(work, today)
    substitutions = work.substitutions.by_substitutes([person.id], today)
    g.absent = {each.person_id: each.to_date for each in substitutions}
    posts = work.posts.of({person.id, *(each.person_id for each in substitutions)}, today)
    return user_from(person, posts, substitutions, units)


def _person_by_token(work: Work) -> Person | None:
    token = token_in_force(work, request.headers["Authorization"][len("Bearer ") :].strip())
    if token is None:
        return None
    if is_use_due(token, wall_clock()):
        g.token_to_note = token.id
    return work.people.find(token.person_id)


def note_token_use() -> None:
    """Keep when the token of this call was last used; where the database is busy, a later call does."""
    token_id = g.pop("token_to_note", None)
    if token_id is None:
        return
    try:
        current_system().run(lambda work: keep_use(work, token_id, wall_clock()))
    except Busy:
        return


def _person_by_session(work: Work) -> Person | None:
    kept = session.get("person")
    if kept is None:
        return None
    person = work.people.find(UUID(kept))
    if person is None or not person.active or person.session_version != session.get("version"):
        session.clear()
        return None
    return person


def current_units() -> Directory:
    """The units as they are called today, read once a request."""
    if "units" not in g:
        with reading(current_system().database) as work:
            g.units = directory(work, today())
    units: Directory = g.units
    return units


def current_user() -> User:
    """The signed-in person; raises NotSignedIn."""
    user: User | None = g.get("user")
    if user is None:
        raise NotSignedIn
    return user


def current_relations() -> frozenset[Relation]:
    """How the person stands to the thing named in the address, as the table of routes was asked with."""
    relations: frozenset[Relation] = g.get("relations", frozenset())
    return relations


def current_now() -> datetime:
    """The instant of this request (UTC, by the system's clock), the same wherever it is asked."""
    if "now" not in g:
        g.now = current_system().now()
    now: datetime = g.now
    return now


def current_calendar() -> WorkingCalendar:
    """The working calendar, read once a request."""
    if "calendar" not in g:
        with reading(current_system().database) as work:
            g.calendar = current_system().calendar(work)
    calendar: WorkingCalendar = g.calendar
    return calendar


def once_a_request(name: str, make: Callable[[], Any]) -> Any:
    """What `make` gives, kept for the rest of this request under `name`."""
    if name not in g:
        setattr(g, name, make())
    return getattr(g, name)


def today() -> date:
    """The Vietnamese day of this request."""
    return local_date(current_now())
