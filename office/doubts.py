"""What a person must look at in a row before its plan starts.

A doubt is {"field", "text", "blocking", "settled_by"}, one about a unit's name also {"name", "suggestion"} with
{"unit": id} or {"group": id}. Notes of repairs do not block; a missing lead, an unbound name, an untold time do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from domain.plans import Note
from office.units_binding import Binder, Binding
from storage.tables import Activity

Doubt = dict[str, Any]
LABELS = {"lead": "chủ trì", "coordinating": "phối hợp"}


def doubts_about(activity: Activity, names: Binder, notes: Iterable[Note] = ()) -> list[Doubt]:
    """Every doubt about the row as it stands; `notes` are the reader's."""
    found = [_doubt(note.field, note.text, blocking=False) for note in notes]
    found += _about_units(activity, names)
    if not activity.timing:
        printed = f"“{activity.timing_raw}”" if activity.timing_raw else "để trống"
        found.append(_doubt("timing", f"Không rõ thời gian: ô thời gian {printed}", blocking=True))
    return found


def renewed(activity: Activity, names: Binder, *, fields: Iterable[str]) -> list[Doubt]:
    """The row's doubts after `fields` changed: theirs made anew, the others kept as they are, settled or not."""
    changed = frozenset(fields)
    kept = [doubt for doubt in activity.doubts if doubt["field"] not in changed]
    known = {(doubt["field"], doubt["text"]) for doubt in kept}
    fresh = [doubt for doubt in doubts_about(activity, names) if (doubt["field"], doubt["text"]) not in known]
    return kept + [doubt for doubt in fresh if doubt["field"] in changed]


def open_doubts(activity: Activity) -> list[Doubt]:
    """Those that block and nobody has settled."""
    return [doubt for doubt in activity.doubts if doubt.get("blocking") and not doubt.get("settled_by")]


def _about_units(activity: Activity, names: Binder) -> list[Doubt]:
    found: list[Doubt] = []
    if not activity.lead:
        printed = f"“{activity.lead_raw}”" if activity.lead_raw else "để trống"
        found.append(_doubt("lead", f"Không rõ đơn vị chủ trì: ô chủ trì {printed}", blocking=True))
    cells: tuple[tuple[str, Sequence[str]], ...] = (("lead", activity.lead), ("coordinating", activity.coordinating))
    for field, printed_names in cells:
        for name in printed_names:
            binding = names.bind(name)
            if not binding.is_sure:
                found.append(_unbound(field, name, binding, names))
    return found


def _unbound(field: str, name: str, binding: Binding, names: Binder) -> Doubt:
    if binding.how == "suggested":
        text = f"Đơn vị {LABELS[field]} “{name}” có phải là “{names.name(binding)}”?"
    else:
        text = f"Chưa biết đơn vị {LABELS[field]} “{name}” là đơn vị nào"
    doubt = _doubt(field, text, blocking=True) | {"name": name}
    if binding.unit_id is not None:
        doubt["suggestion"] = {"unit": str(binding.unit_id)}
    if binding.group_id is not None:
        doubt["suggestion"] = {"group": str(binding.group_id)}
    return doubt


def _doubt(field: str, text: str, *, blocking: bool) -> Doubt:
    return {"field": field, "text": text, "blocking": blocking, "settled_by": None}
