"""`bangiao calendar YEAR`: the days off and worked, with the official swaps that ship with the product."""

from __future__ import annotations

from typing import Any

import click
import orjson

from storage.calendars import shipped_calendar


@click.command()
@click.argument("year", type=click.IntRange(2000, 2100))
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def calendar(year: int, as_json: bool) -> None:
    """The weekdays off and the Saturdays and Sundays worked in YEAR."""
    days: dict[str, Any] = shipped_calendar(year).year_as_dict(year)
    if as_json:
        click.echo(orjson.dumps(days, option=orjson.OPT_INDENT_2))
        return
    click.echo(f"Nghỉ ({len(days['off'])}): " + ", ".join(days["off"]))
    click.echo(f"Làm bù ({len(days['worked'])}): " + (", ".join(days["worked"]) or "không có"))
    if days["provisional"]:
        click.echo("Tạm tính: chưa có thông báo chính thức cho năm này.")
