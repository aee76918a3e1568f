"""What the designer's pages say about definitions: a row of the list, steps and changes in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from bpmn.comparison import Change, type_words
from bpmn.definitions import Definition as Drawn
from storage.tables import Definition
from web.deeds import ROLE_WORDS
from web.language import current_language

NEW_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
WORK = ("userTask", "manualTask", "serviceTask", "sendTask", "businessRuleTask", "scriptTask", "callActivity")
STATES = {"added": "done", "removed": "late", "renamed": "info", "retyped": "soon", "changed": "info"}
ICONS = {
    "added": "plus-lg",
    "removed": "dash-lg",
    "renamed": "type",
    "retyped": "shuffle",
    "changed": "sliders",
}


@dataclass(frozen=True, slots=True)
class ListedDefinition:
    """One key with its newest version; `running` names versions with open cases, the newest first."""

    newest: Definition
    versions: int
    running: tuple[tuple[int, int], ...]
    errors: int
    advice: int
    repaired: int
    deployed_by: str

    @property
    def cases(self) -> int:
        return sum(count for _version, count in self.running)


@dataclass(frozen=True, slots=True)
class SaidChange:
    """A change for the list: what happened, to what, and each setting as (name, before, after)."""

    state: str
    icon: str
    kind: str
    what: str
    element: str
    settings: tuple[tuple[str, str, str], ...]


def listed(versions: Sequence[Definition], running: Mapping[UUID, int], names: Mapping[UUID, str]) -> ListedDefinition:
    """`versions` of one key, the newest first."""
    newest = next((each for each in versions if each.withdrawn_at is None), versions[0])
    severities = [finding["severity"] for finding in newest.findings]
    return ListedDefinition(
        newest=newest,
        versions=len(versions),
        running=tuple((each.version, running[each.id]) for each in versions if running.get(each.id)),
        errors=severities.count("error"),
        advice=severities.count("advice"),
        repaired=severities.count("repaired"),
        deployed_by=names.get(newest.deployed_by, "") if newest.deployed_by else "",
    )


def steps_in_words(drawn: Drawn) -> list[str]:
    """The steps of a drawing, in its file's order, each with whose work it is."""
    return [
        f"{element.name or element.id}: {_whose(element.type, element.extensions.get('role'))}"
        for element in drawn.elements.values()
        if element.type in WORK
    ]


def changes_in_words(changes: Iterable[Change]) -> list[SaidChange]:
    return [_said(change) for change in changes]


def _said(change: Change) -> SaidChange:
    kinds = {
        "added": _("Thêm"),
        "removed": _("Bỏ"),
        "renamed": _("Đổi tên"),
        "retyped": _("Đổi loại"),
        "changed": _("Đổi thiết đặt"),
    }
    settings = [(_setting_name(each.name), each.before, each.after) for each in change.settings]
    if change.kind == "renamed":
        settings.insert(0, (_("tên"), change.name_before, change.name))
    if change.type_before and change.type_before != change.type:
        settings.insert(0, (_("loại"), _type(change.type_before), _type(change.type)))
    return SaidChange(
        STATES[change.kind],
        ICONS[change.kind],
        kinds[change.kind],
        f"{_type(change.type)} “{change.name}”" if change.name else _type(change.type),
        change.element,
        tuple(settings),
    )


def _type(name: str) -> str:
    vietnamese, english = type_words(name)
    return english if current_language() == "en" else vietnamese


def _whose(type_name: str, role: str | None) -> str:
    if type_name in ("userTask", "manualTask"):
        return str(ROLE_WORDS.get(role or "official", role or ""))
    return _type(type_name)


def _setting_name(name: str) -> str:
    """The words for the settings designers meet most; of the others the name in the file."""
    words = {
        "role": _("người làm"),
        "unit": _("đơn vị"),
        "form": _("biểu mẫu"),
        "dueDate": _("hạn"),
        "dueDays": _("số ngày làm việc"),
        "documentation": _("hướng dẫn"),
        "conditionExpression": _("điều kiện"),
        "script": _("đoạn tính toán"),
        "sourceRef": _("đi từ"),
        "targetRef": _("đi đến"),
        "attachedToRef": _("gắn vào"),
        "default": _("đường mặc định"),
        "topic": _("việc tự động"),
        "payload": _("dữ liệu gửi đi"),
        "description": _("mô tả"),
    }
    return str(words.get(name, name))
