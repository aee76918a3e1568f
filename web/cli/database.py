"""`bangiao db`: the database's tables."""

from __future__ import annotations

import click

from storage import schema
from web.settings import Settings, read_settings
from web.system import build_system


@click.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the tables to this version; may be run again."""
    upgrade_tables(read_settings())


def upgrade_tables(settings: Settings) -> None:
    """Bring the tables of the database these settings name to this version."""
    system = build_system(settings)
    try:
        schema.upgrade(system.database)
    finally:
        system.close()
