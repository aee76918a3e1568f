"""mail: one letter through the office's own server, when one is named.

Payload: {"to": address or list of them, "subject", "text"}. Settings: SMTP_HOST, SMTP_PORT (25), SMTP_FROM,
SMTP_USER and SMTP_PASSWORD, SMTP_TLS (starttls or none). Without SMTP_HOST nothing is sent, and the result says so.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any

from domain.errors import Conflict, Invalid
from engine.jobs import Handler, Job

TIMEOUT_SECONDS = 30
Send = Callable[[EmailMessage], None]


def send_mail(settings: Mapping[str, str]) -> Handler:
    """Build the handler. The job's id is the letter's Message-ID, by which a server or reader drops a repeated one."""
    post = post_office(settings)

    def send(job: Job) -> Mapping[str, Any]:
        if post is None:
            return {"sent": False}
        letter = new_letter(job, job.payload.get("to"), str(job.payload.get("subject") or "Bàn Giao"))
        letter.set_content(str(job.payload.get("text") or ""))
        post(letter)
        return {"sent": True}

    return send


def post_office(settings: Mapping[str, str]) -> Send | None:
    """What sends a letter through the server the settings name; None when they name none.

    It raises Conflict when the server does not answer or does not take the letter.
    """
    host, port = settings.get("SMTP_HOST", ""), int(settings.get("SMTP_PORT") or 25)
    if not host:
        return None

    def send(letter: EmailMessage) -> None:
        letter["From"] = sender_of(settings)
        try:
            with smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS) as server:
                if settings.get("SMTP_TLS") == "starttls":
                    server.starttls(context=ssl.create_default_context())
                if settings.get("SMTP_USER"):
                    server.login(settings["SMTP_USER"], settings.get("SMTP_PASSWORD", ""))
                server.send_message(letter)
        except OSError as error:  # SMTPException is one
            raise Conflict(
                f"Máy chủ thư {host}:{port} chưa nhận thư: {error}",
                f"the mail server {host}:{port} did not take the letter: {error}",
            ) from error

    return send


def sender_of(settings: Mapping[str, str]) -> str:
    """The address letters come from."""
    return settings.get("SMTP_FROM") or f"bangiao@{settings['SMTP_HOST']}"


def new_letter(job: Job, to: Any, subject: str) -> EmailMessage:
    """A letter without content to an address or several. Raises Invalid for none, or for one that smuggles a line."""
    addresses = [to] if isinstance(to, str) else [str(each) for each in to or ()]
    if not addresses or any("@" not in each or "\n" in each for each in addresses):
        raise Invalid("Thư cần địa chỉ người nhận", f"a letter needs addresses, found {to!r}")
    letter = EmailMessage()
    letter["To"], letter["Subject"] = ", ".join(addresses), " ".join(subject.split())
    letter["Date"], letter["Message-ID"] = formatdate(), f"<{job.id}@bangiao>"
    return letter
