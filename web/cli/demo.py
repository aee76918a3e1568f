"""`bangiao demo`: an invented department to try everything with; what was done there is kept."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from domain.calendars import local_date
from domain.errors import Conflict, Invalid
from office.organisation import user_of
from office.sample import PASSWORD, sample_department
from office.sample_plan import start_sample_plan
from office.shipped import deploy_shipped
from storage.transactions import Work
from web.cli.database import upgrade_tables
from web.cli.opening import opened
from web.cli.serve import host_option, is_loopback, port_option, refuse_unsafe, run
from web.service import Service
from web.settings import read_settings

SHOWN = (
    ("quantri", "quản trị"),
    ("thietke", "thiết kế quy trình"),
    ("khaitq", "Giám đốc Sở"),
    ("vietdq", "Trưởng phòng Quản lý đất đai"),
    ("chautm", "chuyên viên Phòng Quản lý đất đai"),
    ("lanht", "văn thư"),
)


@click.command()
@host_option
@port_option
@click.option("--plan/--no-plan", default=True, help="start a sample plan, too")
def demo(host: str, port: int, plan: bool) -> None:
    """Serve a sample department with accounts and processes; a second start keeps what was done."""
    settings = read_settings()
    refuse_unsafe(settings, host)
    if not is_loopback(host):
        raise Invalid(
            f"Bản dùng thử có mật khẩu ai cũng biết, không phục vụ ở {host}",
            f"the demo's passwords are known to everybody; refused to serve on {host}",
        )
    upgrade_tables(settings)
    with opened(settings, serving=True) as system:
        now = system.now()
        system.run(lambda work: furnish(work, now))
        if plan:
            system.run(lambda work: begin(work, now))
        click.echo("Mật khẩu của mọi tài khoản: " + PASSWORD)
        for login, words in SHOWN:
            click.echo(f"  {login:<10} {words}")
        sys.stdout.flush()
        run(system, host, port, Service(system))


def furnish(work: Work, now: datetime) -> None:
    """The department and the shipped processes, where they are not there yet. Raises Conflict in another office."""
    if not work.units.all():
        sample_department(work, now)
    elif work.people.by_login(SHOWN[0][0]) is None or work.people.by_login(SHOWN[-1][0]) is None:
        raise Conflict(
            "Cơ sở dữ liệu này đã có cơ quan khác; đặt BANGIAO_HOME sang thư mục trống để dùng thử",
            "another office is in this database; set BANGIAO_HOME to an empty folder for the demo",
        )
    deploy_shipped(work, now)


def begin(work: Work, now: datetime) -> None:
    """Start the sample plan in a department that has no plan yet."""
    if work.plans.all():
        return
    director = work.people.by_login(SHOWN[2][0])
    assert director is not None
    start_sample_plan(work, user_of(work, director.id, local_date(now)), now)
