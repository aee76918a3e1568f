"""The saved state: a flat row a token, variables as the difference to the token above it.

A body is JSON: [spec, state, begun, changed at, parent, host, facts, variables set, variables gone]. What JSON lacks is
tagged: {"~d": date}, {"~dt": instant}, {"~td": seconds}, {"~n": Decimal}, {"~t": tuple}, {"~i": large integer}; a
mapping that itself has a key with ~ is {"~m": pairs}.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from bpmn.spiff.values import FrozenDict, FrozenList, changed
from engine.spiff.changes import StateRow

if TYPE_CHECKING:
    from engine.spiff.task import Token

LARGEST = 2**63


def pack(value: Any) -> Any:
    """A variable as JSON."""
    kind = type(value)
    if kind in (str, bool, type(None)) or (kind is float):
        return value
    if kind is int:
        return value if -LARGEST <= value < LARGEST else {"~i": str(value)}
    if isinstance(value, Mapping):
        if any(key.startswith("~") for key in value):
            return {"~m": [[key, pack(each)] for key, each in value.items()]}
        return {key: pack(each) for key, each in value.items()}
    if isinstance(value, list):
        return [pack(each) for each in value]
    if isinstance(value, tuple):
        return {"~t": [pack(each) for each in value]}
    if isinstance(value, datetime):
        return {"~dt": value.isoformat()}
    if isinstance(value, date):
        return {"~d": value.isoformat()}
    if isinstance(value, timedelta):
        return {"~td": [value.days, value.seconds, value.microseconds]}
    if isinstance(value, Decimal):
        return {"~n": str(value)}
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"no variable: {kind.__name__}")


TAGS: dict[str, Callable[[Any], Any]] = {
    "~dt": datetime.fromisoformat,
    "~d": date.fromisoformat,
    "~td": lambda parts: timedelta(*parts),
    "~n": Decimal,
    "~i": int,
    "~t": lambda items: tuple(unpack(each) for each in items),
    "~m": lambda pairs: FrozenDict({key: unpack(each) for key, each in pairs}),
}


def unpack(value: Any) -> Any:
    """A variable from JSON, its containers frozen."""
    if isinstance(value, dict):
        if len(value) == 1:
            tag, inner = next(iter(value.items()))
            if tag in TAGS:
                return TAGS[tag](inner)
        return FrozenDict({key: unpack(each) for key, each in value.items()})
    if isinstance(value, list):
        return FrozenList(unpack(each) for each in value)
    return value


def encode(token: Token) -> StateRow:
    """The row of a token."""
    host = token.workflow.host if token.parent is None else None
    above = token.parent or host
    known: Mapping[str, Any] = above.data if above is not None else {}
    differences = changed(known, token.data)
    body = [
        token.task_spec.name,
        token.state,
        token.begun,
        token.last_state_change,
        token.parent.id.hex if token.parent is not None else None,
        host.id.hex if host is not None else None,
        {name: pack(token.internal_data[name]) for name in sorted(token.internal_data)},
        {name: pack(differences[name]) for name in sorted(differences)},
        sorted(name for name in known if name not in token.data) if known is not token.data else [],
    ]
    return StateRow(token.id, token.position, orjson.dumps(body))


class Decoded:
    """A row taken apart."""

    __slots__ = ("begun", "changed_at", "facts", "gone", "host", "id", "parent", "position", "set", "spec", "state")

    def __init__(self, row: StateRow) -> None:
        assert row.body is not None
        body = orjson.loads(row.body)
        self.id, self.position = row.id, row.position
        self.spec, self.state, self.begun, self.changed_at = body[:4]
        self.parent = UUID(body[4]) if body[4] else None
        self.host = UUID(body[5]) if body[5] else None
        self.facts = FrozenDict({name: unpack(fact) for name, fact in body[6].items()})
        self.set = {name: unpack(value) for name, value in body[7].items()}
        self.gone = body[8]

    def variables(self, known: Mapping[str, Any]) -> Mapping[str, Any]:
        """The token's variables, from those of the token above."""
        if not self.set and not self.gone:
            return known
        kept = {name: value for name, value in known.items() if name not in self.gone} if self.gone else known
        return FrozenDict({**kept, **self.set})
