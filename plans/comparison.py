"""Two versions of a plan side by side: which rows came, went, changed or moved; a new number alone parts no row."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from domain.plans import Activity
from domain.text import fold_words, tidy

Kind = Literal["same", "changed", "added", "removed"]
FIELDS = ("number", "section", "objective", "task", "products", "lead", "coordinating", "timing")
"""What is compared of a row, field by field; cells as printed follow the value they were read to."""
_RAW = {"lead": "lead_raw", "coordinating": "coordinating_raw", "timing": "timing_raw"}
_ALIKE = 0.6
_ALIKE_AT_THE_SAME_NUMBER = 0.3
_MOST_PAIRS = 200_000
_Pairs = dict[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs; values as in `domain.plans.Activity`."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RowComparison:
    """A row of one version or both; `was` and `will` are its places from 0, None where it does not stand."""

    kind: Kind
    earlier: Activity | None
    later: Activity | None
    was: int | None
    will: int | None
    changes: tuple[Change, ...] = ()
    moved: bool = False

    @property
    def is_renumbered(self) -> bool:
        """Whether only its number changed, as when a row came or went above it."""
        return not self.moved and [change.field for change in self.changes] == ["number"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows of both versions in the order of the later one, each removed row behind the one it followed."""

    rows: tuple[RowComparison, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return all(row.kind == "same" and not row.moved for row in self.rows)

    def of_kind(self, kind: Kind) -> tuple[RowComparison, ...]:
        return tuple(row for row in self.rows if row.kind == kind)

    @property
    def moved(self) -> tuple[RowComparison, ...]:
        return tuple(row for row in self.rows if row.moved)


def compare_plans(earlier: Sequence[Activity], later: Sequence[Activity]) -> Comparison:
    """How the rows `later` differ from the rows `earlier`, by the best common alignment.

    Rows that are wholly alike are paired in order first, then those with the same task, then those whose words are
    mostly the same; what is left came or went.
    """
    pairs = _pair(earlier, later)
    in_order = _longest_rise([pairs[index] for index in sorted(pairs)])
    back = {will: was for was, will in pairs.items()}
    rows = [_row(earlier, later, back.get(will), will, in_order) for will in range(len(later))]
    for was in range(len(earlier)):
        if was not in pairs:
            gone = RowComparison("removed", earlier[was], None, was, None)
            rows.insert(_place_behind(rows, was), gone)
    return Comparison(tuple(rows))


def applied(earlier: Sequence[Activity], comparison: Comparison) -> list[Activity]:
    """The later version, made of the earlier one and what differs."""
    made: list[Activity] = []
    for row in comparison.rows:
        if row.kind == "removed":
            continue
        if row.was is None:
            assert row.later is not None
            made.append(row.later)
        else:
            made.append(_changed(earlier[row.was], row))
    return made


def changes_between(earlier: Activity, later: Activity) -> tuple[Change, ...]:
    """The fields that differ; how often something is blank or broken into lines does not count."""
    return tuple(
        Change(name, getattr(earlier, name), getattr(later, name))
        for name in FIELDS
        if _plain(getattr(earlier, name)) != _plain(getattr(later, name))
    )


def _changed(earlier: Activity, row: RowComparison) -> Activity:
    values = {change.field: change.after for change in row.changes}
    raw = {_RAW[name]: getattr(row.later, _RAW[name]) for name in values if name in _RAW}
    return replace(earlier, **values, **raw)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value) or None
    if isinstance(value, tuple):
        return tuple(tidy(item) if isinstance(item, str) else item for item in value)
    return value


def _row(
    earlier: Sequence[Activity], later: Sequence[Activity], was: int | None, will: int, in_order: frozenset[int]
) -> RowComparison:
    if was is None:
        return RowComparison("added", None, later[will], None, will)
    changes = changes_between(earlier[was], later[will])
    kind: Kind = "changed" if changes else "same"
    return RowComparison(kind, earlier[was], later[will], was, will, changes, moved=will not in in_order)


def _place_behind(rows: Sequence[RowComparison], was: int) -> int:
    """Where a removed row is shown: behind the nearest earlier row that is shown already."""
    if was == 0:
        return 0
    before = [index for index, row in enumerate(rows) if row.was is not None and row.was < was and not row.moved]
    return before[-1] + 1 if before else 0


def _pair(earlier: Sequence[Activity], later: Sequence[Activity]) -> _Pairs:
    pairs: _Pairs = {}
    _pair_in_order([_content(row) for row in earlier], [_content(row) for row in later], pairs)
    for key in (_content, _task_at_number, _task):
        _pair_by(key, earlier, later, pairs)
    _pair_alike(earlier, later, pairs)
    return pairs


def _content(row: Activity) -> tuple[Any, ...]:
    return tuple(_plain(getattr(row, name)) for name in FIELDS)


def _task_at_number(row: Activity) -> tuple[Any, ...]:
    return fold_words(row.task), row.number, fold_words(row.section or "")


def _task(row: Activity) -> tuple[Any, ...]:
    return (fold_words(row.task),)


def _pair_in_order(before: Sequence[Any], after: Sequence[Any], pairs: _Pairs) -> None:
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        pairs.update({block.a + step: block.b + step for step in range(block.size)})


def _pair_by(key: Any, earlier: Sequence[Activity], later: Sequence[Activity], pairs: _Pairs) -> None:
    """Pair what is left of both versions where `key` is the same, those of one key in order."""
    waiting: dict[Any, list[int]] = defaultdict(list)
    for will in _left(later, pairs.values()):
        waiting[key(later[will])].append(will)
    for was in _left(earlier, pairs):
        if same := waiting.get(key(earlier[was])):
            pairs[was] = same.pop(0)


def _pair_alike(earlier: Sequence[Activity], later: Sequence[Activity], pairs: _Pairs) -> None:
    """Pair what is left by how many words are the same, the most alike first, the nearest of those."""
    gone, come = _left(earlier, pairs), _left(later, pairs.values())
    if len(gone) * len(come) > _MOST_PAIRS:
        return
    words = {was: Counter(fold_words(earlier[was].task).split()) for was in gone}
    new_words = {will: Counter(fold_words(later[will].task).split()) for will in come}
    scored: list[tuple[float, int, int, int]] = []
    for was in gone:
        for will in come:
            score = _likeness(words[was], new_words[will])
            same_number = earlier[was].number is not None and earlier[was].number == later[will].number
            if score >= (_ALIKE_AT_THE_SAME_NUMBER if same_number else _ALIKE):
                scored.append((-score - 0.2 * same_number, abs(was - will), was, will))
    taken: set[int] = set()
    for _score, _distance, was, will in sorted(scored):
        if was not in pairs and will not in taken:
            pairs[was] = will
            taken.add(will)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of two bags of words, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _left(rows: Sequence[Activity], taken: Iterable[int]) -> list[int]:
    used = set(taken)
    return [index for index in range(len(rows)) if index not in used]


def _longest_rise(places: Sequence[int]) -> frozenset[int]:
    """The most of `places` that stand in rising order: what did not move."""
    ends: list[int] = []
    chains: list[tuple[int, ...]] = []
    for place in places:
        at = bisect_left(ends, place)
        chain = (*chains[at - 1], place) if at else (place,)
        ends[at : at + 1], chains[at : at + 1] = [place], [chain]
    return frozenset(chains[-1]) if chains else frozenset()
