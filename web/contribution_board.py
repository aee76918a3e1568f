"""The inputs of coordinating units as a board: each unit's state in words, and a bar that sums them up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from office.directory import Directory
from storage.tables import Contribution
from web.session import current_calendar, current_now, today
from web.words import due_words, short_day_words

ORDER = ("done", "mute", "info", "none", "late")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A unit's input. `state`: done answered, mute silent or nothing to say, info opened, none sent, late overdue."""

    contribution: Contribution
    unit: str
    state: str
    icon: str
    words: str
    note: str
    author: str

    @property
    def can_urge(self) -> bool:
        return self.state in ("info", "none", "late") and self.contribution.task_id is not None

    @property
    def has_opinion(self) -> bool:
        return self.contribution.answered_at is not None and bool(self.contribution.text.strip())


@dataclass(frozen=True, slots=True)
class Board:
    rows: Sequence[BoardRow]
    round: int

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """For the bar: (state, how many, words)."""
        counted = {state: sum(row.state == state for row in self.rows) for state in ORDER}
        words = {
            "done": _("%(count)s đã trả lời", count=counted["done"]),
            "mute": _("%(count)s không có ý kiến", count=counted["mute"]),
            "info": _("%(count)s đã mở", count=counted["info"]),
            "none": _("%(count)s đã gửi, chưa mở", count=counted["none"]),
            "late": _("%(count)s quá hạn", count=counted["late"]),
        }
        return [(state, counted[state], words[state]) for state in ORDER]

    @property
    def opinions(self) -> list[BoardRow]:
        return [row for row in self.rows if row.has_opinion]


def board_of(contributions: Sequence[Contribution], units: Directory, names: Mapping[UUID, str]) -> Board:
    """The board of the latest round."""
    last = max((each.round for each in contributions), default=0)
    rows = [_row(each, units, names) for each in contributions if each.round == last]
    return Board(sorted(rows, key=lambda row: (ORDER.index(row.state), row.unit)), last)


def _row(each: Contribution, units: Directory, names: Mapping[UUID, str]) -> BoardRow:
    state, icon, words, note = _state(each)
    author = names.get(each.answered_by, "") if each.answered_by else ""
    if each.entered_for and each.letter_number:
        author = _("Công văn %(number)s, %(name)s nhập hộ", number=each.letter_number, name=author)
    return BoardRow(each, units.name(each.unit_id), state, icon, words, note, author)


def _state(each: Contribution) -> tuple[str, str, str, str]:
    """State, icon, words and the line below."""
    day = today()
    if each.answered_at is not None:
        if each.agrees and not each.text.strip():
            return "mute", "slash-circle", _("Đồng ý, không góp ý"), short_day_words(each.answered_at, day)
        late = each.due_at is not None and each.answered_at > each.due_at
        note = short_day_words(each.answered_at, day)
        return "done", "check-circle-fill", _("Đã trả lời"), _("%(day)s, sau hạn", day=note) if late else note
    if each.silent_at is not None:
        return (
            "mute",
            "slash-circle",
            _("Không có ý kiến"),
            _("quá hạn %(day)s", day=short_day_words(each.silent_at, day)),
        )
    if each.due_at is not None and each.due_at < current_now():
        said = due_words(each.due_at, current_now(), current_calendar())
        opened = _("đã mở") if each.opened_at else _("chưa mở")
        sent = _("gửi %(day)s", day=short_day_words(each.sent_at, day))
        return "late", "exclamation-octagon-fill", said.phrase, f"{sent}, {opened}"
    if each.opened_at is not None:
        return "info", "envelope-open", _("Đã mở"), _due_note(each)
    return "none", "envelope", _("Đã gửi"), _due_note(each)


def _due_note(each: Contribution) -> str:
    return _("hạn %(day)s", day=short_day_words(each.due_at, today())) if each.due_at else ""
