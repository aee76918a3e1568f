"""The command line: `bangiao --help`. Exit 0 done, 1 the work failed with one sentence on stderr, 2 wrong usage."""

from __future__ import annotations

import sys

import click

from domain.errors import BangiaoError
from web.cli.bpmn import bpmn
from web.cli.calendar import calendar
from web.cli.plans import plan


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bangiao")
def commands() -> None:
    """Bàn Giao: from a department's plan to finished work."""


for command in (bpmn, calendar, plan):
    commands.add_command(command)


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


if __name__ == "__main__":
    main()
