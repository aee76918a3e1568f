"""`bangiao worker`: does jobs; `bangiao tick`: lets everything happen that is due."""

from __future__ import annotations

import signal
from threading import Event

import click

from web.cli.opening import opened
from web.service import Service


@click.command()
@click.option("--no-ticker", is_flag=True, help="leave timers to other processes")
def worker(no_ticker: bool) -> None:
    """Do jobs, and let timers fire, until told to stop."""
    stopping = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stopping.set())
    with opened(serving=True) as system:
        service = Service(system, ticks=not no_ticker)
        service.start()
        stopping.wait()
        service.stop()


@click.command()
def tick() -> None:
    """Do once what is due now, jobs included; print how much it was."""
    with opened() as system:
        click.echo(system.tick())
