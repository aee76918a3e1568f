"""Every group of pages, a line each."""

from __future__ import annotations

from flask import Flask

from web import account, cases, desk, files, health, notices, sign_in, task_acts, tasks
from web.api import register_api


def register_blueprints(app: Flask) -> None:
    health.count_requests(app)
    app.register_blueprint(health.pages)
    app.register_blueprint(sign_in.pages)
    app.register_blueprint(account.pages)
    app.register_blueprint(desk.pages)
    assert task_acts.pages is tasks.pages  # its views stand on the same blueprint
    app.register_blueprint(tasks.pages)
    app.register_blueprint(cases.pages)
    app.register_blueprint(files.pages)
    app.register_blueprint(notices.pages)
    register_api(app)
