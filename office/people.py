"""People with accounts, the posts they hold, and who stands in for whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from domain.errors import Conflict, Invalid
from domain.people import ROLES
from domain.text import fold, tidy
from office.passwords import hash_password
from storage.tables import Person, Post, Substitution
from storage.transactions import Work


def add_person(
    work: Work, login: str, name: str, now: datetime, *, password: str | None = None, email: str | None = None
) -> Person:
    """A new account. Raises Invalid for an empty login or name, Conflict for a login in use."""
    login, name = login.strip().lower(), tidy(name)
    if not login or not name or any(letter.isspace() for letter in login):
        raise Invalid("Tên đăng nhập và họ tên không được để trống", "login and name are needed")
    if work.people.by_login(login) is not None:
        raise Conflict(f"Tên đăng nhập “{login}” đã có", f"login {login} is taken")
    person = Person(
        id=uuid4(),
        login=login,
        name=name,
        name_folded=fold(name),
        email=email,
        password_hash=hash_password(password) if password else None,
        created_at=now,
    )
    work.people.add(person)
    work.flush()
    return person


def give_post(
    work: Work,
    person_id: UUID,
    unit_id: UUID,
    role: str,
    *,
    title: str | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Post:
    """The person holds `role` in the unit for that time. Raises Invalid for an unknown role."""
    if role not in ROLES:
        raise Invalid(f"Vai trò “{role}” không có", f"no role {role}")
    post = Post(
        id=uuid4(),
        person_id=work.people.get(person_id).id,
        unit_id=work.units.get(unit_id).id,
        role=role,
        title=title,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    work.posts.add(post)
    work.flush()
    return post


def end_post(work: Work, post_id: UUID, on: date) -> None:
    """The post is held no more from `on`."""
    work.posts.get(post_id).valid_to = on - timedelta(days=1)


def stand_in(
    work: Work,
    person_id: UUID,
    substitute_id: UUID,
    from_date: date,
    to_date: date,
    reason: str,
    now: datetime,
    *,
    definition_key: str | None = None,
) -> Substitution:
    """`substitute_id` acts for `person_id` on those days, for all work or one process. Raises Invalid."""
    if person_id == substitute_id:
        raise Invalid("Không thể tự thay mình", "nobody stands in for themselves")
    if to_date < from_date:
        raise Invalid("Ngày kết thúc trước ngày bắt đầu", "the last day lies before the first")
    if not reason.strip():
        raise Invalid("Cần ghi lý do", "a reason is needed")
    substitution = Substitution(
        id=uuid4(),
        person_id=work.people.get(person_id).id,
        substitute_id=work.people.get(substitute_id).id,
        from_date=from_date,
        to_date=to_date,
        definition_key=definition_key or None,
        reason=tidy(reason),
        created_at=now,
    )
    return work.substitutions.add(substitution)


def end_substitution(work: Work, substitution_id: UUID, now: datetime) -> None:
    """It counts no more from now on; it stays to be seen."""
    substitution = work.substitutions.get(substitution_id)
    if substitution.ended_at is not None:
        raise Conflict("Việc thay đã kết thúc trước đó", "it has ended before")
    substitution.ended_at = now


def set_active(work: Work, person_id: UUID, active: bool) -> None:
    """Open or close an account; closing it ends all its sessions."""
    person = work.people.get(person_id)
    person.active = active
    if not active:
        person.session_version += 1
