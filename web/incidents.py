"""Broken runs: what went wrong, what the step saw, and how it goes on."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from domain.rights import may
from engine.incidents import resolve_incident, retry_incident
from engine.mending import incident_variables, mend_and_retry
from engine.models import drawn
from storage.desk import plan_rows
from storage.tables import Incident
from storage.transactions import Work, reading
from web.cursors import next_address, read_id
from web.element_names import element_names
from web.language import said
from web.session import current_now, current_user
from web.system import current_system
from web.watch_rows import incident_words

pages = Blueprint("incidents", __name__, url_prefix="/incidents")
PAGE = 50


@pages.get("")
def index() -> str:
    """Open faults, the newest first; with `all` settled ones too."""
    everything = "all" in request.args
    with reading(current_system().database) as work:
        rows = work.incidents.page(only_open=not everything, after=read_id(request.args.get("after")), limit=PAGE + 1)
        cases = plan_rows(work, {each.instance_id for each in rows if each.instance_id})
        names = element_names(work, rows, cases)
    more = next_address(rows[PAGE - 1].id.hex) if len(rows) > PAGE else None
    return render_template(
        "incidents/index.html",
        rows=rows[:PAGE],
        cases=cases,
        names=names,
        everything=everything,
        next_page=more,
        kind_words=incident_words,
        may_retry=may(current_user(), "retry"),
    )


@pages.get("/<uuid:incident_id>")
def show(incident_id: UUID) -> str:
    return _page(incident_id)


@pages.post("/<uuid:incident_id>/retry")
def retry(incident_id: UUID) -> ResponseReturnValue:
    """Run what failed again; should it fail again at once, that is said."""
    user, now = current_user(), current_now()
    incident = current_system().run(lambda work: retry_incident(work, incident_id, user, now))
    return _after_retry(incident)


@pages.post("/<uuid:incident_id>/mend")
def mend(incident_id: UUID) -> ResponseReturnValue:
    """Set one variable of the failed step and run it again."""
    user, now = current_user(), current_now()
    name, text = request.form.get("name", "").strip(), request.form.get("value", "")
    reason = request.form.get("reason", "").strip()[:2000]
    if not name.isidentifier() or len(name) > 100:
        return _page(incident_id, refusal=_("Tên biến không đúng")), 422
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except ValueError:
        refusal = _('Giá trị phải viết theo JSON: số 5, chữ "Sở A", true, false, null hoặc danh sách [1, 2]')
        return _page(incident_id, refusal=refusal), 422
    incident = current_system().run(
        lambda work: mend_and_retry(work, incident_id, name, value, user, now, reason=reason)
    )
    return _after_retry(incident)


@pages.get("/<uuid:incident_id>/resolve")
def ask_resolve(incident_id: UUID) -> str:
    with reading(current_system().database) as work:
        incident = work.incidents.get(incident_id)
    return render_template(
        "incidents/resolve.html",
        incident=incident,
        action=url_for(".resolve", incident_id=incident_id),
        back=url_for(".show", incident_id=incident_id),
    )


@pages.post("/<uuid:incident_id>/resolve")
def resolve(incident_id: UUID) -> ResponseReturnValue:
    """Settle it without another try, with the reason on record."""
    user, now, reason = current_user(), current_now(), request.form.get("reason", "").strip()[:2000]
    current_system().run(lambda work: resolve_incident(work, incident_id, user, now, reason=reason))
    flash(_("Đã ghi nhận điểm kẹt được xử lý"), "done")
    return redirect(url_for("watch.index") if may(user, "see_all_cases") else url_for(".index"), code=303)


def _after_retry(incident: Incident) -> ResponseReturnValue:
    again = None
    if incident.instance_id is not None and incident.job_id is None:
        with reading(current_system().database) as work:
            found = work.incidents.open_of_instance(incident.instance_id)
            again = next((each for each in found if each.element_id == incident.element_id), None)
    if again is not None:
        flash(_("Đã thử lại nhưng bước vẫn lỗi: %(message)s", message=said(again.message)), "late")
        return redirect(url_for(".show", incident_id=again.id), code=303)
    done = (
        _("Đã xếp lại để thử; kết quả hiện ở đây sau ít phút") if incident.job_id else _("Đã thử lại, hồ sơ chạy tiếp")
    )
    flash(done, "done")
    return redirect(url_for("watch.index"), code=303)


def _page(incident_id: UUID, refusal: str | None = None) -> str:
    with reading(current_system().database) as work:
        incident = work.incidents.get(incident_id)
        case = plan_rows(work, [incident.instance_id])[incident.instance_id] if incident.instance_id else None
        element = drawn(work, case.definition_id).elements.get(incident.element_id or "") if case else None
        variables = _variables(work, incident)
        resolver = work.people.find(incident.resolved_by) if incident.resolved_by else None
    return render_template(
        "incidents/show.html",
        incident=incident,
        case=case,
        element=element,
        variables=variables,
        resolver=resolver.name if resolver else None,
        refusal=refusal,
        kind=incident_words(incident.kind),
        may_retry=may(current_user(), "retry"),
        may_mend=may(current_user(), "retry")
        and incident.resolved_at is None
        and incident.token_id is not None
        and incident.job_id is None,
    )


def _variables(work: Work, incident: Incident) -> list[tuple[str, str]]:
    """What the step saw, as JSON by name; only for those who may see variables."""
    if not may(current_user(), "see_records"):
        return []
    found = incident_variables(work, incident)
    return [(name, json.dumps(found[name], ensure_ascii=False, default=str)) for name in sorted(found)]


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)
