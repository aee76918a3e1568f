"""Every group of pages, a line each."""

from __future__ import annotations

from flask import Flask

from web import (
    account,
    amendments,
    cases,
    decisions,
    designer,
    designer_forms,
    desk,
    files,
    health,
    incidents,
    migrations,
    notices,
    organisation,
    people,
    plans,
    review_rows,
    reviews,
    sign_in,
    starts,
    substitutions,
    task_acts,
    tasks,
    watch,
    watch_batches,
    working_calendar,
)
from web.api import register_api


def register_blueprints(app: Flask) -> None:
    health.count_requests(app)
    app.register_blueprint(health.pages)
    app.register_blueprint(sign_in.pages)
    app.register_blueprint(account.pages)
    assert decisions.pages is desk.pages  # its view stands on the same blueprint
    app.register_blueprint(desk.pages)
    assert task_acts.pages is tasks.pages  # its views stand on the same blueprint
    app.register_blueprint(tasks.pages)
    app.register_blueprint(cases.pages)
    app.register_blueprint(files.pages)
    app.register_blueprint(notices.pages)
    app.register_blueprint(plans.pages)
    app.register_blueprint(amendments.pages)
    app.register_blueprint(reviews.pages)
    app.register_blueprint(review_rows.pages)
    app.register_blueprint(starts.pages)
    app.register_blueprint(organisation.pages)
    app.register_blueprint(people.pages)
    app.register_blueprint(substitutions.pages)
    app.register_blueprint(working_calendar.pages)
    app.register_blueprint(designer.pages)
    app.register_blueprint(designer_forms.pages)
    app.register_blueprint(migrations.pages)
    app.register_blueprint(watch.pages)
    app.register_blueprint(watch_batches.pages)
    app.register_blueprint(incidents.pages)
    register_api(app)
