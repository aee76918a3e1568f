"""What machines ask: are you alive, are you ready, how much have you done."""

from __future__ import annotations

import time

from flask import Blueprint, Flask, Response, g, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from storage import gauges
from storage.transactions import reading
from web.system import current_system

pages = Blueprint("health", __name__)
REGISTRY = CollectorRegistry()
REQUESTS = Counter("bangiao_requests_total", "Answered requests", ("endpoint", "status"), registry=REGISTRY)
SECONDS = Histogram("bangiao_request_seconds", "Time to answer", ("endpoint",), registry=REGISTRY)
CASES = Gauge("bangiao_cases", "Cases by status", ("status",), registry=REGISTRY)
OPEN_TASKS = Gauge("bangiao_open_tasks", "Open user tasks", registry=REGISTRY)
OPEN_INCIDENTS = Gauge("bangiao_open_incidents", "Incidents nobody has settled", registry=REGISTRY)
JOBS = Gauge("bangiao_jobs", "Jobs by state", ("state",), registry=REGISTRY)


@pages.get("/healthz")
def live() -> ResponseReturnValue:
    return jsonify(status="ok")


@pages.get("/readyz")
def ready() -> ResponseReturnValue:
    """503 while the database does not answer or its tables are missing."""
    missing = gauges.what_is_missing(current_system().database)
    return (jsonify(status="ok"), 200) if missing is None else (jsonify(status="unavailable", reason=missing), 503)


@pages.get("/metrics")
def metrics() -> Response:
    with reading(current_system().database) as work:
        cases, jobs = gauges.cases_by_status(work), gauges.jobs_by_state(work)
        OPEN_TASKS.set(gauges.open_tasks(work))
        OPEN_INCIDENTS.set(gauges.open_incidents(work))
    for status, number in cases.items():
        CASES.labels(status).set(number)
    for state, number in jobs.items():
        JOBS.labels(state).set(number)
    return Response(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def count_requests(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        g.began_at = time.perf_counter()

    @app.after_request
    def end(answer: Response) -> Response:
        endpoint = request.endpoint or "none"
        REQUESTS.labels(endpoint, str(answer.status_code)).inc()
        if "began_at" in g:
            SECONDS.labels(endpoint).observe(time.perf_counter() - g.began_at)
        return answer
