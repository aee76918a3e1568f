"""Every group of pages, a line each."""

from __future__ import annotations

from flask import Flask

from web import account, desk, health, notices, sign_in


def register_blueprints(app: Flask) -> None:
    health.count_requests(app)
    app.register_blueprint(health.pages)
    app.register_blueprint(sign_in.pages)
    app.register_blueprint(account.pages)
    app.register_blueprint(desk.pages)
    app.register_blueprint(notices.pages)
