"""`bangiao doctor`: what is set, what is missing, what is unsafe."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal
from urllib.parse import urlsplit

import click

from domain.calendars import local_date
from engine.clock import wall_clock
from handlers.mail import sender_of
from storage import schema
from storage.calendars import working_calendar
from storage.gauges import jobs_by_state, open_incidents, what_is_missing
from storage.transactions import DatabaseFailure, reading
from web.settings import Settings, read_settings
from web.system import System, build_system

LEAST_FREE_BYTES = 1_000_000_000
SECRET = ("KEY", "PASSWORD", "SECRET", "TOKEN")


@dataclass(frozen=True, slots=True)
class Line:
    """One observation; `bad` ones make the command fail."""

    state: Literal["ok", "note", "bad"]
    text: str


MARKS = {"ok": "  ok ", "note": "xem  ", "bad": "LỖI  "}


@click.command()
def doctor() -> None:
    """Say what is set, what is missing and what is unsafe; exit 1 when something must be mended."""
    settings = read_settings()
    system = build_system(settings)
    try:
        found = [*about_settings(settings), *about_database(system), *about_mail(settings), *about_files(settings)]
    finally:
        system.close()
    for line in found:
        click.echo(MARKS[line.state] + line.text)
    if any(line.state == "bad" for line in found):
        click.echo("Có chỗ cần sửa trước khi phục vụ", err=True)
        sys.exit(1)


def about_settings(settings: Settings) -> Iterator[Line]:
    for name in sorted(settings.others):
        shown = "(đã đặt)" if any(word in name for word in SECRET) else without_password(settings.others[name])
        yield Line("ok", f"BANGIAO_{name} = {shown}")
    yield Line("ok", f"Cơ sở dữ liệu: {without_password(settings.database)}")
    if settings.has_strong_key:
        yield Line("ok", "Khóa ký phiên đủ mạnh")
    else:
        yield Line("bad", "BANGIAO_SECRET_KEY quá yếu: cần ít nhất 32 ký tự ngẫu nhiên")
    if settings.clock == "virtual":
        yield Line("note", "BANGIAO_CLOCK=virtual: đồng hồ ảo, chỉ dùng để thử")
    if not settings.https:
        yield Line("note", "BANGIAO_HTTPS chưa đặt: cookie đi cả trên http")


def about_database(system: System) -> Iterator[Line]:
    database = system.database
    try:
        if schema.is_empty(database):
            yield Line("note", "Cơ sở dữ liệu còn trống; lệnh đầu tiên tự tạo bảng (PostgreSQL: bangiao db upgrade)")
            return
        if not schema.is_current(database):
            yield Line("bad", "Cơ sở dữ liệu chưa đúng phiên bản; chạy: bangiao db upgrade")
            return
        missing = what_is_missing(database)
    except DatabaseFailure as error:
        missing = type(error).__name__
    if missing is not None:
        yield Line("bad", f"Cơ sở dữ liệu không trả lời: {missing}")
        return
    yield Line("ok", "Cơ sở dữ liệu trả lời, đúng phiên bản")
    yield from _about_work(system)


def _about_work(system: System) -> Iterator[Line]:
    with reading(system.database) as work:
        incidents, jobs = open_incidents(work), jobs_by_state(work)
        people, definitions = len(work.people.all()), len(work.definitions.page(limit=1))
        year, calendar = local_date(wall_clock()).year, working_calendar(work)
        virtual = work.clocks.now()
    if not people:
        yield Line("note", "Chưa có tài khoản nào: bangiao person add --login … --name … --role administrator")
    if not definitions:
        yield Line("note", "Chưa phát hành quy trình nào: bangiao definition deploy TỆP…")
    if incidents:
        yield Line("note", f"{incidents} điểm kẹt đang mở")
    if jobs.get("failed"):
        yield Line("note", f"{jobs['failed']} việc tự động đã hỏng")
    if calendar.is_provisional(year):
        yield Line("note", f"Lịch làm việc năm {year} còn tạm tính; nhập quyết định hoán đổi ngày nghỉ")
    if virtual is not None and not system.is_virtual:
        yield Line("bad", "Cơ sở dữ liệu này chạy đồng hồ ảo nhưng BANGIAO_CLOCK không phải virtual")


def about_mail(settings: Settings) -> Iterator[Line]:
    if not settings.sends_mail:
        yield Line("note", "BANGIAO_SMTP_HOST chưa đặt: không xếp và không gửi thư, thông báo chỉ hiện trên trang")
        return
    if settings.public_url is None:
        yield Line("note", "BANGIAO_PUBLIC_URL chưa đặt: thư gửi đi không có đường dẫn tới việc")
    if "SMTP_FROM" not in settings.others:
        yield Line("note", f"BANGIAO_SMTP_FROM chưa đặt: thư gửi từ {sender_of(settings.others)}")


def about_files(settings: Settings) -> Iterator[Line]:
    home = settings.home if settings.home.exists() else settings.home.absolute().parent
    free = shutil.disk_usage(home).free
    state: Literal["ok", "bad"] = "ok" if free >= LEAST_FREE_BYTES else "bad"
    yield Line(state, f"Đĩa chứa {settings.home}: còn {free // 1_000_000_000} GB")
    if not files("web").joinpath("static", "bundle", "site.js").is_file():
        yield Line("bad", "Thiếu web/static/bundle: chạy make setup")


def without_password(text: str) -> str:
    """An address as it may be shown."""
    parts = urlsplit(text)
    if parts.password is None:
        return text
    return text.replace(f":{parts.password}@", ":…@")
