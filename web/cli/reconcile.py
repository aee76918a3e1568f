"""`bangiao reconcile`: proves that everything kept about the cases agrees."""

from __future__ import annotations

import sys

import click

from engine.reconcile import reconcile as engine_reconcile
from engine.reconcile import repair as engine_repair
from storage.transactions import reading
from web.cli.opening import opened


@click.command()
@click.option("--repair", is_flag=True, help="mend what is safe to mend")
def reconcile(repair: bool) -> None:
    """Compare state, worklist, timers, jobs, incidents and records; exit 1 when they disagree."""
    with opened() as system:
        if repair:
            mended, left = engine_repair(system.database, system.now())
        else:
            with reading(system.database) as work:
                mended, left = [], engine_reconcile(work)
    for difference in mended:
        click.echo(f"Đã sửa: {difference}")
    for difference in left:
        click.echo(f"Còn lệch: {difference}")
    if left:
        click.echo(f"Có {len(left)} chỗ lệch", err=True)
        sys.exit(1)
    click.echo("Mọi thứ khớp nhau")
