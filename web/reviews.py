"""Reviewing a plan just read: upload, doubts, names of units, what was read beside the rows, taking back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from domain.errors import Conflict, Invalid
from office import review
from office.plan_changes import take_back
from office.plans import create_draft, delete_draft, draft_plan
from office.read_parts import ADDED, DROPPED, KEPT, decide_item, decide_rest
from plans.reader import read_plan
from storage.plan_lists import drafts_with_rows
from storage.transactions import Work, reading
from web.cursors import read_id
from web.errors import sentence_of, status_of
from web.review_page import review_page
from web.session import current_now, current_user
from web.system import current_system

pages = Blueprint("review", __name__, url_prefix="/reviews")

LARGEST_MB = 30
REST = "rest"
KINDS = ".txt,.md,.docx,.xlsx,.pdf"


@pages.get("")
def index() -> str:
    return _index(None)


@pages.post("")
def upload() -> ResponseReturnValue:
    """Read the file and make a draft of it; what is no plan is said beside the field and leaves nothing."""
    sent = request.files.get("file")
    user, now = current_user(), current_now()
    try:
        if sent is None or not sent.filename:
            raise Invalid("Chưa chọn tệp kế hoạch", "no file was chosen")
        content, name = sent.read(), sent.filename
        found = read_plan(content, name)
        plan = current_system().run(lambda work: create_draft(work, content, name, user, now, reading=found))
    except (Invalid, Conflict) as error:
        return _index(sentence_of(error)), status_of(error)
    rows = len(found.activities)
    flash(ngettext("Đã đọc %(num)s dòng", "Đã đọc %(num)s dòng", rows) + _(". Chưa việc nào được giao."), "done")
    return redirect(url_for(".show", plan_id=plan.id), code=303)


@pages.get("/<uuid:plan_id>")
def show(plan_id: UUID) -> ResponseReturnValue:
    with reading(current_system().database) as work:
        plan = work.plans.get(plan_id)
        if plan.state != "draft":
            return redirect(url_for("plans.show", plan_id=plan_id), code=303)
        page = review_page(
            work,
            plan,
            doubt_key=request.args.get("doubt"),
            row_id=read_id(request.args.get("row")),
            item_key=request.args.get("item"),
            section=request.args.get("section"),
            page=request.args.get("page", type=int),
        )
    return render_template("reviews/review.html", page=page, plan=page.plan, shown=request.args.get("open"))


@pages.get("/<uuid:plan_id>/head")
def head(plan_id: UUID) -> str:
    with reading(current_system().database) as work:
        plan = draft_plan(work, plan_id)
    typed = {
        "title": plan.title,
        "number": plan.number or "",
        "issuer": plan.issuer,
        "issued_on": plan.issued_on.isoformat() if plan.issued_on else "",
        "year": str(plan.year),
    }
    return render_template("reviews/head.html", plan=plan, typed=typed, version=plan.version, refusal=None)


@pages.post("/<uuid:plan_id>/head")
def edit_head(plan_id: UUID) -> ResponseReturnValue:
    user, now, form = current_user(), current_now(), request.form
    try:
        cells = _head_cells(form)
        version = form.get("version", type=int) or 0
        current_system().run(lambda work: review.edit_head(work, plan_id, version, user, now, **cells))
    except (Invalid, Conflict) as error:
        with reading(current_system().database) as work:
            plan = work.plans.get(plan_id)
        page = render_template(
            "reviews/head.html", plan=plan, typed=form, version=plan.version, refusal=sentence_of(error)
        )
        return page, status_of(error)
    flash(_("Đã ghi phần đầu kế hoạch"), "done")
    return _back(plan_id)


@pages.post("/<uuid:plan_id>/names")
def bind(plan_id: UUID) -> ResponseReturnValue:
    """Say what a printed name stands for: `choice` is unit:<id>, group:<id> or new."""
    user, now = current_user(), current_now()
    name, choice = request.form.get("name", ""), request.form.get("choice", "")
    kind, _colon, text = choice.partition(":")
    chosen = read_id(text)
    if choice == "new":
        has_accounts = request.form.get("accounts") == "1"
        _run_or_say(
            plan_id,
            lambda work: review.bind_new_unit(work, plan_id, name, user, now, has_accounts=has_accounts),
            _("Đã tạo đơn vị “%(name)s” và gắn vào kế hoạch", name=name),
        )
    else:
        which: dict[str, UUID | None] = {
            "unit_id": chosen if kind == "unit" else None,
            "group_id": chosen if kind == "group" else None,
        }
        _run_or_say(
            plan_id,
            lambda work: review.bind(work, plan_id, name, user, now, **which),
            _("Đã gắn “%(name)s”; các kế hoạch sau cũng hiểu như vậy", name=name),
        )
    return _back(plan_id)


@pages.post("/<uuid:plan_id>/keep-repairs")
def keep_repairs(plan_id: UUID) -> ResponseReturnValue:
    """Accept what was mended while reading, in one row or in all."""
    user, now = current_user(), current_now()
    row_id = read_id(request.form.get("row"))
    kept = current_system().run(lambda work: review.accept_repairs(work, plan_id, user, now, activity_id=row_id))
    flash(
        ngettext("Chấp nhận %(num)s chỗ đã sửa", "Chấp nhận %(num)s chỗ đã sửa", kept)
        + _(", ghi tên %(name)s", name=user.name),
        "done",
    )
    return redirect(url_for(".show", plan_id=plan_id, open="repairs", _anchor="cho-da-sua"), code=303)


@pages.post("/<uuid:plan_id>/items")
def decide(plan_id: UUID) -> ResponseReturnValue:
    """Decide about one read part, or about the rest of its kind: `item` is <kind>:<index> or <kind>:rest."""
    user, now = current_user(), current_now()
    kind, _colon, index = request.form.get("item", "").partition(":")
    choice = request.form.get("choice", "")
    place = int(index) if index.isdigit() else -1

    def command(work: Work) -> None:
        if index == REST:
            decide_rest(work, plan_id, kind, choice, user, now)
        else:
            decide_item(work, plan_id, kind, place, choice, user, now)

    said = {KEPT: _("Đã ghi, dưới tên %(name)s", name=user.name), DROPPED: _("Đã bỏ"), ADDED: _("Đã thêm thành dòng")}
    _run_or_say(plan_id, command, said.get(choice, ""))
    return redirect(url_for(".show", plan_id=plan_id, open=kind, _anchor=f"muc-{kind}"), code=303)


@pages.post("/<uuid:plan_id>/undo")
def undo(plan_id: UUID) -> ResponseReturnValue:
    user, now, change_id = current_user(), current_now(), read_id(request.form.get("change"))
    if change_id is None:
        raise Invalid("Không có thay đổi nào để hoàn tác", "there is no change to take back")
    _run_or_say(
        plan_id, lambda work: take_back(work, plan_id, change_id, user, now), _("Đã hoàn tác thay đổi gần nhất")
    )
    return _back(plan_id)


@pages.get("/<uuid:plan_id>/delete")
def ask_delete(plan_id: UUID) -> str:
    with reading(current_system().database) as work:
        plan = draft_plan(work, plan_id)
    return render_template("reviews/delete.html", plan=plan)


@pages.post("/<uuid:plan_id>/delete")
def delete(plan_id: UUID) -> ResponseReturnValue:
    user, now = current_user(), current_now()
    current_system().run(lambda work: delete_draft(work, plan_id, user, now))
    flash(_("Đã bỏ bản dự thảo"), "done")
    return redirect(url_for(".index"), code=303)


def _index(refusal: str | None) -> str:
    with reading(current_system().database) as work:
        drafts = drafts_with_rows(work)
        names = work.people.named(each.plan.created_by for each in drafts if each.plan.created_by)
    return render_template(
        "reviews/index.html", drafts=drafts, names=names, refusal=refusal, largest=LARGEST_MB, kinds=KINDS
    )


def _head_cells(form: Any) -> dict[str, Any]:
    year, issued_on = form.get("year", ""), form.get("issued_on", "")
    if not form.get("title", "").strip():
        raise Invalid("Tên kế hoạch không được để trống", "the plan needs a title")
    if not year.isdigit():
        raise Invalid("Năm phải là một số", "the year must be a number")
    try:
        day = date.fromisoformat(issued_on) if issued_on else None
    except ValueError as error:
        raise Invalid("Ngày ban hành không đọc được", "the date cannot be read") from error
    return {
        "title": form["title"].strip(),
        "number": form.get("number", "").strip(),
        "issuer": form.get("issuer", "").strip(),
        "issued_on": day,
        "year": int(year),
    }


def _run_or_say(plan_id: UUID, command: Any, done: str) -> None:
    """Run the command and say it is done, or say why it is not; the page shows how things stand either way."""
    try:
        current_system().run(command)
    except (Invalid, Conflict) as error:
        flash(sentence_of(error), "late")
    else:
        flash(done, "done")


def _back(plan_id: UUID) -> ResponseReturnValue:
    """Where the deed was done: the address the form names, as long as it is this plan's review."""
    place = request.form.get("back", "")
    own = url_for(".show", plan_id=plan_id)
    return redirect(place if place.startswith(own) else own, code=303)
