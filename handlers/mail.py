"""mail: one letter through the office's own server, when one is named.

Payload: {"to": address or list of them, "subject", "text"}. Settings: SMTP_HOST, SMTP_PORT (25), SMTP_FROM,
SMTP_USER and SMTP_PASSWORD, SMTP_TLS (starttls or none). Without SMTP_HOST nothing is sent, and the result says so.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from typing import Any

from domain.errors import Invalid
from engine.jobs import Handler, Job

TIMEOUT_SECONDS = 30


def send_mail(settings: Mapping[str, str]) -> Handler:
    """Build the handler. The job's id is the letter's Message-ID, by which a server or reader drops a repeated one."""
    host = settings.get("SMTP_HOST", "")

    def send(job: Job) -> Mapping[str, Any]:
        if not host:
            return {"sent": False}
        letter = _letter(job, settings)
        with smtplib.SMTP(host, int(settings.get("SMTP_PORT") or 25), timeout=TIMEOUT_SECONDS) as server:
            if settings.get("SMTP_TLS") == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.get("SMTP_USER"):
                server.login(settings["SMTP_USER"], settings.get("SMTP_PASSWORD", ""))
            server.send_message(letter)
        return {"sent": True}

    return send


def _letter(job: Job, settings: Mapping[str, str]) -> EmailMessage:
    to = job.payload.get("to")
    addresses = [to] if isinstance(to, str) else [str(each) for each in to or ()]
    if not addresses or any("@" not in each or "\n" in each for each in addresses):
        raise Invalid("Thư cần địa chỉ người nhận", f"a letter needs addresses, found {to!r}")
    sender = settings.get("SMTP_FROM") or f"bangiao@{settings['SMTP_HOST']}"
    letter = EmailMessage()
    letter["From"], letter["To"] = sender, ", ".join(addresses)
    letter["Subject"] = " ".join(str(job.payload.get("subject") or "Bàn Giao").split())
    letter["Message-ID"] = f"<{job.id}@bangiao>"
    letter.set_content(str(job.payload.get("text") or ""))
    return letter
