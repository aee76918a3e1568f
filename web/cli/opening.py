"""The system a command works on: opened by the environment's settings, closed at the command's end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from web.settings import Settings, read_settings
from web.system import System, open_system


@contextmanager
def opened(settings: Settings | None = None, *, serving: bool = False) -> Iterator[System]:
    """Raises Invalid when the settings or the database do not fit."""
    system = open_system(settings or read_settings(), serving=serving)
    try:
        yield system
    finally:
        system.close()
