"""`bangiao plan read`: what a plan document says; needs no database."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from plans.output import as_dict
from plans.reader import read_plan


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="print the reading as JSON")
def read(file: Path, as_json: bool) -> None:
    """Read a plan document and print what it says."""
    reading = read_plan(file.read_bytes(), file.name)
    if as_json:
        click.echo(orjson.dumps(as_dict(reading), option=orjson.OPT_INDENT_2))
        return
    click.echo(f"{reading.plan.title} ({reading.plan.year})")
    for activity in reading.activities:
        click.echo(f"{activity.number or '-':>6}  {activity.task}")
        click.echo(f"        {' + '.join(activity.lead) or '?'}  |  {activity.timing_raw or '?'}")
    for warning in reading.warnings:
        click.echo(f"Cần xem: {warning}")
