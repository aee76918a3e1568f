"""Check and publish a drawing, whichever way it came: from the editor or as a file."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from bpmn.checks import check_file
from bpmn.findings import Finding, has_errors
from domain.errors import Conflict, DefinitionInvalid
from domain.people import User
from engine.definitions import deploy
from engine.records import write_record
from engine.surroundings import surroundings
from storage.tables import Definition
from storage.transactions import Work
from web.language import current_language
from web.session import current_now, current_user
from web.system import current_system

SEVERITIES = {"error": "doubt", "repaired": "done", "advice": "info"}


def findings_of(work: Work, xml: bytes) -> list[Finding]:
    """Everything there is to say about the drawing, forms and processes that are not there included."""
    return check_file(xml, surroundings(work))


def publish(xml: bytes, key: str, base: int | None) -> Definition:
    """A new version of `key`, on record. `base` is the version the drawing began from, when that is known.

    Raises DefinitionInvalid with its findings; Conflict when somebody else published a version meanwhile.
    """
    user, now = current_user(), current_now()

    def command(work: Work) -> Definition:
        _refuse_overtaken(work, key, base, user)
        findings = findings_of(work, xml)
        if has_errors(findings):
            raise DefinitionInvalid(findings)
        made = deploy(work, xml, key=key, by=user.person_id, now=now)
        after = {"key": made.key, "version": made.version}
        write_record(work, None, user, "deploy", "definition", made.id, after=after, now=now)
        return made

    return current_system().run(command)


def _refuse_overtaken(work: Work, key: str, base: int | None, user: User) -> None:
    if base is None:
        return
    newer = [each for each in work.definitions.versions(key) if each.version > base]
    others = [each for each in newer if each.deployed_by != user.person_id]
    if others:
        version = others[0].version
        raise Conflict(
            f"Bản {version} vừa được phát hành trong lúc đang vẽ từ bản {base}. Bản nháp còn trên máy này: "
            f"so sánh hai bản rồi mở lại trang để vẽ tiếp từ bản {version}",
            f"version {version} was published while this was drawn from version {base}; the draft is kept on this "
            f"computer: compare them, then open this page again",
        )


def said(finding: dict[str, Any]) -> dict[str, Any]:
    """A finding as kept with its version, in the language of this request, with its state's name and words."""
    english = current_language() == "en"
    words = {"error": _("Phải sửa"), "repaired": _("Đã tự sửa"), "advice": _("Gợi ý")}
    severity = str(finding["severity"])
    return {
        "state": SEVERITIES.get(severity, "info"),
        "kind": words.get(severity, severity),
        "element": finding.get("element"),
        "line": finding.get("line"),
        "message": (english and finding.get("message_en")) or finding["message"],
        "remedy": (english and finding.get("remedy_en")) or finding.get("remedy") or "",
    }
