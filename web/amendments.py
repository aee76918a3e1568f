"""Amending a running plan by a later version of its document: upload, side by side, one decision for each row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from domain.errors import Conflict, Invalid
from office.amending import KEEP, apply_later_version, deciding_document
from office.later_versions import amendments_of, compare_with_running, later_versions, upload_later_version
from plans.reader import read_plan
from storage.transactions import reading
from web.amendment_page import amendment_page
from web.errors import sentence_of, status_of
from web.session import current_now, current_user, today
from web.system import current_system

pages = Blueprint("amendments", __name__, url_prefix="/plans/<uuid:plan_id>/amendments")
LARGEST_MB = 30
KINDS = ".txt,.md,.docx,.xlsx,.pdf"


@pages.get("")
def index(plan_id: UUID) -> str:
    return _index(plan_id, None)


@pages.post("")
def upload(plan_id: UUID) -> ResponseReturnValue:
    """Read the later version and make a draft of it, reviewed like any plan and then compared."""
    sent = request.files.get("file")
    user, now = current_user(), current_now()
    try:
        if sent is None or not sent.filename:
            raise Invalid("Chưa chọn tệp kế hoạch", "no file was chosen")
        content, name = sent.read(), sent.filename
        found = read_plan(content, name)
        later = current_system().run(lambda work: upload_later_version(work, plan_id, content, name, found, user, now))
    except (Invalid, Conflict) as error:
        return _index(plan_id, sentence_of(error)), status_of(error)
    return redirect(url_for(".show", plan_id=plan_id, later_id=later.id), code=303)


@pages.get("/<uuid:later_id>")
def show(plan_id: UUID, later_id: UUID) -> str:
    return _show(plan_id, later_id, {}, None)


@pages.post("/<uuid:later_id>")
def apply(plan_id: UUID, later_id: UUID) -> ResponseReturnValue:
    """Apply what was chosen, row by row in the background; a refusal shows the page with all choices kept."""
    user, now, form = current_user(), current_now(), request.form
    choices = {name[4:]: value for name, value in form.items() if name.startswith("row-")}
    try:
        document = deciding_document(form.get("number", ""), form.get("dated", ""), today())
        digest = form.get("digest", "")
        batch = current_system().run(
            lambda work: apply_later_version(work, plan_id, later_id, choices, document, digest, user, now)
        )
    except (Invalid, Conflict) as error:
        return _show(plan_id, later_id, form, sentence_of(error)), status_of(error)
    applied = batch.total - 1
    flash(
        _("Đang áp dụng %(count)s thay đổi theo văn bản số %(number)s", count=applied, number=document.number)
        if applied
        else _("Đã ghi nhận văn bản số %(number)s, các dòng giữ như cũ", number=document.number),
        "done",
    )
    return redirect(url_for(".index", plan_id=plan_id), code=303)


def _index(plan_id: UUID, refusal: str | None) -> str:
    with reading(current_system().database) as work:
        plan = work.plans.get(plan_id)
        drafts = later_versions(work, plan_id)
        done = [{**each, "date": date.fromisoformat(each["date"])} for each in reversed(amendments_of(plan))]
        batches = [each for each in work.batches.of_subject(plan_id) if each.kind == "amend_plan"]
    return render_template(
        "amendments/index.html",
        plan=plan,
        drafts=drafts,
        done=done,
        batch=batches[0] if batches else None,
        refusal=refusal,
        largest=LARGEST_MB,
        kinds=KINDS,
    )


def _show(plan_id: UUID, later_id: UUID, typed: Mapping[str, str], refusal: str | None) -> str:
    user = current_user()
    with reading(current_system().database) as work:
        amendment = compare_with_running(work, plan_id, later_id, user)
        page = amendment_page(work, amendment)
    return render_template(
        "amendments/show.html", page=page, plan=amendment.plan, typed=typed, refusal=refusal, keep=KEEP
    )
