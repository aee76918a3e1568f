"""What service tasks do, one file per topic. The engine receives a mapping and imports none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from engine import clock
from engine.jobs import Handler
from handlers.escalation import escalate
from handlers.http import call
from handlers.mail import send_mail
from handlers.notice_mail import Writer, notice_mail
from handlers.numbering import number_document
from handlers.results import record_result
from handlers.urging import urge
from storage.database import Database


def build(
    database: Database,
    settings: Mapping[str, str] | None = None,
    *,
    now: Callable[[], datetime] | None = None,
    writer: Writer | None = None,
) -> dict[str, Handler]:
    """The handlers by topic. `settings` are BANGIAO_ variables without their prefix (SMTP_HOST, HTTP_ALLOW, …);
    `now` is the business's time, by default the database's virtual clock or else the wall clock. Without a `writer`
    nobody is told anything by mail."""
    given = settings or {}
    time = now or (lambda: clock.now(database))
    return {
        "notice.urge": urge(database, time),
        "notice.escalate": escalate(database, time),
        "document.number": number_document(database, time),
        "result.record": record_result(database),
        "mail": send_mail(given),
        "http": call(given),
        **(notice_mail(database, given, writer, time) if writer else {}),
    }
