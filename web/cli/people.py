"""`bangiao person` and `bangiao token`: accounts, and tokens for programs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import click

from domain.calendars import local_date
from domain.errors import Invalid, NotFound
from domain.people import ROLES
from engine.clock import wall_clock
from office.access_tokens import issue_token, revoke_token
from office.directory import directory
from office.people import add_person, give_post
from office.units import add_unit
from storage.tables import Person
from storage.transactions import Work, reading
from web.cli.opening import opened

WHOLE_DEPARTMENT = ("designer", "administrator")
DEPARTMENT_CODE, DEPARTMENT_NAME = "SO", "Sở"


@click.group()
def person() -> None:
    """People with accounts."""


@person.command()
@click.option("--login", required=True)
@click.option("--name", required=True)
@click.option("--unit", "unit_code", help="code of the unit; the department's without it")
@click.option("--role", type=click.Choice(ROLES), default="official", show_default=True)
@click.option("--password", help="without one the account signs in by other means alone")
@click.option("--email")
def add(login: str, name: str, unit_code: str | None, role: str, password: str | None, email: str | None) -> None:
    """Add an account that holds ROLE in a unit; designer and administrator hold for the whole department."""

    with opened() as system:
        now = system.now()

        def command(work: Work) -> None:
            unit_id = _unit(work, unit_code, role, local_date(now))
            made = add_person(work, login, name, now, password=password, email=email)
            give_post(work, made.id, unit_id, role)

        system.run(command)


@click.group()
def token() -> None:
    """Bearer tokens for programs."""


@token.command()
@click.option("--person", "login", required=True, help="login of the person whose rights the token has")
@click.option("--label", default="bangiao token create", help="what it is for")
def create(login: str, label: str) -> None:
    """Print a new token, once and alone."""
    with opened() as system:
        click.echo(system.run(lambda work: issue_token(work, known_person(work, login), label, wall_clock())))


@token.command(name="list")
@click.option("--person", "login", required=True, help="whose tokens")
def list_tokens(login: str) -> None:
    """Print a line for each token in force: its id, when it was made and last used, what it is for."""
    with opened() as system, reading(system.database) as work:
        for each in work.access_tokens.of(known_person(work, login).id):
            if each.revoked_at is None:
                used = f"{each.last_used_at:%Y-%m-%dT%H:%MZ}" if each.last_used_at else "-"
                click.echo(f"{each.id}  {each.created_at:%Y-%m-%dT%H:%MZ}  {used}  {each.label}")


@token.command()
@click.argument("token_id", type=click.UUID)
def revoke(token_id: UUID) -> None:
    """End the token with this id at once; `bangiao token list` names it."""
    with opened() as system:
        system.run(lambda work: revoke_token(work, token_id, wall_clock()))


def known_person(work: Work, login: str) -> Person:
    found = work.people.by_login(login.strip().lower())
    if found is None or not found.active:
        raise NotFound(f"Không có tài khoản “{login}”", f"no account {login!r}")
    return found


def _unit(work: Work, code: str | None, role: str, today: date) -> UUID:
    """The unit's id; the first account of an empty office makes its department. Raises NotFound, Invalid."""
    units = directory(work, today)
    if code is not None and role not in WHOLE_DEPARTMENT:
        found = units.by_code(code)
        if found is None:
            raise NotFound(f"Không có đơn vị mã “{code}”", f"no unit with code {code!r}")
        return found.id
    if units.department is not None:
        return units.department.id
    if role not in WHOLE_DEPARTMENT:
        raise Invalid("Chưa có đơn vị nào; thêm quản trị trước", "there is no unit yet; add an administrator first")
    return add_unit(work, DEPARTMENT_CODE, DEPARTMENT_NAME, kind="department").id
