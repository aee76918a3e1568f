"""From the rows of a table to activities in the making: sections, sub-rows, rows that go on over a page break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.words import Words
from plans.cells import by_kind, printed_texts, remarks
from plans.drafts import Draft
from plans.grid import Row
from plans.joins import column_for, continuation_score, piece_score, says_the_same
from plans.labels import Column
from plans.sections import WORK, Outline, Titles, as_mark, is_total
from plans.shifts import Move, fit, sized
from plans.tables import Table
from plans.units import is_unit
from plans.wording import Wording, begins_low, is_open

_TOTAL_COLUMNS = 3
"""A sum says so in one of its first cells."""

_REPRINTED = Words("Ô này in lại nguyên văn ở trang sau; chỉ lấy một lần", "Printed again on the next page; taken once")
_CUT = Words("Ô bị ngắt trang; đã ghép hai phần", "Cut by the end of the page; both parts put together")
_MERGED = Words(
    "Nội dung gộp ô với dòng trên; lấy theo dòng trên", "The task is merged with the row above; taken from there"
)
_TICKED = Words("Thời gian lấy theo các cột được đánh dấu", "The time is taken from the columns that are ticked")
_FROM_HEADING = Words(
    "Bảng không có cột thời gian; lấy theo tiêu đề của phần",
    "The table has no column of times; taken from the heading of the section",
)
_SHIFTED = Words(
    "Các ô của dòng bị lệch cột; đã xếp lại theo nội dung",
    "The row's cells stood in wrong columns; put in order by their content",
)


def read_drafts(table: Table, wording: Wording) -> list[Draft]:
    """The activities of `table` in order, each with the section it stands under."""
    return list(_Assembly(table, wording).drafts())


class _Assembly:
    def __init__(self, table: Table, wording: Wording) -> None:
        self.header = table.header
        self.columns = table.header.columns
        self.kinds: tuple[Column, ...] = tuple(dict.fromkeys(kind for kind in self.columns if kind != "unknown"))
        self.rows = [row for row in table.rows if not row.is_blank()]
        self.wording = wording
        self.titles = Titles(table.header, self.rows)
        self.outline = Outline(table.title)
        self.done: list[Draft] = []
        self.in_section_title = False

    def drafts(self) -> Iterator[Draft]:
        for index, row in enumerate(self.rows):
            self._take(index, row)
        for index, draft in enumerate(self.done[:-1]):
            draft.was_cut = draft.was_cut or self.done[index + 1].opens_page
        yield from self.done

    def _take(self, index: int, row: Row) -> None:
        title = self.titles.of(index)
        if title is not None:
            self.outline.begin(*title)
            self.in_section_title = True
            return
        texts = printed_texts(row, self.header)
        if any(is_total(text) for text in texts[:_TOTAL_COLUMNS]):
            return
        last = self._last()
        raw = by_kind(texts, self.header)
        if self.in_section_title and row.opens and self._is_title_rest(raw):
            self.outline.extend(raw.get("task") or raw.get("objective") or "")
            return
        self.in_section_title = False
        if last is not None and not raw.get("number"):
            pieces = self._as_rest_of(last, texts)
            if self._goes_on(last, pieces, row):
                self._continue(last, pieces, row)
                return
        fitted, move = self._fitted(texts, row)
        self._begin(fitted, row, move)

    def _fitted(self, texts: list[str], row: Row) -> tuple[list[str], Move | None]:
        """The texts under their columns; where the source may have lost merged cells, moved to where they fit."""
        if row.knows_merges or self.header.has("tick"):
            return sized(texts, len(self.columns)), None
        return fit(texts, self.columns)

    def _last(self) -> Draft | None:
        """The activity a row may go on with: none right after a section title."""
        return self.done[-1] if self.done and self.done[-1].section == self.outline.title else None

    def _as_rest_of(self, last: Draft, texts: Sequence[str]) -> dict[Column, str]:
        """The cells by kind, moved as those of `last` were when they go on with it better so."""
        readings = [self._rest_by_kind(last, texts)]
        if last.move:
            readings.append(self._rest_by_kind(last, last.move.apply(sized(texts, len(self.columns)))))
        return max(readings, key=lambda pieces: continuation_score(last, pieces, self.wording))

    def _rest_by_kind(self, last: Draft, texts: Sequence[str]) -> dict[Column, str]:
        """Cells by kind; where the task of `last` spans the objective's column too, so does its rest."""
        pieces = by_kind(texts, self.header)
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
        if not raw.get("task") and not raw.get("objective") and not any(raw.get(k) for k in WORK[1:]):
            return row.opens or continuation_score(last, raw, self.wording) > 0
        return continuation_score(last, raw, self.wording) > (0.0 if row.opens else 3.0)

    def _continue(self, last: Draft, raw: dict[Column, str], row: Row) -> None:
        own = self._own_work(last, raw) if row.opens else {}
        for kind, piece in raw.items():
            if kind in own:
                continue
            target = column_for(last, kind, piece, self.wording, self.kinds)
            if says_the_same(last.text(target), piece):
                last.note(target, _REPRINTED)
                continue
            if target != kind:
                last.note(
                    target,
                    Words(
                        f"Phần “{piece}” nằm lệch cột ở trang sau; đã ghép vào ô này",
                        f"The part “{piece}” stands in another column on the next page; put into this cell",
                    ),
                )
            if last.text(target):
                last.note(target, _CUT)
            last.join(target, piece)
        last.places.append(row.place)
        if own:
            draft = self._begin_with({**own, "task": last.text("task")}, row, None)
            draft.note("task", _MERGED)

    def _own_work(self, last: Draft, raw: dict[Column, str]) -> dict[Column, str]:
        """The cells of `raw` that are another piece of work under the same task, if they are."""
        kinds: list[Column] = [kind for kind in WORK if raw.get(kind)]
        if not {"product", "lead"} <= set(kinds) or not last.text("lead") or not last.text("product"):
            return {}
        apart = [
            kind for kind in ("product", "lead")
            if piece_score(last.text(kind), raw[kind], kind, self.wording) < 0 and not begins_low(raw[kind])
            and not raw[kind].startswith("-")
        ]  # fmt: skip
        return {kind: raw[kind] for kind in kinds} if len(apart) == 2 else {}

    def _begin(self, texts: Sequence[str], row: Row, move: Move | None) -> Draft:
        draft = self._begin_with(by_kind(texts, self.header), row, move)
        for remark in remarks(texts, self.header):
            draft.note("remark", remark)
        if self.header.has("tick") and not self.header.has("timing"):
            draft.alone.add("timing")
        if self.header.has("tick") and draft.text("timing"):
            draft.note("timing", _TICKED)
        elif self.outline.time and not self.header.has("timing", "tick", "start"):
            draft.cells["timing"] = self.outline.time
            draft.note("timing", _FROM_HEADING)
        return draft

    def _begin_with(self, cells: dict[Column, str], row: Row, move: Move | None) -> Draft:
        if cells.get("objective") and not cells.get("task"):
            cells = {**cells, "task": cells["objective"]}
            del cells["objective"]
        number = cells.get("number", "")
        mark = as_mark(number)
        if mark:
            cells["number"] = mark
            self.outline.take_row(mark)
        draft = Draft(cells, self.outline.title, [row.place], knows_merges=row.knows_merges, opens_page=row.opens)
        if number and not mark:
            del cells["number"]
            if not cells.get("task"):
                cells["task"] = number
            else:
                draft.note(
                    "number",
                    Words(f"Cột số thứ tự in “{number}”, không phải số", f"The column of numbers prints “{number}”"),
                )
        draft.merged = {kind for kind, cell in zip(self.columns, row.cells, strict=False) if cell.merged == "above"}
        draft.move = move
        if move:
            for kind in WORK:
                if cells.get(kind):
                    draft.note(kind, _SHIFTED)
        if not cells.get("task"):
            self._task_from_above(draft)
        self.done.append(draft)
        return draft

    def _task_from_above(self, draft: Draft) -> None:
        last = self._last()
        if last is not None and last.text("task"):
            draft.cells["task"] = last.text("task")
            draft.note("task", _MERGED)

    def _is_title_rest(self, raw: dict[Column, str]) -> bool:
        text = raw.get("task") or raw.get("objective")
        return set(raw) <= {"task", "objective"} and bool(text) and begins_low(text or "")


def _is_whole(raw: dict[Column, str]) -> bool:
    """Whether these cells say by themselves what is to be done, by whom and when."""
    task, lead = raw.get("task") or "", raw.get("lead") or ""
    return bool(task and raw.get("timing")) and not begins_low(task) and is_unit(lead) and not is_open(lead)
