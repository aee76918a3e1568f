"""The forms of steps: which there are, how each looks filled in, and a new version as a form-js file."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bpmn.forms import read_form
from domain.errors import FormInvalid, NotFound
from domain.rights import may
from engine.definitions import add_form
from engine.records import write_record
from storage.definition_lists import listed_forms, versions_of_form
from storage.tables import Form
from storage.transactions import Work, reading
from web.designer_page import NEW_KEY
from web.errors import sentence_of
from web.forms import render_form
from web.language import current_language
from web.session import current_now, current_user
from web.system import current_system

pages = Blueprint("designer_forms", __name__, url_prefix="/forms")
WHOLE_PAGE = 400_000  # bytes; a form-js schema is a fraction of this


@pages.get("")
def index() -> str:
    return _list_page()


@pages.post("")
def upload() -> ResponseReturnValue:
    """A new version of the form in the file, under the key given, else the schema's id, else the file's name."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _list_page(refusal=_("Chưa chọn tệp biểu mẫu")), 422
    try:
        schema = json.loads(sent.read(WHOLE_PAGE))
        if not isinstance(schema, dict):
            raise TypeError
    except (ValueError, TypeError):
        return _list_page(refusal=_("“%(name)s” không phải biểu mẫu form-js (JSON)", name=sent.filename)), 422
    key = request.form.get("key", "").strip() or str(schema.get("id") or PurePath(sent.filename).stem)
    if not NEW_KEY.fullmatch(key):
        return _list_page(refusal=_("Mã gồm chữ thường không dấu, số và dấu gạch dưới, bắt đầu bằng chữ")), 422
    try:
        read_form(schema, key)
    except FormInvalid as error:
        fields = error.english_fields if current_language() == "en" else error.fields
        return _list_page(refusal=sentence_of(error), fields=fields), 422
    made = _publish(key, schema)
    flash(_("Đã lưu biểu mẫu “%(name)s”, bản %(version)s", name=made.name, version=made.version), "done")
    return redirect(url_for(".show", form_key=key), code=303)


@pages.get("/<form_key>")
def show(form_key: str) -> str:
    """The form as the person doing the step sees it, nothing filled in."""
    with reading(current_system().database) as work:
        row, versions = _form(work, form_key), versions_of_form(work, form_key)
    form = read_form(row.schema, row.key)
    fields = render_form(form, form.initial({}), language=current_language())
    return render_template(
        "designer/form.html", row=row, versions=versions, fields=fields, count=len(form.fields), form=form
    )


@pages.get("/<form_key>/schema.json")
def schema(form_key: str) -> Response:
    with reading(current_system().database) as work:
        row = _form(work, form_key)
    answer = Response(json.dumps(row.schema, ensure_ascii=False, indent=2), mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{row.key}.json")
    return answer


def _publish(key: str, schema: dict[str, Any]) -> Form:
    user, now = current_user(), current_now()

    def command(work: Work) -> Form:
        made = add_form(work, key, schema, now)
        after = {"key": key, "version": made.version}
        write_record(work, None, user, "deploy", "form", made.id, after=after, now=now)
        return made

    return current_system().run(command)


def _form(work: Work, key: str) -> Form:
    """The version asked for, else the newest. Raises NotFound."""
    asked = request.args.get("version", "")
    found = work.forms.version(key, int(asked)) if asked.isdigit() and len(asked) < 7 else work.forms.newest(key)
    if found is None:
        raise NotFound(f"Không có biểu mẫu {key}", f"no form {key}")
    return found


def _list_page(refusal: str | None = None, fields: dict[str, str] | None = None) -> str:
    with reading(current_system().database) as work:
        rows = listed_forms(work)
    may_draw = may(current_user(), "deploy")
    return render_template("designer/forms.html", rows=rows, refusal=refusal, fields=fields or {}, may_draw=may_draw)
