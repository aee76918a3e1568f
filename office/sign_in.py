"""Sign-in by password, slowed down by failures. `now` is the wall clock's, also when cases run in virtual time."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from domain.errors import NotAllowed
from office.passwords import hash_password, is_outdated, matches, nobodys
from storage.database import Database
from storage.tables import Person, SignInFailure
from storage.transactions import Work, reading, run_command

WINDOW = timedelta(minutes=15)
TRIES_PER_LOGIN = 5
TRIES_PER_ADDRESS = 30
KEPT = timedelta(days=30)


class TooManyTries(NotAllowed):
    """So many wrong passwords that the next try has to wait."""


def sign_in(database: Database, login: str, password: str, address: str, now: datetime) -> Person:
    """The person, when login and password fit; raises NotAllowed, TooManyTries.

    The hash is checked outside any transaction, which it would hold up; a failure is kept by a command of its own.
    """
    login = login.strip().lower()
    with reading(database) as work:
        _refuse_hurry(work, login, address, now)
        person = work.people.by_login(login)
        person_id, hashed = (person.id, person.password_hash) if person is not None and person.active else (None, None)
    fits = matches(hashed or nobodys(), password)
    if person_id is None or hashed is None or not fits:
        run_command(database, lambda work: work.people.add_failure(SignInFailure(login=login, address=address, at=now)))
        raise NotAllowed("Tên đăng nhập hoặc mật khẩu không đúng", "wrong login or password")
    return run_command(database, lambda work: _note_success(work, person_id, password, now))


def change_password(work: Work, person: Person, old: str, new: str) -> None:
    """Set a new password and end all other sessions. Raises NotAllowed, Invalid."""
    if person.password_hash is None or not matches(person.password_hash, old):
        raise NotAllowed("Mật khẩu hiện tại không đúng", "the present password is wrong")
    set_password(work, person, new)


def set_password(work: Work, person: Person, new: str) -> None:
    """Set a password without asking for the old one: for administrators and first sign-ins."""
    person.password_hash = hash_password(new)
    person.session_version += 1
    work.people.forget_failures(login=person.login)


def _note_success(work: Work, person_id: UUID, password: str, now: datetime) -> Person:
    person = work.people.get(person_id)
    if person.password_hash is not None and is_outdated(person.password_hash):
        person.password_hash = hash_password(password)
    work.people.forget_failures(login=person.login)
    work.people.forget_failures(before=now - KEPT)
    return person


def _refuse_hurry(work: Work, login: str, address: str, now: datetime) -> None:
    since = now - WINDOW
    by_login = work.people.failures_since(since, login=login)
    by_address = work.people.failures_since(since, address=address)
    if by_login >= TRIES_PER_LOGIN or by_address >= TRIES_PER_ADDRESS:
        minutes = int(WINDOW.total_seconds() // 60)
        raise TooManyTries(
            f"Sai mật khẩu quá nhiều lần, hãy thử lại sau {minutes} phút",
            f"too many wrong passwords; try again in {minutes} minutes",
        )
