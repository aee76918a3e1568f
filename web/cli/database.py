"""`bangiao db`: the database's tables."""

from __future__ import annotations

import click

from storage import schema
from web.settings import read_settings
from web.system import build_system


@click.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the tables to this version; may be run again."""
    system = build_system(read_settings())
    try:
        schema.upgrade(system.database)
    finally:
        system.close()
