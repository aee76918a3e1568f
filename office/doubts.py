"""What a person must look at in a row before its plan starts: each doubt blocks until it is settled or waved through.

A doubt is {"field", "text", "settled_by"}, its text `Words`: who settled it is a person's id, with "settled_name" and
"settled_at" beside it. One about a unit's name also has {"name", "suggestion"} with {"unit": id} or {"group": id};
binding the name settles it. What the reader mended has {"repaired": true} and may be waved through with its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from domain.people import User
from domain.plans import Note
from domain.words import Words, english_of
from office.units_binding import Binder, Binding
from plans.timing import read_timing
from storage.tables import Activity

Doubt = dict[str, Any]
LABELS = {
    "lead": Words("chủ trì", "leading"),
    "coordinating": Words("phối hợp", "coordinating"),
    "timing": Words("thời gian", "time"),
}
_ROW_NAMED = re.compile(r"^Nhiệm vụ (?:không số \(vị trí (?P<place>[^)]+)\)|(?P<number>\S+)): (?P<text>.+)$", re.DOTALL)
_QUOTED = re.compile(r"“[^”]*”")


def doubts_about(
    activity: Activity, names: Binder, year: int, notes: Iterable[Note] = (), warnings: Iterable[Words] = ()
) -> list[Doubt]:
    """Every doubt about the row as it stands; `notes` are the reader's, `warnings` those that name this row."""
    found = _about_units(activity, names) + _about_time(activity, year)
    asked = {doubt["field"] for doubt in found if not doubt.get("name")}
    for warning in warnings:
        text = said_of_row(warning)
        if text is not None and field_of(text) not in asked:
            found.append(_doubt(field_of(text), text.capitalised()))
    asked_texts = tuple(doubt["text"].casefold() for doubt in found)
    found += [
        _doubt(note.field, note.text) | {"repaired": True}
        for note in notes
        if not note.text.casefold().endswith(asked_texts)
    ]
    return found


def renewed(activity: Activity, names: Binder, year: int, *, fields: Iterable[str]) -> list[Doubt]:
    """The row's doubts after the cells `fields` were written anew: theirs made anew, the others kept as they are."""
    changed = frozenset(fields)
    kept = [doubt for doubt in activity.doubts if doubt["field"] not in changed]
    return kept + [doubt for doubt in doubts_about(activity, names, year) if doubt["field"] in changed]


def rebound(activity: Activity, names: Binder) -> list[Doubt]:
    """The row's doubts after `names` learnt one: only those about names are made anew."""
    kept = [doubt for doubt in activity.doubts if not doubt.get("name")]
    return kept + [doubt for doubt in _about_units(activity, names) if doubt.get("name")]


def open_doubts(activity: Activity) -> list[Doubt]:
    """Those nobody has settled."""
    return [doubt for doubt in activity.doubts if not doubt.get("settled_by")]


def is_repaired(doubt: Doubt) -> bool:
    """Whether the reader mended it and only wants it seen. Rows of the first version say `blocking` instead."""
    return bool(doubt.get("repaired", doubt.get("blocking") is False))


def needs_unit(activity: Activity, doubt: Doubt) -> bool:
    """Whether only naming a unit settles it."""
    return bool(doubt.get("name")) or (doubt["field"] == "lead" and not activity.lead)


def settled(doubt: Doubt, user: User, now: datetime) -> Doubt:
    return {**doubt, "settled_by": str(user.person_id), "settled_name": user.name, "settled_at": now.isoformat()}


def warnings_of(
    warnings: Iterable[Words], number: str | None, lines: Sequence[Any], notes: Sequence[Note]
) -> list[Words]:
    """The warnings that name the row: by its number, else its place, and noted at the cell they are about."""
    noted = {note.field for note in notes}
    found = []
    for warning in warnings:
        named = _ROW_NAMED.match(warning)
        if named is None or field_of(named["text"]) not in noted:
            continue
        if named["number"] == number if named["number"] else str(named["place"]) in map(str, lines[:1]):
            found.append(warning)
    return found


def said_of_row(warning: str) -> Words | None:
    """What a warning says after the name of its row, None when it names none."""
    named = _ROW_NAMED.match(warning)
    return Words(named["text"], english_of(warning).partition(": ")[2]) if named else None


def field_of(text: str) -> str:
    """The cell a warning about a row speaks of; a time when it names neither cell nor unit."""
    plain = _QUOTED.sub("", text)
    return next((field for field, label in LABELS.items() if label in plain), "timing")


def _about_time(activity: Activity, year: int) -> list[Doubt]:
    doubt = read_timing(activity.timing_raw, year).doubt
    if doubt:
        return [_doubt("timing", Words("Chưa chắc về thời gian: ", "Not sure about the time: ") + doubt)]
    return [] if activity.timing else [_doubt("timing", _missing(LABELS["timing"], activity.timing_raw))]


def _about_units(activity: Activity, names: Binder) -> list[Doubt]:
    found: list[Doubt] = []
    if not activity.lead:
        found.append(_doubt("lead", _missing(Words("đơn vị chủ trì", "leading unit"), activity.lead_raw)))
    cells: tuple[tuple[str, Sequence[str]], ...] = (("lead", activity.lead), ("coordinating", activity.coordinating))
    for field, printed_names in cells:
        for name in printed_names:
            binding = names.bind(name)
            if not binding.is_sure:
                found.append(_unbound(field, name, binding, names))
    return found


def _missing(what: Words, printed: str) -> Words:
    if printed:
        return Words(
            f"Không rõ {what}: ô in “{printed}”", f"The {what.english} is not clear: the cell prints “{printed}”"
        )
    return Words(f"Không in {what}", f"No {what.english} is printed")


def _unbound(field: str, name: str, binding: Binding, names: Binder) -> Doubt:
    part = LABELS[field]
    if binding.how == "suggested":
        known = names.name(binding)
        text = Words(
            f"Đơn vị {part} “{name}” có phải là “{known}”?",
            f"Is the {part.english} unit “{name}” the one named “{known}”?",
        )
    else:
        text = Words(
            f"Chưa biết đơn vị {part} “{name}” là đơn vị nào", f"Which unit is the {part.english} one printed “{name}”?"
        )
    doubt = _doubt(field, text) | {"name": name}
    if binding.unit_id is not None:
        doubt["suggestion"] = {"unit": str(binding.unit_id)}
    if binding.group_id is not None:
        doubt["suggestion"] = {"group": str(binding.group_id)}
    return doubt


def _doubt(field: str, text: Words) -> Doubt:
    return {"field": field, "text": text, "settled_by": None}
