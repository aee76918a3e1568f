"""`bangiao instance explain`: why a case is where it is."""

from __future__ import annotations

from uuid import UUID

import click

from domain.calendars import local_date
from engine.explain import Names, explain_instance
from office.directory import Directory, directory
from storage.transactions import reading
from web.cli.opening import opened

ROLE_WORDS = {"head": "Lãnh đạo đơn vị", "leader": "Lãnh đạo Sở", "clerk": "Văn thư"}


@click.group()
def instance() -> None:
    """Running cases."""


@instance.command()
@click.argument("instance_id", metavar="ID", type=click.UUID)
def explain(instance_id: UUID) -> None:
    """Say what the case ID waits for, since when, on whom, and what would move it."""
    with opened() as system, reading(system.database) as work:
        now = system.now()
        said = explain_instance(work, instance_id, names_in(directory(work, local_date(now))), now)
        click.echo(said.sentence.vietnamese)
        for wait in said.waiting_for:
            due = f", hạn {local_date(wait.due_at):%d/%m/%Y}" if wait.due_at else ""
            whom = f" · {wait.who.vietnamese}" if wait.who else ""
            remedies = ", ".join(each.vietnamese for each in wait.remedies)
            click.echo(
                f"- {wait.kind} {wait.element_id}: từ {local_date(wait.since):%d/%m/%Y}{due}{whom}"
                + (f" → {remedies}" if remedies else "")
            )


def names_in(units: Directory) -> Names:
    """The words for a role in a unit."""

    def name(unit_id: UUID | None, role: str | None) -> str:
        unit, words = units.name(unit_id), ROLE_WORDS.get(role or "", "")
        return f"{words} ({unit})" if unit and words else unit or words

    return name
