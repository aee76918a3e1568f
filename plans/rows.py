"""From the rows of a table to activities in the making: sections, sub-rows, rows that go on over a page break."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.text import fold_words, tidy
from plans.drafts import Draft
from plans.grid import Row
from plans.headers import Column
from plans.joins import column_for, continuation_score, piece_score
from plans.shifts import Move, fit, sized
from plans.tables import Table
from plans.timing import is_time
from plans.units import is_unit
from plans.wording import Wording, begins_low, is_open

_NUMBERED = re.compile(
    r"^\(?(\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-ZĐ])\s*(?:[.)/:]|\s[-–]|(?=\s))\s*(\S.*)$", re.DOTALL
)
_ROMAN = re.compile(r"^[IVXLC]{1,6}$")
_TOTAL = re.compile(r"^(tong( cong| so)?|cong)$")
_MARK = re.compile(r"^\(?\s*([\w]{1,5}(?:\.\d{1,3}){0,4})\s*[.)/:]*$")
_WORK: tuple[Column, ...] = ("product", "lead", "coordinating", "timing")


def read_drafts(table: Table, wording: Wording) -> list[Draft]:
    """The activities of `table` in order, each with the section it stands under."""
    return list(_Assembly(table, wording).drafts())


class _Assembly:
    def __init__(self, table: Table, wording: Wording) -> None:
        self.columns = table.header.columns
        self.kinds: tuple[Column, ...] = tuple(dict.fromkeys(kind for kind in self.columns if kind != "unknown"))
        self.rows = [row for row in table.rows if not row.is_blank()]
        self.wording = wording
        self.section: str | None = None
        self.done: list[Draft] = []
        self.in_section_title = False

    def drafts(self) -> Iterator[Draft]:
        for index, row in enumerate(self.rows):
            self._take(index, row)
        for index, draft in enumerate(self.done[:-1]):
            draft.was_cut = draft.was_cut or self.done[index + 1].opens_page
        yield from self.done

    def _take(self, index: int, row: Row) -> None:
        title = self._section_title(index, row)
        if title is not None:
            self.section, self.in_section_title = title, True
            return
        texts = [cell.text if cell.merged != "left" else "" for cell in row.cells]
        last = self._last()
        raw = self._by_kind(texts)
        if self.in_section_title and row.opens and self._is_title_rest(raw):
            self.section = f"{self.section} {raw.get('task') or raw.get('objective')}"
            return
        self.in_section_title = False
        if last is not None and not raw.get("number"):
            pieces = self._as_rest_of(last, texts)
            if self._goes_on(last, pieces, row):
                self._continue(last, pieces, row)
                return
        fitted, move = (texts, None) if row.knows_merges else fit(texts, self.columns)
        self._begin(self._by_kind(fitted), row, move)

    def _last(self) -> Draft | None:
        """The activity a row may go on with: none right after a section title."""
        return self.done[-1] if self.done and self.done[-1].section == self.section else None

    def _by_kind(self, texts: Sequence[str]) -> dict[Column, str]:
        cells: dict[Column, str] = {}
        for kind, text in zip(self.columns, texts, strict=False):
            if text and kind != "unknown":
                cells[kind] = f"{cells[kind]}; {text}" if kind in cells else text
        return cells

    def _as_rest_of(self, last: Draft, texts: Sequence[str]) -> dict[Column, str]:
        """The cells by kind, moved as those of `last` were when they go on with it better so."""
        readings = [self._rest_by_kind(last, texts)]
        if last.move:
            readings.append(self._rest_by_kind(last, last.move.apply(sized(texts, len(self.columns)))))
        return max(readings, key=lambda pieces: continuation_score(last, pieces, self.wording))

    def _rest_by_kind(self, last: Draft, texts: Sequence[str]) -> dict[Column, str]:
        """Cells by kind; where the task of `last` spans the objective's column too, so does its rest."""
        pieces = self._by_kind(texts)
        if pieces.get("objective") and not last.text("objective") and "task" not in pieces:
            pieces["task"] = pieces.pop("objective")
        return pieces

    def _goes_on(self, last: Draft, raw: dict[Column, str], row: Row) -> bool:
        known = {kind for kind, cell in zip(self.columns, row.cells, strict=False) if cell.merged == "above"}
        if row.knows_merges and known:
            return False
        if not any(raw.get(kind) for kind in ("task", "objective", "product")):
            return row.opens or continuation_score(last, raw, self.wording) > 0
        if not row.opens and _is_whole(raw):
            return False
        is_text_only = set(raw) <= {"task", "objective"}
        if is_text_only and row.opens:
            return True
        if not raw.get("task") and not raw.get("objective") and not any(raw.get(k) for k in _WORK[1:]):
            return row.opens or continuation_score(last, raw, self.wording) > 0
        return continuation_score(last, raw, self.wording) > (0.0 if row.opens else 3.0)

    def _continue(self, last: Draft, raw: dict[Column, str], row: Row) -> None:
        own = self._own_work(last, raw) if row.opens else {}
        for kind, piece in raw.items():
            if kind in own:
                continue
            target = column_for(last, kind, piece, self.wording, self.kinds)
            if fold_words(last.text(target)) == fold_words(piece):
                last.note(target, "Ô này in lại nguyên văn ở trang sau; chỉ lấy một lần")
                continue
            if target != kind:
                last.note(target, f"Phần “{piece}” nằm lệch cột ở trang sau; đã ghép vào ô này")
            if last.text(target):
                last.note(target, "Ô bị ngắt trang; đã ghép hai phần")
            last.join(target, piece)
        last.places.append(row.place)
        if own:
            draft = self._begin({**own, "task": last.text("task")}, row, None)
            draft.note("task", "Nội dung gộp ô với dòng trên; lấy theo dòng trên")

    def _own_work(self, last: Draft, raw: dict[Column, str]) -> dict[Column, str]:
        """The cells of `raw` that are another piece of work under the same task, if they are."""
        kinds: list[Column] = [kind for kind in _WORK if raw.get(kind)]
        if not {"product", "lead"} <= set(kinds) or not last.text("lead") or not last.text("product"):
            return {}
        apart = [
            kind for kind in ("product", "lead")
            if piece_score(last.text(kind), raw[kind], kind, self.wording) < 0 and not begins_low(raw[kind])
            and not raw[kind].startswith("-")
        ]  # fmt: skip
        return {kind: raw[kind] for kind in kinds} if len(apart) == 2 else {}

    def _begin(self, cells: dict[Column, str], row: Row, move: Move | None) -> Draft:
        if cells.get("objective") and not cells.get("task"):
            cells = {**cells, "task": cells["objective"]}
            del cells["objective"]
        number = cells.get("number", "")
        mark = _MARK.match(number)
        if mark:
            cells["number"] = mark.group(1)
        draft = Draft(cells, self.section, [row.place], knows_merges=row.knows_merges, opens_page=row.opens)
        if number and not mark:
            del cells["number"]
            if not cells.get("task"):
                cells["task"] = number
            else:
                draft.note("number", f"Cột số thứ tự in “{number}”, không phải số")
        draft.merged = {kind for kind, cell in zip(self.columns, row.cells, strict=False) if cell.merged == "above"}
        draft.move = move
        if move:
            for kind in _WORK:
                if cells.get(kind):
                    draft.note(kind, "Các ô của dòng bị lệch cột; đã xếp lại theo nội dung")
        if not cells.get("task"):
            self._task_from_above(draft)
        self.done.append(draft)
        return draft

    def _task_from_above(self, draft: Draft) -> None:
        last = self._last()
        if last is not None and last.text("task"):
            draft.cells["task"] = last.text("task")
            draft.note("task", "Nội dung gộp ô với dòng trên; lấy theo dòng trên")

    def _section_title(self, index: int, row: Row) -> str | None:
        """The title when this row opens a section, else None."""
        filled = [(i, cell) for i, cell in enumerate(row.cells) if cell.text and not cell.merged]
        if not filled or len(filled) > 2:
            return None
        first_index, first = filled[0]
        if len(filled) == 1:
            return self._lone_title(index, first_index, first.text, row)
        second_index, second = filled[1]
        kinds = self.columns
        mark = _MARK.match(first.text)
        if not mark or first_index != 0 or second_index >= len(kinds) or self._is_filled_later(index):
            return None
        is_spread = second_index == 1 and not is_time(second.text) and not is_unit(second.text)
        if kinds[second_index] not in ("task", "objective", "unknown") and not is_spread:
            return None
        number = mark.group(1)
        is_bold = first.bold and second.bold
        if _ROMAN.match(number) or (number.isalpha() and number.isupper()) or is_bold or second.text.isupper():
            return _title(second.text)
        return _title(second.text) if self._has_children(index, number) else None

    def _lone_title(self, index: int, column: int, text: str, row: Row) -> str | None:
        numbered = _NUMBERED.match(text)
        spans = sum(cell.merged == "left" for cell in row.cells) >= len(row.cells) - 2 > 0
        kind = self.columns[column] if column < len(self.columns) else "unknown"
        if numbered and (kind == "number" or spans or _ROMAN.match(numbered.group(1))):
            return _title(numbered.group(2))
        letters = [letter for letter in text if letter.isalpha()]
        is_loud = len(letters) > 6 and text.isupper()
        bold = row.cells[column].bold
        if kind == "number" and not _MARK.match(text):
            return _title(text) if is_loud or bold or not row.opens else None
        if kind in ("task", "objective", "unknown") and (is_loud or bold or spans) and not begins_low(text):
            return _title(text)
        return None

    def _is_filled_later(self, index: int) -> bool:
        """Whether the next row, on a new page, brings the cells this one lacks."""
        following = self.rows[index + 1] if index + 1 < len(self.rows) else None
        if following is None or not following.opens:
            return False
        own, raw = self._by_kind(self.rows[index].texts), self._by_kind(following.texts)
        text = raw.get("task") or raw.get("objective") or ""
        brings = any(raw.get(kind) for kind in ("lead", "timing"))
        goes_on = not text or begins_low(text) or is_open(own.get("task") or own.get("objective") or "")
        return not raw.get("number") and brings and goes_on

    def _has_children(self, index: int, number: str) -> bool:
        """Whether the rows under this one are its parts: numbered "n.m", or whole rows without a number."""
        following = self.rows[index + 1] if index + 1 < len(self.rows) else None
        if following is not None and not following.cells[0].text and not following.opens:
            raw = self._by_kind(following.texts)
            if raw.get("task") and not begins_low(raw["task"]) and any(raw.get(kind) for kind in _WORK):
                return True
        for row in self.rows[index + 1 :]:
            mark = _MARK.match(row.cells[0].text) if row.cells else None
            if mark:
                return mark.group(1).startswith(f"{number}.") or (number.isalpha() and mark.group(1).isdigit())
        return False

    def _is_title_rest(self, raw: dict[Column, str]) -> bool:
        text = raw.get("task") or raw.get("objective")
        return set(raw) <= {"task", "objective"} and bool(text) and begins_low(text or "")


def _is_whole(raw: dict[Column, str]) -> bool:
    """Whether these cells say by themselves what is to be done, by whom and when."""
    task, lead = raw.get("task") or "", raw.get("lead") or ""
    return bool(task and raw.get("timing")) and not begins_low(task) and is_unit(lead) and not is_open(lead)


def _title(text: str) -> str:
    return tidy(text).strip(" .:;")


def is_total(text: str) -> bool:
    """Whether this is the label of a sum ("Tổng cộng")."""
    return bool(_TOTAL.match(fold_words(text)))
