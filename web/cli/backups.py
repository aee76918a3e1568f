"""`bangiao backup FILE` and `bangiao restore FILE`: everything that is kept, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from storage.backups import read_backup, write_backup
from web.cli.opening import opened
from web.settings import read_settings
from web.system import build_system


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything the database holds into FILE, while the office goes on working."""
    with opened() as system:
        click.echo(f"{write_backup(system.database, file)} dòng → {file}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Fill an empty database, of either kind, from FILE."""
    system = build_system(read_settings())
    try:
        click.echo(f"{read_backup(system.database, file)} dòng ← {file}")
    finally:
        system.close()
