"""People with accounts and the posts they hold today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response

from storage.tables import Person, Post
from storage.transactions import reading
from web.api.answers import PageQuery, page
from web.api.blueprint import Blueprint
from web.api.schemas import PersonShape, list_of
from web.session import today
from web.system import current_system

pages = Blueprint("people")


@pages.call("GET", "", query=PageQuery, gives=list_of(PersonShape))
def index(query: dict[str, Any]) -> Response:
    """People by login."""
    with reading(current_system().database) as work:
        rows = work.people.page(after=query.get("after"), limit=query["limit"] + 1)
        posts = work.posts.of([row.id for row in rows], today())
    return page(rows, query["limit"], lambda row: _values(row, posts), lambda row: row.login)


def _values(person: Person, posts: Sequence[Post]) -> dict[str, Any]:
    return {
        "id": person.id,
        "login": person.login,
        "name": person.name,
        "active": person.active,
        "posts": [
            {"unit": post.unit_id, "role": post.role, "title": post.title}
            for post in posts
            if post.person_id == person.id
        ],
    }
