"""The REST API under /api/v1: one file per noun, described by itself in OpenAPI 3.1."""

from __future__ import annotations

from functools import cache

from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from flask_smorest import Api

from web.api import (
    clock,
    definitions,
    incidents,
    instances,
    jobs,
    messages,
    people,
    plans,
    records,
    tasks,
    timers,
    units,
)
from web.api.access import API_ROUTES
from web.api.description import described, description_pages, schema_name
from web.api.schemas import Problem
from web.rights import ROUTES

BLUEPRINTS = (
    definitions.pages,
    instances.pages,
    tasks.pages,
    messages.pages,
    messages.signals,
    incidents.pages,
    plans.pages,
    timers.pages,
    jobs.pages,
    units.pages,
    people.pages,
    records.pages,
    clock.pages,
)
DESCRIPTION = """Work of a department, for programs. Sign in with `Authorization: Bearer TOKEN`; a token acts with
the rights of its person. Errors are problems of RFC 9457 with a sentence in the caller's language. A list is
`{"items": […], "next": cursor or null}`."""


class BangiaoApi(Api):  # type: ignore[misc]
    """flask-smorest's, without its error handlers: `web.errors` is the only table from errors to HTTP."""

    def _register_error_handlers(self) -> None:
        return


def register_api(app: Flask) -> None:
    """Put the API under /api/v1, and its rights into the one table."""
    app.config["API_TITLE"] = "Bàn Giao"
    app.config["API_VERSION"] = "v1"
    app.config["OPENAPI_VERSION"] = "3.1.0"
    ROUTES.update(API_ROUTES)
    api = BangiaoApi(
        app,
        spec_kwargs={
            "info": {"description": DESCRIPTION},
            "security": [{"bearer": []}],
            "marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=schema_name),
        },
    )
    assert api.spec is not None
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    api.spec.components.schema("Problem", schema=Problem)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)

    specification = api.spec
    app.register_blueprint(description_pages(cache(lambda: described(specification.to_dict()))))
