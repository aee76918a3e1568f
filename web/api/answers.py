"""Answers of the API: JSON, lists page by page, and the first answer again to a call with the same Idempotency-Key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import marshmallow as ma
import orjson
from flask import Response, request
from marshmallow import validate

from domain.errors import Conflict, Invalid
from engine.clock import wall_clock
from storage.tables import Idempotency
from storage.transactions import Work, reading
from web.api.bodies import Query, Text
from web.session import current_user
from web.system import current_system

LONGEST_PAGE = 200
LONGEST_KEY = 200

T = TypeVar("T")


class PageQuery(Query):
    """Which part of a list is wanted."""

    limit = ma.fields.Integer(load_default=50, validate=validate.Range(1, LONGEST_PAGE))
    after = Text(metadata={"description": "`next` of the page before"})


class IdPageQuery(Query):
    """Which part of a list is wanted; its cursors are ids."""

    limit = ma.fields.Integer(load_default=50, validate=validate.Range(1, LONGEST_PAGE))
    after = ma.fields.UUID(metadata={"description": "`next` of the page before"})


class KeyReused(Conflict):
    """An Idempotency-Key was sent again with something else."""


def answer(value: Any, status: int = 200) -> Response:
    """`value` as JSON."""
    return Response(_encoded(value), status, mimetype="application/json")


def page(rows: Sequence[T], limit: int, shown: Callable[[T], Any], cursor: Callable[[T], Any]) -> Response:
    """One page of a list; `rows` holds one row more than `limit` when there is a next page."""
    kept = rows[:limit]
    following = str(cursor(kept[-1])) if len(rows) > limit and kept else None
    return answer({"items": [shown(row) for row in kept], "next": following})


def commanded(command: Callable[[Work], Any], status: int = 200) -> Response:
    """Run `command` in one transaction; what it returns is the answer, kept with it under the call's key if any."""
    key = read_key()
    if key is None:
        return answer(current_system().run(command), status)
    digest, person_id = _digest(), current_user().person_id

    def keyed(work: Work) -> tuple[int, bytes]:
        kept = work.idempotency.answer(person_id, key)
        if kept is not None:
            return _same(kept, digest)
        said = _encoded(command(work))
        _keep(work, key, digest, status, said)
        return status, said

    return _as_sent(*current_system().run(keyed))


def once(deed: Callable[[], Any], status: int = 200) -> Response:
    """The answer to a deed of several transactions; under a key it is done once, unless it broke off."""
    key = read_key()
    if key is None:
        return answer(deed(), status)
    digest = _digest()
    with reading(current_system().database) as work:
        kept = work.idempotency.answer(current_user().person_id, key)
    if kept is not None:
        return _as_sent(*_same(kept, digest))
    said = _encoded(deed())
    current_system().run(lambda work: _keep(work, key, digest, status, said))
    return _as_sent(status, said)


def read_key() -> str | None:
    """The call's Idempotency-Key, None without one. Raises Invalid."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (0 < len(key) <= LONGEST_KEY and key.isprintable()):
        raise Invalid(
            f"Idempotency-Key dài từ 1 đến {LONGEST_KEY} ký tự in được",
            f"Idempotency-Key has 1 to {LONGEST_KEY} printable letters",
        )
    return key


def _keep(work: Work, key: str, digest: str, status: int, said: bytes) -> None:
    work.idempotency.add(
        Idempotency(
            person_id=current_user().person_id,
            key=key,
            request_hash=digest,
            status=status,
            answer=said,
            created_at=wall_clock(),
        )
    )


def _same(kept: Idempotency, digest: str) -> tuple[int, bytes]:
    if kept.request_hash != digest:
        raise KeyReused(
            "Idempotency-Key này đã dùng cho một lệnh gọi khác",
            "this Idempotency-Key was used for another call",
        )
    return kept.status, kept.answer


def _as_sent(status: int, said: bytes) -> Response:
    return Response(said, status, mimetype="application/json")


def _digest() -> str:
    """What was asked: method, address and body; of a multipart body its parts, whatever stands between them."""
    told = hashlib.sha256(f"{request.method} {request.full_path}\n".encode())
    if request.mimetype == "multipart/form-data":
        for name, value in sorted(request.form.items(multi=True)):
            told.update(f"{len(name)} {len(value)} {name}{value}".encode())
        for name, file in request.files.items(multi=True):
            content = file.read()
            file.seek(0)
            told.update(f"{len(name)} {len(content)} {name}{file.filename}".encode() + content)
    else:
        told.update(request.get_data(cache=True))
    return told.hexdigest()


def _encoded(value: Any) -> bytes:
    return orjson.dumps(value, default=str)
