"""Thiết kế quy trình: the processes there are, their versions, what changed, and the desk to draw on."""

from __future__ import annotations

import json
import re
from itertools import groupby

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bpmn.beginnings import blank, copy_of
from bpmn.comparison import compare
from domain.errors import DefinitionInvalid, Invalid, NotFound
from domain.rights import may
from engine.batches import TOPIC as BATCHES
from engine.definitions import drawn, withdraw
from engine.records import write_record
from engine.timers import FIRE
from storage.definition_lists import all_versions, decision_keys, form_keys, open_cases
from storage.tables import Definition
from storage.transactions import Work, reading
from web.designer_page import NEW_KEY, changes_in_words, listed, steps_in_words
from web.errors import finding_values, sentence_of
from web.publishing import findings_of, publish, said
from web.session import current_now, current_user
from web.system import current_system

pages = Blueprint("designer", __name__, url_prefix="/designer")
NOT_FOR_DRAWINGS = frozenset({BATCHES, FIRE})


@pages.get("")
def index() -> str:
    with reading(current_system().database) as work:
        versions = all_versions(work)
        running = open_cases(work)
        names = work.people.named(each.deployed_by for each in versions if each.deployed_by)
    found = [listed(list(each), running, names) for _key, each in groupby(versions, lambda row: row.key)]
    found.sort(key=lambda row: (row.newest.withdrawn_at is not None, -row.cases, row.newest.name))
    return render_template("designer/index.html", rows=found, may_draw=_may_draw())


@pages.get("/new")
def ask_new() -> str:
    """Where to begin: from nothing, or from a copy."""
    return _new_page()


@pages.post("/new")
def begin() -> ResponseReturnValue:
    """Name it and go to the desk; nothing is kept before it is published."""
    name, key = " ".join(request.form.get("name", "").split())[:200], request.form.get("key", "").strip()
    source = request.form.get("source", "")
    with reading(current_system().database) as work:
        taken = bool(work.definitions.versions(key))
    if not name:
        return _new_page(_("Cần đặt tên cho quy trình")), 422
    if not NEW_KEY.fullmatch(key) or key == "new":
        return _new_page(_("Mã gồm chữ thường không dấu, số và dấu gạch dưới, bắt đầu bằng chữ")), 422
    if taken:
        return _new_page(_("Đã có quy trình mang mã “%(key)s”", key=key)), 422
    return redirect(url_for(".edit", key=key, name=name, source=source or None), code=303)


@pages.get("/<key>")
def show(key: str) -> str:
    with reading(current_system().database) as work:
        return _version_page(work, _newest(work, key))


@pages.get("/<key>/versions/<int:version>")
def show_version(key: str, version: int) -> str:
    with reading(current_system().database) as work:
        return _version_page(work, _version(work, key, version))


@pages.get("/<key>/versions/<int:version>/drawing.bpmn")
def drawing(key: str, version: int) -> Response:
    """The drawing as its designer left it; `download` offers it as a file."""
    with reading(current_system().database) as work:
        found = _version(work, key, version)
    answer = Response(found.xml, mimetype="application/xml")
    if "download" in request.args:
        answer.headers.set("Content-Disposition", "attachment", filename=f"{found.key}-{found.version}.bpmn")
    return answer


@pages.get("/<key>/compare")
def compare_versions(key: str) -> str:
    """What differs between two versions, as a list."""
    with reading(current_system().database) as work:
        versions = work.definitions.versions(key)
        if not versions:
            raise _unknown(key)
        newest = versions[0].version
        after = _version(work, key, _number("after", newest))
        before = _version(work, key, _number("before", max(after.version - 1, 1)))
    changes = changes_in_words(compare(before.xml, after.xml))
    return render_template(
        "designer/compare.html", definition=after, before=before, after=after, versions=versions, changes=changes
    )


@pages.get("/<key>/edit")
def edit(key: str) -> str:
    """The desk to draw on: the newest version, or a beginning not published yet."""
    with reading(current_system().database) as work:
        versions = work.definitions.versions(key)
        forms, decisions = form_keys(work), decision_keys(work)
        keys = sorted({each.key for each in all_versions(work)})
    topics = sorted(current_system().handlers.keys() - NOT_FOR_DRAWINGS)
    name, source = request.args.get("name", "")[:200], request.args.get("source")
    if not versions and not (name and NEW_KEY.fullmatch(key)):
        raise _unknown(key)
    newest = versions[0] if versions else None
    address = (
        url_for(".drawing", key=key, version=newest.version)
        if newest
        else url_for(".beginning", key=key, name=name, source=source)
    )
    return render_template(
        "designer/edit.html",
        key=key,
        name=newest.name if newest else name,
        newest=newest,
        drawing_address=address,
        publish_address=url_for(".publish_drawing", key=key, base=newest.version if newest else None),
        lists={"forms": forms, "decisions": decisions, "definitions": keys, "topics": topics},
        as_json=lambda values: json.dumps(values, ensure_ascii=False),
    )


@pages.get("/<key>/beginning.bpmn")
def beginning(key: str) -> Response:
    """An empty process, or a copy of the newest version of `source`, under this key."""
    name, source = request.args.get("name", "")[:200] or key, request.args.get("source")
    if not NEW_KEY.fullmatch(key):
        raise _unknown(key)
    if not source:
        return Response(blank(key, name), mimetype="application/xml")
    with reading(current_system().database) as work:
        found = _newest(work, source)
    return Response(copy_of(found.xml, key, name), mimetype="application/xml")


@pages.post("/<key>/check")
def check(key: str) -> Response:
    """The findings of the drawing sent as XML."""
    xml = request.get_data()
    with reading(current_system().database) as work:
        found = findings_of(work, xml)
    return jsonify(key=key, findings=[finding_values(finding) for finding in found])


@pages.post("/<key>/publish")
def publish_drawing(key: str) -> ResponseReturnValue:
    """A new version of the drawing sent as XML; 422 with the findings when it cannot run."""
    xml, base = request.get_data(), _number("base", 0) or None
    made = publish(xml, key, base)
    answer = jsonify(key=made.key, version=made.version, findings=[said(each) | each for each in made.findings])
    return answer, 201, {"Location": url_for(".show_version", key=key, version=made.version)}


@pages.get("/<key>/upload")
def ask_upload(key: str) -> str:
    return _upload_page(key)


@pages.post("/<key>/upload")
def upload(key: str) -> ResponseReturnValue:
    """Publish a file drawn elsewhere, or only check it; what is found is shown on the page."""
    sent = request.files.get("file")
    xml = sent.read() if sent is not None and sent.filename else b""
    if not xml:
        return _upload_page(key, refusal=_("Chưa chọn tệp BPMN")), 422
    if request.form.get("deed") == "check":
        with reading(current_system().database) as work:
            found = findings_of(work, xml)
        return _upload_page(key, findings=[said(each.to_json()) for each in found], checked=True)
    try:
        made = publish(xml, key, None)
    except DefinitionInvalid as error:
        return _upload_page(
            key, findings=[said(each.to_json()) for each in error.findings], refusal=sentence_of(error)
        ), 422
    flash(_("Đã phát hành bản %(version)s của “%(name)s”", version=made.version, name=made.name), "done")
    return redirect(url_for(".show", key=key), code=303)


@pages.get("/<key>/withdraw")
def ask_withdraw(key: str) -> str:
    with reading(current_system().database) as work:
        newest = _newest(work, key)
        running = sum(open_cases(work, [each.id for each in work.definitions.versions(key)]).values())
    return render_template(
        "designer/withdraw.html",
        definition=newest,
        running=running,
        action=url_for(".stop", key=key),
        back=url_for(".show", key=key),
    )


@pages.post("/<key>/withdraw")
def stop(key: str) -> ResponseReturnValue:
    """No new cases of it; those under way go on."""
    user, now = current_user(), current_now()

    def command(work: Work) -> str:
        withdraw(work, key, now)
        newest = work.definitions.versions(key)[0]
        write_record(work, None, user, "withdraw", "definition", newest.id, after={"key": key}, now=now)
        return newest.name

    name = current_system().run(command)
    flash(_("Đã ngừng dùng “%(name)s”; hồ sơ đang chạy vẫn chạy tiếp", name=name), "done")
    return redirect(url_for(".show", key=key), code=303)


def _version_page(work: Work, definition: Definition) -> str:
    versions = work.definitions.versions(definition.key)
    running = open_cases(work, [each.id for each in versions])
    return render_template(
        "designer/show.html",
        definition=definition,
        versions=versions,
        running=running,
        names=work.people.named(each.deployed_by for each in versions if each.deployed_by),
        findings=[said(each) for each in definition.findings],
        elements=drawn(work, definition.id).elements,
        steps=steps_in_words(drawn(work, definition.id)),
        is_newest=definition.version == versions[0].version,
        may_draw=_may_draw(),
    )


def _new_page(refusal: str | None = None) -> str:
    with reading(current_system().database) as work:
        sources = work.definitions.page()
    return render_template("designer/new.html", sources=sources, refusal=refusal, source=request.values.get("source"))


def _upload_page(
    key: str, *, findings: list[dict[str, object]] | None = None, refusal: str | None = None, checked: bool = False
) -> str:
    with reading(current_system().database) as work:
        versions = work.definitions.versions(key)
    if not versions and not NEW_KEY.fullmatch(key):
        raise _unknown(key)
    return render_template(
        "designer/upload.html",
        key=key,
        newest=versions[0] if versions else None,
        findings=findings,
        refusal=refusal,
        checked=checked,
    )


def _newest(work: Work, key: str) -> Definition:
    """The newest version, of those not withdrawn when there is one. Raises NotFound."""
    found = work.definitions.newest(key) or next(iter(work.definitions.versions(key)), None)
    if found is None:
        raise _unknown(key)
    return found


def _version(work: Work, key: str, version: int) -> Definition:
    found = work.definitions.version(key, version)
    if found is None:
        raise _unknown(key)
    return found


def _unknown(key: str) -> NotFound:
    return NotFound(f"Không có quy trình {key}, hoặc không có bản này", f"no definition {key}, or no such version")


def _number(name: str, default: int) -> int:
    text = request.args.get(name, "")
    if text and not re.fullmatch(r"[0-9]{1,6}", text):
        raise Invalid("Số bản không đúng", "this is no version number")
    return int(text) if text else default


def _may_draw() -> bool:
    return may(current_user(), "deploy")
