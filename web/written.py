"""What earlier steps of a case wrote into their forms, for who decides, answers or goes on with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bpmn.forms import Form, read_form
from storage.tables import UserTask
from storage.transactions import Work
from web.language import current_language
from web.words import day_words, number_words

WRITTEN = frozenset({"textarea", "textfield", "number", "datetime", "date"})


def written_before(work: Work, task: UserTask, variables: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the forms of the case's other steps put into it, as (label, value) in their order."""
    earlier = [each for each in work.user_tasks.of_instance(task.instance_id) if each.element_id != task.element_id]
    forms = forms_of(work, earlier)
    in_order = dict.fromkeys((each.form_key, each.form_version) for each in earlier)
    return written_in([forms[key] for key in in_order if key in forms], variables)


def forms_of(work: Work, tasks: Sequence[UserTask]) -> Mapping[tuple[str | None, int | None], Form]:
    """The forms of these tasks by key and version; one statement."""
    wanted = {(task.form_key, task.form_version) for task in tasks if task.form_key and task.form_version is not None}
    return {(row.key, row.version): read_form(row.schema) for row in work.forms.versions(wanted)}


def written_in(forms: Iterable[Form], variables: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What earlier forms put into the case, as (label, value) in their order; passing notes are left out."""
    english = current_language() == "en"
    found: dict[str, tuple[str, str]] = {}
    for form in forms:
        for field in form.fields:
            value = variables.get(field.key) if field.key else None
            if field.key and field.type in WRITTEN and not field.fresh and value not in (None, ""):
                found.setdefault(field.key, (field.name_en if english else field.name, shown(value)))
    return list(found.values())


def shown(value: Any) -> str:
    """A field's value as a person reads it."""
    if isinstance(value, float | int):
        return number_words(value)
    try:
        return day_words(date.fromisoformat(value)) if len(value) == len("2026-01-01") else str(value)
    except ValueError:
        return str(value)
