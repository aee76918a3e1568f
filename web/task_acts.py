"""What a person does around a task without finishing it: hand it on, ask for time, decide, add, say, remind."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from domain.errors import Invalid, NotFound
from engine.user_tasks import delegate_user_task
from office.comments import add_comment
from office.contributions import decide_contribution as office_decide_contribution
from office.contributions import urge_contribution
from office.extensions import ask_extension as office_ask_extension
from office.extensions import decide_extension as office_decide_extension
from storage.transactions import Work, reading
from web.errors import sentence_of
from web.session import current_now, current_units, current_user, today
from web.system import current_system
from web.tasks import pages as pages
from web.uploads import store_upload


@pages.get("/<uuid:task_id>/hand-over")
def ask_hand_over(task_id: UUID) -> str:
    return _hand_over_page(task_id)


@pages.post("/<uuid:task_id>/hand-over")
def hand_over(task_id: UUID) -> ResponseReturnValue:
    """Hand the task to a colleague of its unit."""
    user, now, reason = current_user(), current_now(), request.form.get("reason", "").strip()
    with reading(current_system().database) as work:
        chosen = next((each for each in _colleagues(work, task_id) if str(each[0]) == request.form.get("person")), None)
    if chosen is None:
        return _hand_over_page(task_id, _("Chọn một người trong danh sách")), 422
    current_system().run(lambda work: delegate_user_task(work, task_id, chosen[0], user, now, reason=reason))
    flash(_("Đã chuyển việc cho %(name)s", name=chosen[1]), "done")
    return redirect(url_for("desk.mine"), code=303)


@pages.get("/<uuid:task_id>/extension")
def ask_extension(task_id: UUID) -> str:
    return _extension_page(task_id)


@pages.post("/<uuid:task_id>/extension")
def send_extension(task_id: UUID) -> ResponseReturnValue:
    """Ask for a later due day; it counts once the head of the unit agrees."""
    user, now, reason = current_user(), current_now(), request.form.get("reason", "").strip()
    try:
        day = date.fromisoformat(request.form.get("new_date", ""))
    except ValueError:
        return _extension_page(task_id, _("Chọn hạn mới")), 422
    try:
        current_system().run(lambda work: office_ask_extension(work, task_id, user, day, reason, now))
    except Invalid as error:
        return _extension_page(task_id, sentence_of(error)), 422
    flash(_("Đã xin gia hạn; lãnh đạo đơn vị quyết định"), "done")
    return redirect(url_for(".show", task_id=task_id), code=303)


@pages.post("/<uuid:task_id>/extension/decide")
def decide_extension(task_id: UUID) -> ResponseReturnValue:
    user, now, note = current_user(), current_now(), request.form.get("note", "").strip()
    extension_id, granted = _id_in("extension"), request.form.get("granted") == "1"
    current_system().run(lambda work: office_decide_extension(work, extension_id, user, granted, note, now))
    flash(_("Đã đồng ý gia hạn") if granted else _("Đã giữ hạn cũ"), "done")
    return redirect(url_for(".show", task_id=task_id), code=303)


@pages.post("/<uuid:task_id>/opinions")
def decide_contribution(task_id: UUID) -> ResponseReturnValue:
    """Accept an opinion, wholly or partly, or explain why not."""
    user, now = current_user(), current_now()
    contribution_id, decision = _id_in("contribution"), request.form.get("decision", "")
    explanation = request.form.get("explanation", "").strip()
    try:
        current_system().run(
            lambda work: office_decide_contribution(work, contribution_id, user, decision, explanation, now)
        )
    except Invalid as error:
        flash(sentence_of(error), "late")
        return redirect(url_for(".show", task_id=task_id, _anchor=f"yk-{contribution_id.hex}"), code=303)
    flash(_("Đã lưu kết quả xử lý ý kiến"), "done")
    return redirect(url_for(".show", task_id=task_id, _anchor="h-i"), code=303)


@pages.post("/<uuid:task_id>/files")
def add_file(task_id: UUID) -> ResponseReturnValue:
    with reading(current_system().database) as work:
        instance_id = work.user_tasks.get(task_id).instance_id
    document = store_upload(instance_id)
    flash(_("Đã lưu “%(name)s”, bản %(version)s", name=document.name, version=document.version), "done")
    return redirect(url_for(".show", task_id=task_id, _anchor="van-ban"), code=303)


@pages.post("/<uuid:task_id>/comments")
def comment(task_id: UUID) -> ResponseReturnValue:
    user, now, text = current_user(), current_now(), request.form.get("text", "")

    def command(work: Work) -> None:
        add_comment(work, work.user_tasks.get(task_id).instance_id, user, text, now)

    current_system().run(command)
    return redirect(url_for(".show", task_id=task_id, _anchor="trao-doi"), code=303)


@pages.post("/<uuid:task_id>/remind")
def remind(task_id: UUID) -> ResponseReturnValue:
    """Remind a coordinating unit that has not answered."""
    user, now, contribution_id = current_user(), current_now(), _id_in("contribution")
    unit_id = current_system().run(lambda work: urge_contribution(work, contribution_id, user, now))
    flash(_("Đã nhắc %(unit)s", unit=current_units().name(unit_id)), "done")
    return redirect(url_for(".show", task_id=task_id, _anchor="h-b"), code=303)


def _hand_over_page(task_id: UUID, refusal: str | None = None) -> str:
    with reading(current_system().database) as work:
        task, colleagues = work.user_tasks.get(task_id), _colleagues(work, task_id)
    return render_template(
        "tasks/ask_hand_over.html",
        task=task,
        colleagues=colleagues,
        refusal=refusal,
        action=url_for(".hand_over", task_id=task_id),
        back=url_for(".show", task_id=task_id),
    )


def _extension_page(task_id: UUID, refusal: str | None = None) -> str:
    with reading(current_system().database) as work:
        task = work.user_tasks.get(task_id)
    return render_template(
        "tasks/ask_extension.html",
        task=task,
        refusal=refusal,
        action=url_for(".send_extension", task_id=task_id),
        back=url_for(".show", task_id=task_id),
    )


def _colleagues(work: Work, task_id: UUID) -> list[tuple[UUID, str, str]]:
    """Who may take the task over: people with a post in its unit today, without the present holder."""
    task = work.user_tasks.get(task_id)
    held: dict[UUID, tuple[UUID, str, str]] = {}
    for post, person in work.posts.with_people(today()):
        if post.unit_id == task.unit_id and person.id not in (task.assignee_id, current_user().person_id):
            held.setdefault(person.id, (person.id, person.name, post.title or ""))
    return sorted(held.values(), key=lambda each: each[1].split()[-1:])


def _id_in(field: str) -> UUID:
    try:
        return UUID(request.form.get(field, ""))
    except ValueError as error:
        raise NotFound("Không tìm thấy mục này", f"no such {field}") from error
