"""`bangiao serve`: web, worker and ticker in one process; `bangiao web`: the pages and the API alone."""

from __future__ import annotations

import ipaddress
import logging
import signal
from types import FrameType

import click
from waitress.server import create_server

from domain.errors import Invalid
from web.app import create_app
from web.cli.opening import opened
from web.service import Service
from web.settings import Settings, read_settings
from web.system import System

THREADS = 16

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="address to listen on")
port_option = click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="port")


@click.command()
@host_option
@port_option
def serve(host: str, port: int) -> None:
    """Serve pages and API, do jobs and let timers fire, all in one process."""
    settings = read_settings()
    refuse_unsafe(settings, host)
    with opened(settings, serving=True) as system:
        run(system, host, port, Service(system))


@click.command()
@host_option
@port_option
def web(host: str, port: int) -> None:
    """Serve pages and API alone; jobs and timers are others' (worker, tick)."""
    settings = read_settings()
    refuse_unsafe(settings, host)
    with opened(settings, serving=True) as system:
        run(system, host, port, Service(system, ticks=False, works=False))


def run(system: System, host: str, port: int, service: Service) -> None:
    """Serve until the process is told to stop; what is under way comes to its end first."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = create_app(system.settings, system)
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident="bangiao",
            max_request_body_size=2 * system.settings.max_body_bytes,  # what is only a little too large is told why
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        raise Invalid(
            f"Không mở được {host}:{port}: {error.strerror}", f"cannot listen on {host}:{port}: {error.strerror}"
        ) from error
    signal.signal(signal.SIGTERM, _stop)
    service.start()
    try:
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"http://{shown}:{getattr(server, 'effective_port', port)}", err=True)
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.close()
        service.stop()


def refuse_unsafe(settings: Settings, host: str) -> None:
    """On loopback warn of a weak key or a virtual clock, elsewhere refuse. Raises Invalid."""
    doubts = []
    if not settings.has_strong_key:
        doubts.append(("BANGIAO_SECRET_KEY quá yếu, cần ít nhất 32 ký tự ngẫu nhiên", "BANGIAO_SECRET_KEY is too weak"))
    if settings.clock == "virtual":
        doubts.append(("BANGIAO_CLOCK=virtual chỉ dùng để thử", "BANGIAO_CLOCK=virtual is for trials only"))
    if doubts and not is_loopback(host):
        raise Invalid(
            f"Không phục vụ ở {host}: " + "; ".join(each for each, _ in doubts),
            f"refused to serve on {host}: " + "; ".join(english for _, english in doubts),
        )
    for vietnamese, _english in doubts:
        click.echo(f"Cảnh báo: {vietnamese}", err=True)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
