"""A group of calls about one noun: each is a line that says method, address, what comes in and what goes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import marshmallow as ma
from flask import abort, request
from flask_smorest import Blueprint as SmorestBlueprint

from web.api.bodies import BodyParser

View = TypeVar("View", bound=Callable[..., Any])


class Blueprint(SmorestBlueprint):  # type: ignore[misc]
    """Calls under /api/v1/<noun>."""

    ARGUMENTS_PARSER = BodyParser()

    def __init__(self, noun: str) -> None:
        super().__init__(f"api_{noun}", __name__, url_prefix=f"/api/v1/{noun}", description=noun.capitalize())
        self.noun = noun
        self.before_request(refuse_nul)

    def call(
        self,
        method: str,
        rule: str,
        *,
        body: type[ma.Schema] | None = None,
        query: type[ma.Schema] | None = None,
        gives: type[ma.Schema] | dict[str, Any] | None = None,
        status: int = 200,
        content_type: str | None = None,
        doc: dict[str, Any] | None = None,
    ) -> Callable[[View], View]:
        """Answer `method` on `rule`. The view is handed body and query, checked, before the parts of the address."""

        def decorate(view: View) -> View:
            wrapped: Any = self.response(status, gives, content_type=content_type)(view)
            if query is not None:
                wrapped = self.arguments(query, location="query")(wrapped)
            if body is not None:
                wrapped = self.arguments(body, required=has_required(body))(wrapped)
            self.route(rule, methods=[method], tags=[self.noun])(self.doc(**(doc or {}))(wrapped))
            return view

        return decorate


def refuse_nul() -> None:
    """No column holds a NUL, so nothing has it in its name."""
    if "\x00" in request.path:
        abort(404)


def has_required(body: type[ma.Schema]) -> bool:
    return any(field.required for field in body().fields.values())
