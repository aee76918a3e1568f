"""`bangiao plan`: its commands, each loaded when it is called."""

from __future__ import annotations

import click

from web.cli import Commands

PLACES = {
    "read": ("web.cli.plan_reading", "Read a plan document and print what it says."),
    "write": ("web.cli.plan_work", "Write a plan as a paper: .docx, .xlsx or .txt."),
    "accept": ("web.cli.plan_work", "Wave through what was mended while reading."),
    "start": ("web.cli.plan_work", "Start a reviewed plan, row by row."),
}


@click.group(cls=Commands, places=PLACES)
def plan() -> None:
    """Plans of departments."""
