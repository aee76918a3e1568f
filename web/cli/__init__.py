"""The command line: `bangiao --help`. Exit 0 done, 1 the work failed with one sentence on stderr, 2 wrong usage."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from domain.errors import BangiaoError

PLACES = {
    "serve": ("web.cli.serve", "Pages, API, worker and ticker in one process."),
    "web": ("web.cli.serve", "Pages and API alone."),
    "worker": ("web.cli.worker", "Do jobs and let timers fire."),
    "tick": ("web.cli.worker", "Do once what is due now."),
    "db": ("web.cli.database", "The database."),
    "person": ("web.cli.people", "People with accounts."),
    "token": ("web.cli.people", "Bearer tokens for programs."),
    "plan": ("web.cli.plans", "Plans of departments."),
    "simulate": ("web.cli.simulation", "A plan's whole year in virtual time."),
    "bpmn": ("web.cli.bpmn", "Process drawings."),
    "calendar": ("web.cli.calendar", "Days off and worked in a year."),
    "definition": ("web.cli.definitions", "Deployed processes."),
    "instance": ("web.cli.instances", "Running cases."),
    "reconcile": ("web.cli.reconcile", "Prove that everything kept about the cases agrees."),
    "backup": ("web.cli.backups", "Write the whole database into a file."),
    "restore": ("web.cli.backups", "Fill an empty database from such a file."),
    "doctor": ("web.cli.doctor", "What is set, missing and unsafe."),
    "demo": ("web.cli.demo", "A sample department to try everything with."),
}
"""Where each command stands, with its line in the help; only the one asked for is loaded."""


class Commands(click.Group):
    """Commands loaded when they are called: reading a calendar needs no web server.

    `places` names the module of each, where it stands under the command's own name, and its line in the help.
    """

    def __init__(self, *, places: Mapping[str, tuple[str, str]], **more: Any) -> None:
        super().__init__(**more)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.places:
            return None
        found: click.Command = getattr(import_module(self.places[cmd_name][0]), cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in self.places.items()])


@click.group(cls=Commands, places=PLACES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bangiao")
def commands() -> None:
    """Bàn Giao: from a department's plan to finished work."""


def main() -> None:
    """Run the command line; an error of ours is one sentence and exit 1."""
    try:
        commands(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BangiaoError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
