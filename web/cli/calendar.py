"""`bangiao calendar YEAR`: the days off and worked, with the official swaps that ship with the product."""

from __future__ import annotations

import click
import orjson

from storage.calendars import statutory_calendar


@click.command()
@click.argument("year", type=click.IntRange(2015, 2050))
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def calendar(year: int, as_json: bool) -> None:
    """The weekdays off and the Saturdays and Sundays worked in YEAR."""
    days = statutory_calendar()
    off = [day.isoformat() for day in days.weekdays_off(year)]
    worked = [day.isoformat() for day in days.worked_rest_days(year)]
    provisional = days.is_provisional(year)
    if as_json:
        click.echo(orjson.dumps({"off": off, "worked": worked, "provisional": provisional}, option=orjson.OPT_INDENT_2))
        return
    click.echo(f"Nghỉ ({len(off)}): " + ", ".join(off))
    click.echo("Làm bù: " + (", ".join(worked) or "không có"))
    if provisional:
        click.echo("Tạm tính: chưa có thông báo chính thức cho năm này.")
