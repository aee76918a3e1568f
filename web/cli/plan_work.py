"""`bangiao plan write|accept|start`: what is done with a plan of the office."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click

from domain.calendars import local_date
from domain.errors import Invalid
from office.organisation import user_of
from office.papers import WRITERS, paper_of
from office.readiness import ready_to_start
from office.review import ACCEPTABLE, accept_rest
from office.starting import start_plan
from storage.transactions import Work
from storage.transactions import reading as reading_from
from web.cli.opening import opened
from web.cli.people import known_person


@click.command()
@click.argument("plan_id", metavar="ID", type=click.UUID)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def write(plan_id: UUID, file: Path) -> None:
    """Write the plan ID as the paper FILE (.docx, .xlsx or .txt), its rows as they stand."""
    kind = file.suffix.lower().removeprefix(".")
    if kind not in WRITERS:
        raise Invalid(f"Cần tên tệp .docx, .xlsx hoặc .txt, không phải “{file.name}”", "name a .docx, .xlsx or .txt")
    with opened() as system, reading_from(system.database) as work:
        _plan, paper = paper_of(work, plan_id)
    file.write_bytes(WRITERS[kind](paper))


@click.command()
@click.argument("plan_id", metavar="ID", type=click.UUID)
@click.option("--person", "login", metavar="LOGIN", required=True, help="in whose name")
@click.option("--kind", "kinds", type=click.Choice(ACCEPTABLE), multiple=True, help="only this; may be repeated")
def accept(plan_id: UUID, login: str, kinds: tuple[str, ...]) -> None:
    """Wave through what was mended while reading the plan ID and what was read beside its rows; say what is left."""
    with opened() as system:
        now = system.now()

        def command(work: Work) -> int:
            user = user_of(work, known_person(work, login).id, local_date(now))
            return accept_rest(work, plan_id, user, now, kinds or ACCEPTABLE)

        count = system.run(command)
        with reading_from(system.database) as work:
            left = ready_to_start(work, work.plans.get(plan_id), local_date(now))
    click.echo(count)
    for reason in left:
        click.echo(f"Còn: {reason.text}")


@click.command()
@click.argument("plan_id", metavar="ID", type=click.UUID)
def start(plan_id: UUID) -> None:
    """Start the reviewed plan ID, row by row; say how many rows began and which did not."""
    with opened() as system:
        now = system.now()
        batch_id = system.run(lambda work: start_plan(work, plan_id, None, now).id)
        system.tick()
        with reading_from(system.database) as work:
            batch = work.batches.get(batch_id)
            failed = work.batches.items(batch_id, state="failed")
    click.echo(f"{batch.done}/{batch.total}")
    if failed:
        raise Invalid(f"{len(failed)} dòng chưa bắt đầu được: {failed[0].error}", f"{len(failed)} rows did not start")
