"""The steps of a case as a strip: those that people have done, the one they are at, those that normally follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from bpmn.elements import Element
from bpmn.outlook import Outlook, read_outlook
from engine.models import Kept, drawn
from office.directory import Directory
from storage.case_steps import FinishedStep
from storage.tables import UserTask
from storage.transactions import Work
from web.deeds import ROLE_WORDS
from web.session import today
from web.words import short_day_words

AWAY = frozenset({"answer"})
"""Purposes of steps whose work is done outside the department."""


_outlooks: Kept[UUID, Outlook] = Kept(400)


@dataclass(frozen=True, slots=True)
class StripStep:
    """One node of the strip; `state`: past, now, next, fut, out (leaves the department after it) or wait."""

    state: str
    name: str
    note: str = ""


def outlook_of(work: Work, definition_id: UUID) -> Outlook:
    """The arrows of a deployed version, read once a process."""
    found = _outlooks.get(definition_id)
    return found or _outlooks.put(definition_id, read_outlook(drawn(work, definition_id)))


def strip_of(
    outlook: Outlook,
    finished: Sequence[FinishedStep],
    here: Sequence[UserTask],
    variables: Mapping[str, Any],
    names: Mapping[UUID, str],
    units: Directory,
) -> list[StripStep]:
    """Past steps by their last run, then `here` (the open tasks looked at, one element), then the likely way on."""
    element_id = here[0].element_id if here else None
    past = [step for step in finished if step.element_id != element_id]
    strip = [StripStep("past", step.name, _past_note(step, names)) for step in past]
    if element_id is None:
        return strip
    strip.append(StripStep("now", here[0].name, _now_note(here, names, units)))
    way = outlook.likely_way(element_id, variables, {step.element_id for step in past})
    for index, element in enumerate(way):
        away = element.extensions.get("purpose") in AWAY
        follows_away = index + 1 < len(way) and way[index + 1].extensions.get("purpose") in AWAY
        state = "wait" if away else "out" if follows_away else "next" if index == 0 else "fut"
        strip.append(StripStep(state, element.name or element.id, _ahead_note(element)))
    return strip


def next_words(outlook: Outlook, element_id: str, variables: Mapping[str, Any], past: set[str]) -> str:
    """Where the work goes when this step is done, in one sentence."""
    way = outlook.likely_way(element_id, variables, past)
    if not way:
        return str(_("Hồ sơ kết thúc."))
    element = way[0]
    role = ROLE_WORDS.get(element.extensions.get("role", ""))
    choices = [each.name for each in outlook.next_steps(element_id) if each.id != element.id]
    sentence: str = (
        _("Chuyển sang bước “%(step)s” (%(role)s).", step=element.name, role=str(role).lower())
        if role
        else _("Chuyển sang bước “%(step)s”.", step=element.name)
    )
    if choices:
        sentence += " " + _("Tùy kết quả, có thể sang: %(steps)s.", steps=", ".join(choices))
    return sentence


def _past_note(step: FinishedStep, names: Mapping[UUID, str]) -> str:
    who = _("%(count)s lượt", count=step.runs) if step.runs > 1 else names.get(step.by, "") if step.by else ""
    day = short_day_words(step.ended_at, today())
    return " · ".join(part for part in (who, day) if part)


def _now_note(tasks: Sequence[UserTask], names: Mapping[UUID, str], units: Directory) -> str:
    task = tasks[0]
    if len(tasks) > 1:
        who = _("%(count)s đơn vị", count=len(tasks))
    else:
        who = names.get(task.assignee_id, "") if task.assignee_id else units.short_name(task.unit_id)
    due = _("hạn %(day)s", day=short_day_words(task.due_at, today())) if task.due_at else ""
    return " · ".join(part for part in (who, due) if part)


def _ahead_note(element: Element) -> str:
    role = ROLE_WORDS.get(element.extensions.get("role", ""))
    return str(_("UBND tỉnh") if element.extensions.get("purpose") in AWAY else role or "")
