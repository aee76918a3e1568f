"""Thông báo: what is new, near, late, returned or done, the newest first."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import NotFound
from storage import notice_board
from storage.tables import Notice
from storage.transactions import Work, reading
from web.cursors import read_cursor, write_cursor
from web.letters import notice_kinds
from web.navigation import COUNTERS, way_on
from web.session import current_now, current_user
from web.system import current_system

pages = Blueprint("notices", __name__)
PAGE = 50
STATES = {"soon": "soon", "due": "soon", "late": "late", "escalated": "late", "returned": "doubt", "done": "done"}
"""The look of each kind of notice; any other is plain news."""


@pages.get("/notices")
def mine() -> str:
    user, cursor = current_user(), read_cursor()
    before = None if cursor is None or cursor[0] is None else (cursor[0], cursor[1])
    with reading(current_system().database) as work:
        found = notice_board.for_user(work, user, current_now(), limit=PAGE + 1, before=before)
    shown = found[:PAGE]
    last = shown[-1].notice if shown else None
    more = write_cursor(last.created_at, last.id) if last is not None and len(found) > PAGE else None
    return render_template(
        "notices/notices.html",
        lines=shown,
        states=STATES,
        kinds=notice_kinds(),
        more=more,
        has_new=any(line.is_new for line in shown),
    )


@pages.post("/notices/<uuid:notice_id>/read")
def read(notice_id: UUID) -> ResponseReturnValue:
    """Mark it read and go where it leads."""
    user = current_user()

    def command(work: Work) -> Notice:
        notice = notice_board.to_user(work, user, notice_id)
        if notice is None:
            raise NotFound("Không tìm thấy thông báo này", "there is no such notice")
        notice_board.mark_read(work, user, current_now(), notice_id)
        return notice

    notice = current_system().run(command)
    if notice.task_id is not None:
        return redirect(url_for("tasks.show", task_id=notice.task_id), code=303)
    if notice.instance_id is not None:
        return redirect(url_for("cases.show", instance_id=notice.instance_id), code=303)
    return redirect(url_for(".mine"), code=303)


@pages.post("/notices/read")
def read_all() -> ResponseReturnValue:
    user, now = current_user(), current_now()
    current_system().run(lambda work: notice_board.mark_read(work, user, now))
    return redirect(way_on(request.form.get("back")) or url_for(".mine"), code=303)


COUNTERS["notices"] = lambda work: notice_board.unread(work, current_user(), current_now())
