"""`bangiao simulate FILE`: a plan's whole year in virtual time, with invented officials."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import orjson

from domain.errors import Conflict
from engine import clock
from handlers import build
from office.simulation import simulate as run_year
from web.settings import read_settings

KEPT = "bangiao.sqlite"  # where every other command looks for its database


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="print the outcome as JSON")
@click.option("--keep", is_flag=True, help="leave the year's database in BANGIAO_HOME")
def simulate(file: Path, as_json: bool, keep: bool) -> None:
    """Run the whole year of the plan in FILE and say what came of it."""
    place = read_settings().home / KEPT if keep else None
    if place is not None and place.exists():
        raise Conflict(
            f"{place} đã có; đặt BANGIAO_HOME sang thư mục khác để giữ lần chạy này",
            f"{place} is there already; set BANGIAO_HOME to another folder",
        )
    found = run_year(
        file.read_bytes(),
        file.name,
        lambda database: build(database, {}, now=lambda: clock.now(database)),  # no letter leaves a simulation
        keep=place,
    )
    if as_json:
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2, default=str))
        return
    for line in told(found):
        click.echo(line)
    if place is not None:
        click.echo(f"Cơ sở dữ liệu: {place}")


def told(found: dict[str, Any]) -> list[str]:
    """The outcome in sentences."""
    lines = [
        f"{found['plan']}, năm {found['year']}",
        f"{found['activities']} nhiệm vụ, {found['cases']} hồ sơ: {found['completed']} xong, {found['open']} còn mở",
        f"Đúng hạn {found['on_time']}, trễ {found['late']}; {found['user_tasks']} lượt việc,"
        f" {found['timers_fired']} lần hẹn giờ, {found['incidents']} điểm kẹt",
    ]
    lines += [f"  còn mở: {count} {reason}" for reason, count in found["open_reasons"].items()]
    return [*lines, f"Chạy trong {found['seconds']} giây"]
