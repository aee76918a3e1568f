"""The acts of people, as they were written down."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from flask import Response

from storage.transactions import reading
from web.api.answers import IdPageQuery, page
from web.api.blueprint import Blueprint
from web.api.bodies import Text
from web.api.schemas import RecordShape, list_of
from web.api.values import logins_of, record_values
from web.system import current_system

pages = Blueprint("records")


class RecordsQuery(IdPageQuery):
    instance = ma.fields.UUID()
    person = ma.fields.UUID()
    noun = Text()
    noun_id = Text()


@pages.call("GET", "", query=RecordsQuery, gives=list_of(RecordShape))
def index(query: dict[str, Any]) -> Response:
    """The newest first."""
    with reading(current_system().database) as work:
        rows = work.records.page(
            instance_id=query.get("instance"),
            person_id=query.get("person"),
            noun=query.get("noun"),
            noun_id=query.get("noun_id"),
            after=query.get("after"),
            limit=query["limit"] + 1,
        )
        texts = work.records.texts(rows)
        logins = logins_of(work, {each for row in rows for each in (row.person_id, row.on_behalf_of)})
    return page(rows, query["limit"], lambda row: record_values(row, logins, texts), lambda row: row.id)
