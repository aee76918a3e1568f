"""A real mail server for tests, on a port of its own."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LONGEST_START_SECONDS = 60


@dataclass
class Mailbox:
    """What arrived, in order, and the settings that lead there. An address in `refused` is not known here."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    @property
    def settings(self) -> Mapping[str, str]:
        return {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(self.port), "SMTP_FROM": "bangiao@yenha.example"}

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if letter["To"] == address]

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        content = envelope.content
        assert isinstance(content, bytes)
        letter = BytesParser(policy=default).parsebytes(content)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"


@contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    """A server that answers until the end of the block."""
    mailbox, server = _started()
    try:
        yield mailbox
    finally:
        server.stop()


@contextmanager
def closed_port() -> Iterator[int]:
    """A port on which nobody answers, and which nobody else takes until the end of the block."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])


def _started(tries: int = 5) -> tuple[Mailbox, Controller]:
    with closed_port() as port:
        mailbox = Mailbox(port)
    server = Controller(
        mailbox, hostname="127.0.0.1", port=port, ready_timeout=LONGEST_START_SECONDS, server_hostname="localhost"
    )
    try:
        server.start()
    except OSError:  # somebody took the port in between
        if tries == 1:
            raise
        return _started(tries - 1)
    return mailbox, server


def body(letter: EmailMessage, kind: str = "plain") -> str:
    """The text or html part."""
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())
