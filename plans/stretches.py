"""Work between a start and a finish in columns of their own: the time they mean together."""

from __future__ import annotations

from domain.text import fold_words, tidy
from domain.words import Words
from plans.drafts import Draft
from plans.timing import is_time, read_timing

_ANY_YEAR = 2000


def join_start(draft: Draft) -> None:
    """Put the time of the start column together with that of the finish, if the row has a start.

    A finish with a date is the deadline and the start only a note; months or quarters make a stretch from the one to
    the other. A start without a finish stays a note: it is no time by which work is done.
    """
    start, finish = tidy(draft.text("start")), tidy(draft.text("timing"))
    if not start:
        return
    stretch = f"Từ {start} đến {finish}"
    if finish and fold_words(start) != fold_words(finish) and _is_span(start) and _is_span(finish):
        draft.cells["timing"] = stretch
        draft.note(
            "timing", Words("Ghép từ hai cột bắt đầu và hoàn thành", "Put together from the columns of start and end")
        )
    else:
        draft.note("timing", Words(f"Bắt đầu: {start}", f"Start: {start}"))


def _is_span(text: str) -> bool:
    return is_time(text) and {timing.kind for timing in read_timing(text, _ANY_YEAR).timings} <= {"month", "quarter"}
