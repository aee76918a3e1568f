"""What administrators do with units, people and the working calendar: allowed by the table, kept as records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.calendars import local_date
from domain.errors import Conflict, Invalid
from domain.people import User
from domain.rights import relations_to_person, require
from domain.text import fold, fold_words, tidy
from engine.records import write_record
from office import people, units
from office.sign_in import set_password
from storage.tables import CalendarOverride, Person, Post, Substitution, Unit
from storage.transactions import Work

DAY_KINDS = ("off", "work", "half")


def create_unit(work: Work, user: User, now: datetime, *, code: str, name: str, **more: Any) -> Unit:
    """`add_unit` by an administrator. Raises NotAllowed, Invalid, Conflict."""
    require(user, "manage_units")
    if not tidy(code) or not tidy(name):
        raise Invalid("Mã và tên đơn vị không được để trống", "code and name are needed")
    unit = units.add_unit(work, tidy(code), name, **more)
    write_record(work, None, user, "add", "unit", unit.id, after={"code": unit.code, "name": tidy(name)}, now=now)
    return unit


def rename(work: Work, unit_id: UUID, name: str, short_name: str, on: date, user: User, now: datetime) -> None:
    """From `on` the unit is called `name`. Raises NotAllowed, NotFound, Invalid."""
    require(user, "manage_units")
    if not tidy(name):
        raise Invalid("Tên đơn vị không được để trống", "a unit needs a name")
    units.rename_unit(work, unit_id, name, on, short_name=tidy(short_name))
    after = {"name": tidy(name), "on": on.isoformat()}
    write_record(work, None, user, "rename", "unit", unit_id, after=after, now=now)


def set_unit(
    work: Work,
    unit_id: UUID,
    user: User,
    now: datetime,
    *,
    kind: str,
    parent_id: UUID | None,
    has_accounts: bool,
    valid_to: date | None,
) -> None:
    """Change what a unit is, where it belongs, whether its people sign in, and its last day."""
    require(user, "manage_units")
    unit = work.units.get(unit_id)
    if kind not in units.KINDS:
        raise Invalid(f"Loại đơn vị “{kind}” không có", f"no unit kind {kind}")
    if parent_id is not None and unit_id in _above(work, parent_id):
        raise Invalid("Đơn vị không thể thuộc chính nó", "a unit cannot lie below itself")
    before = {"kind": unit.kind, "has_accounts": unit.has_accounts}
    unit.kind, unit.parent_id, unit.has_accounts, unit.valid_to = kind, parent_id, has_accounts, valid_to
    after = {"kind": kind, "has_accounts": has_accounts, "valid_to": valid_to.isoformat() if valid_to else None}
    write_record(work, None, user, "edit", "unit", unit_id, before=before, after=after, now=now)


def merge(work: Work, unit_id: UUID, into: UUID, on: date, user: User, now: datetime) -> None:
    """From `on` the unit's work is done by `into`."""
    require(user, "manage_units")
    units.merge_units(work, [unit_id], into, on)
    after = {"into": str(into), "on": on.isoformat()}
    write_record(work, None, user, "merge", "unit", unit_id, after=after, now=now)


def add_alias(work: Work, unit_id: UUID, text: str, user: User, now: datetime) -> None:
    """Papers also write the unit as `text`."""
    require(user, "manage_units")
    units.learn_alias(work, text, unit_id=work.units.get(unit_id).id)
    write_record(work, None, user, "add_alias", "unit", unit_id, after={"alias": tidy(text)}, now=now)


def drop_alias(work: Work, unit_id: UUID, text: str, user: User, now: datetime) -> None:
    """Forget one way of writing the unit."""
    require(user, "manage_units")
    alias = work.units.alias(fold_words(text))
    if alias is None or alias.unit_id != unit_id:
        raise Conflict("Tên gọi này không còn nữa", "this alias is gone")
    work.units.delete_alias(alias)
    write_record(work, None, user, "drop_alias", "unit", unit_id, before={"alias": tidy(text)}, now=now)


def create_person(
    work: Work, login: str, name: str, password: str, email: str | None, user: User, now: datetime
) -> Person:
    """A new account. Raises NotAllowed, Invalid, Conflict."""
    require(user, "manage_people")
    person = people.add_person(work, login, name, now, password=password, email=email)
    write_record(work, None, user, "add", "person", person.id, after={"login": person.login}, now=now)
    return person


def edit_person(work: Work, person_id: UUID, name: str, email: str | None, user: User, now: datetime) -> None:
    require(user, "manage_people")
    person = work.people.get(person_id)
    if not tidy(name):
        raise Invalid("Họ tên không được để trống", "a person needs a name")
    before = {"name": person.name, "email": person.email}
    person.name, person.name_folded, person.email = tidy(name), fold(tidy(name)), email
    after = {"name": person.name, "email": email}
    write_record(work, None, user, "edit", "person", person_id, before=before, after=after, now=now)


def reset_password(work: Work, person_id: UUID, password: str, user: User, now: datetime) -> None:
    """Give a new password and end all sessions; the password itself is written nowhere."""
    require(user, "manage_people")
    set_password(work, work.people.get(person_id), password)
    write_record(work, None, user, "reset_password", "person", person_id, now=now)


def open_account(work: Work, person_id: UUID, active: bool, user: User, now: datetime) -> None:
    """Open or close an account. Nobody closes their own."""
    require(user, "manage_people")
    if not active and person_id == user.person_id:
        raise Conflict("Không thể khóa tài khoản của chính mình", "nobody closes their own account")
    people.set_active(work, person_id, active)
    write_record(work, None, user, "open" if active else "close", "person", person_id, now=now)


def appoint(work: Work, person_id: UUID, unit_id: UUID, role: str, user: User, now: datetime, **more: Any) -> Post:
    """`give_post` by an administrator."""
    require(user, "manage_people")
    post = people.give_post(work, person_id, unit_id, role, **more)
    after = {"unit": str(unit_id), "role": role}
    write_record(work, None, user, "appoint", "person", person_id, after=after, now=now)
    return post


def relieve(work: Work, person_id: UUID, post_id: UUID, on: date, user: User, now: datetime) -> None:
    """The post is held no more from `on`. The last administrator keeps theirs."""
    require(user, "manage_people")
    post = work.posts.get(post_id)
    if post.person_id != person_id:
        raise Conflict("Vị trí này của người khác", "this post is somebody else's")
    if post.role == "administrator" and _administrators(work, local_date(now)) <= {person_id}:
        raise Conflict("Cơ quan phải còn ít nhất một quản trị", "one administrator has to remain")
    people.end_post(work, post_id, on)
    after = {"post": str(post_id), "on": on.isoformat()}
    write_record(work, None, user, "relieve", "person", person_id, after=after, now=now)


def arrange_substitution(
    work: Work,
    person_id: UUID,
    substitute_id: UUID,
    days: tuple[date, date],
    reason: str,
    user: User,
    now: datetime,
    *,
    definition_key: str | None = None,
) -> Substitution:
    """Somebody acts for somebody: arranged by the absent person, the head of their unit or an administrator."""
    _require_for(work, person_id, user, now)
    made = people.stand_in(work, person_id, substitute_id, *days, reason, now, definition_key=definition_key)
    work.flush()
    after = {"substitute": str(substitute_id), "from": days[0].isoformat(), "to": days[1].isoformat()}
    write_record(work, None, user, "arrange", "substitution", made.id, after=after, text=reason, now=now)
    return made


def finish_substitution(work: Work, substitution_id: UUID, user: User, now: datetime) -> None:
    """It counts no more from now on."""
    substitution = work.substitutions.get(substitution_id)
    _require_for(work, substitution.person_id, user, now)
    people.end_substitution(work, substitution_id, now)
    write_record(work, None, user, "end", "substitution", substitution_id, now=now)


def may_arrange_for(work: Work, person_id: UUID, user: User, now: datetime) -> frozenset[Any]:
    """How `user` stands to a person whose substitute is to be named."""
    held = work.posts.of([person_id], local_date(now))
    return relations_to_person(user, person_id, [post.unit_id for post in held])


def decide_day(work: Work, day: date, kind: str, document: str, note: str, user: User, now: datetime) -> None:
    """A day is off, worked or half worked by the decision numbered `document`; a later decision wins."""
    require(user, "manage_calendar")
    if kind not in DAY_KINDS or not tidy(document):
        raise Invalid("Cần số quyết định và loại ngày", "a kind of day and the decision's number are needed")
    row = work.calendar_overrides.find(day)
    if row is None:
        work.calendar_overrides.add(CalendarOverride(day=day, kind=kind, document=tidy(document), note=tidy(note)))
    else:
        row.kind, row.document, row.note = kind, tidy(document), tidy(note)
    after = {"kind": kind, "document": tidy(document)}
    write_record(work, None, user, "decide", "calendar_day", day.isoformat(), after=after, now=now)


def forget_day(work: Work, day: date, user: User, now: datetime) -> None:
    """Take a decided day back; the law's own calendar holds again."""
    require(user, "manage_calendar")
    row = work.calendar_overrides.get(day)
    before = {"kind": row.kind, "document": row.document}
    work.calendar_overrides.delete(row)
    write_record(work, None, user, "forget", "calendar_day", day.isoformat(), before=before, now=now)


def _require_for(work: Work, person_id: UUID, user: User, now: datetime) -> None:
    require(user, "manage_substitutions", may_arrange_for(work, person_id, user, now))


def _administrators(work: Work, day: date) -> set[UUID]:
    held: Iterable[tuple[Post, Person]] = work.posts.with_people(day)
    return {person.id for post, person in held if post.role == "administrator"}


def _above(work: Work, unit_id: UUID) -> set[UUID]:
    """The unit and everything it lies below."""
    parents = {unit.id: unit.parent_id for unit in work.units.all()}
    found: set[UUID] = set()
    step: UUID | None = unit_id
    while step is not None and step not in found:
        found.add(step)
        step = parents.get(step)
    return found
