"""Messages and signals from outside."""

from __future__ import annotations

from typing import Any

from flask import Response

from engine.messages import publish_message, publish_signal
from engine.records import write_record
from storage.transactions import Work
from web.api.answers import commanded
from web.api.blueprint import Blueprint
from web.api.bodies import Body, Text, Variables
from web.api.schemas import ReceivedShape
from web.session import current_now, current_user

pages = Blueprint("messages")
signals = Blueprint("signals")


class Message(Body):
    name = Text(required=True)
    correlation = Text(allow_none=True)
    variables = Variables(allow_none=True)


class Signal(Body):
    name = Text(required=True)
    variables = Variables(allow_none=True)


@pages.call("POST", "", body=Message, gives=ReceivedShape)
def send(body: dict[str, Any]) -> Response:
    """Deliver to the oldest waiting case with that correlation, else to one start event; how many received it."""
    user, now, correlation = current_user(), current_now(), body.get("correlation")

    def command(work: Work) -> dict[str, Any]:
        received = publish_message(work, body["name"], correlation, body.get("variables", {}), now)
        after = {"correlation": correlation, "received": received}
        write_record(work, None, user, "publish", "message", body["name"], after=after, now=now)
        return {"received": received}

    return commanded(command)


@signals.call("POST", "", body=Signal, gives=ReceivedShape)
def broadcast(body: dict[str, Any]) -> Response:
    """Deliver to every case and start event that waits for it; how many received it."""
    user, now = current_user(), current_now()

    def command(work: Work) -> dict[str, Any]:
        received = publish_signal(work, body["name"], body.get("variables", {}), now)
        write_record(work, None, user, "publish", "signal", body["name"], after={"received": received}, now=now)
        return {"received": received}

    return commanded(command)
