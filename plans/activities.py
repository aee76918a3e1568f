"""Activities from rows: units by full name, times as values, blank cells filled from the merged one above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.plans import Activity
from domain.text import tidy
from domain.words import Words
from plans.drafts import Draft
from plans.labels import Column
from plans.names import Names
from plans.products import split_items
from plans.stretches import join_start
from plans.timing import read_timing
from plans.units import read_units, split_units

_INHERITED: tuple[Column, ...] = ("lead", "coordinating", "timing")
_LABELS: dict[Column, Words] = {
    "lead": Words("chủ trì", "of the lead"),
    "coordinating": Words("phối hợp", "of coordinating units"),
    "timing": Words("thời gian", "of the time"),
}
_DITTO = re.compile(r"^[-–\s]*(?:nt|n/t|như trên|″|\"|''|//)[-–\s.]*$", re.IGNORECASE)
_WITH = re.compile(
    r"^(?:chủ trì\s*:\s*)?(\S.*?)(?:\s+chủ trì)?[\s,;.–-]*\bphối hợp\s*(?:với|:)\s*(\S.*)$", re.IGNORECASE | re.DOTALL
)
_FROM_ABOVE = Words(
    "Ô trống do gộp với dòng trên; lấy theo dòng trên", "Empty because merged with the row above; taken from there"
)


def build_activities(drafts: Sequence[Draft], names: Names, year: int | None) -> tuple[list[Activity], list[Words]]:
    """The activities of a table and the warnings about them; teaches `names` the units named on the way."""
    for draft in drafts:
        _part_lead_from_others(draft)
        join_start(draft)
    names.learn(_whole_names(drafts))
    activities: list[Activity] = []
    warnings: list[Words] = []
    above: dict[Column, str] = {}
    section: str | None = None
    for draft in drafts:
        if draft.section != section:
            section, above = draft.section, {}
        if not draft.text("task"):
            place, printed = draft.places[0], _printed(draft)
            warnings.append(
                Words(
                    f"Dòng ở vị trí {place} không có nội dung công việc: {printed}",
                    f"The row at {place} names no work: {printed}",
                )
            )
            continue
        effective = _filled(draft, above, warnings)
        activities.append(_activity(draft, effective, names, year, warnings))
        above = effective
    return activities, warnings


def _part_lead_from_others(draft: Draft) -> None:
    """A cell that names both ("Văn phòng Sở chủ trì, phối hợp với các phòng") as two cells."""
    match = _WITH.match(draft.text("lead"))
    if match is None or draft.text("coordinating"):
        return
    draft.cells["lead"], draft.cells["coordinating"] = match.group(1), match.group(2)
    draft.note(
        "coordinating",
        Words(
            "Đơn vị phối hợp in chung ô với đơn vị chủ trì; đã tách ra",
            "The coordinating units stand in the cell of the lead; taken apart",
        ),
    )


def _whole_names(drafts: Iterable[Draft]) -> list[str]:
    return [
        name
        for draft in drafts
        if not draft.was_cut
        for kind in ("lead", "coordinating")
        if (text := draft.text(kind)).count("(") == text.count(")")
        for name in split_units(text)
    ]


def _filled(draft: Draft, above: dict[Column, str], warnings: list[Words]) -> dict[Column, str]:
    """The cells that hold for this row: its own, else those of the merged cell above."""
    effective: dict[Column, str] = {}
    blanks: list[Column] = [kind for kind in _INHERITED if not draft.text(kind)]
    for kind in _INHERITED:
        own = draft.text(kind)
        if _DITTO.match(own) and above.get(kind):
            effective[kind] = above[kind]
            draft.note(
                kind,
                Words(
                    f"Ô in “{own}” (như trên); lấy theo dòng trên",
                    f"The cell prints “{own}” (as above); taken from the row above",
                ),
            )
            continue
        if own or not above.get(kind) or not _may_take(draft, kind, blanks):
            effective[kind] = own
            continue
        effective[kind] = above[kind]
        draft.note(kind, _FROM_ABOVE)
        if draft.text("number") and kind not in draft.merged:
            taken, label = tidy(above[kind]), _LABELS[kind]
            empty = Words(
                f": ô {label} để trống, tạm lấy theo dòng trên (“{taken}”); cần xác nhận",
                f": the cell {label.english} is empty, taken from the row above (“{taken}”); to be confirmed",
            )
            warnings.append(_name(draft) + empty)
    return effective


def _may_take(draft: Draft, kind: Column, blanks: Sequence[Column]) -> bool:
    if draft.knows_merges or kind in draft.alone:
        return kind in draft.merged
    if not draft.text("number"):
        return True
    return kind != "coordinating" or "lead" in blanks


def _activity(
    draft: Draft, effective: dict[Column, str], names: Names, year: int | None, warnings: list[Words]
) -> Activity:
    lead = read_units(effective["lead"], names, cut=draft.was_cut)
    coordinating = read_units(effective["coordinating"], names, cut=draft.was_cut)
    timing = read_timing(effective["timing"], year)
    for sentence in lead.notes:
        draft.note("lead", sentence)
    for sentence in coordinating.notes:
        draft.note("coordinating", sentence)
    if draft.text("remark"):
        draft.note("remark", Words("Cột ghi chú in: ", "The column of remarks prints: ") + tidy(draft.text("remark")))
    if timing.doubt:
        draft.note("timing", Words("Chưa chắc về thời gian: ", "Not sure about the time: ") + timing.doubt)
        warnings.append(_name(draft) + ": " + timing.doubt)
    if not timing.timings and not timing.doubt:
        draft.note("timing", Words("Không in thời gian", "No time is printed"))
        warnings.append(_name(draft) + Words(": không đọc được thời gian", ": no time could be read"))
    if not lead.units:
        draft.note("lead", Words("Không in đơn vị chủ trì", "No leading unit is printed"))
        warnings.append(_name(draft) + Words(": không đọc được đơn vị chủ trì", ": no leading unit could be read"))
    return Activity(
        task=tidy(draft.text("task")),
        number=draft.text("number") or None,
        section=draft.section,
        objective=tidy(draft.text("objective")) or None,
        products=tuple(split_items(draft.text("product"))),
        lead_raw=tidy(draft.text("lead")),
        lead=lead.units,
        coordinating_raw=tidy(draft.text("coordinating")),
        coordinating=coordinating.units,
        roles=tuple(dict.fromkeys((*lead.roles, *coordinating.roles))),
        timing_raw=tidy(draft.text("timing")),
        timing=timing.timings,
        lines=_ends(draft),
        notes=tuple(draft.notes),
    )


def _printed(draft: Draft) -> str:
    return "; ".join(tidy(text) for text in draft.cells.values() if text)


def _ends(draft: Draft) -> tuple[int | str, ...]:
    return (draft.places[0],) if len(draft.places) == 1 else (draft.places[0], draft.places[-1])


def _name(draft: Draft) -> Words:
    number = draft.text("number")
    if number:
        return Words(f"Nhiệm vụ {number}", f"Task {number}")
    return Words(f"Nhiệm vụ không số (vị trí {draft.places[0]})", f"Task without number (at {draft.places[0]})")
