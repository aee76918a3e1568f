"""Targets: from tables of targets, from the prose, and from the cells of activities; each one once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.plans import Activity, IndicatorTarget, Place
from domain.text import fold, fold_words, tidy
from plans.labels import Column
from plans.names import Names
from plans.passages import LONGEST_SENTENCE, Passage
from plans.quantities import Quantity, comparison, counts_in, level_in, percentages_in
from plans.tables import Table

_TARGET_HEADING = re.compile(r"\b(chi tieu|muc tieu cu the)\b")
_COMPLETE = re.compile(r"^(?:[a-hđ]\)|[-+\d.]+)?\s*hoàn thành\s+(?:việc|công tác|100)?", re.IGNORECASE)
_PER_PLAN = re.compile(
    r"chỉ tiêu\s+(?:đề ra\s+)?(theo\s+(?:kế hoạch|quyết định|nghị quyết).*?)(?=\s+về\b|[,;.]|$)", re.I
)
_NUMBER = re.compile(r"(?<![\w.,/])(\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)(?![\w/])")
_SEPARATOR = re.compile(r"[,;]\s+|\s+và\s+")
_CLAUSES = re.compile(r";\s+|\n|\s(?=[b-hđ]\)\s)|\.\s+(?=\d+ ?%)")
_BULLET = re.compile(r"^(?:[-+•]\s*|[a-hđ]\)\s*|\d+(?:\.\d+)*[.)]\s+)+")
_STOP_WORDS = frozenset(
    (
        *("dat", "toi", "thieu", "ty", "le", "duoc", "cua", "va", "cac", "theo", "trong", "tai", "la", "tren", "so"),
        *("ve", "co", "phan", "dau", "kien", "nghi", "thuc", "hien", "tong", "it", "nhat", "tu", "cho", "thuoc"),
        *("cap", "nham"),
    )
)
_ALIKE_IN_CELLS, _ALIKE_IN_PROSE = 0.72, 0.8
_SHORT = 7
_MOST_TARGETS = 500


class Targets:
    """The targets found so far; one that says the same as another is not taken again.

    A table of targets words each on its own: prose says the same only when its words are the same.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self.found: list[IndicatorTarget] = []
        self._words: list[frozenset[str]] = []
        self._tabled = 0

    def add_tabled(self, target: IndicatorTarget) -> None:
        self._keep(target)
        self._tabled = len(self.found)

    def add(self, target: IndicatorTarget, alike: float) -> None:
        if len(self.found) >= _MOST_TARGETS:
            return
        words = self._content(target.text)
        for index, known in enumerate(self.found):
            least = 1.0 if index < self._tabled else alike
            is_same_value = (known.value, known.unit) == (target.value, target.unit)
            is_reworded = index < self._tabled and fold_words(known.text) != fold_words(target.text)
            if is_same_value and not is_reworded and _overlap(words, self._words[index]) >= least:
                return
        self._keep(target)

    def _keep(self, target: IndicatorTarget) -> None:
        self.found.append(target)
        self._words.append(self._content(target.text))

    def _content(self, text: str) -> frozenset[str]:
        written = re.sub(r"\b[A-ZĐ]{3,8}\b", lambda match: self._names.spelled(match.group()), text)
        words = fold_words(written).split()
        return frozenset(word for word in words if word not in _STOP_WORDS and not word[0].isdigit())


def read_targets(
    tables: Iterable[Table], passages: Sequence[Passage], activities: Iterable[Activity], names: Names
) -> tuple[IndicatorTarget, ...]:
    """All targets of the document: tables first, then prose, then what only the rows of activities say."""
    targets = Targets(names)
    for table in tables:
        for target in _table_targets(table):
            targets.add_tabled(target)
    for passage in passages:
        for target in _passage_targets(passage):
            targets.add(target, _ALIKE_IN_PROSE)
    for activity in activities:
        for text in (activity.objective or "", activity.task, *activity.products):
            for target in _clause_targets(text, activity.lines, subject=activity.task):
                targets.add(target, _ALIKE_IN_CELLS)
    return tuple(targets.found)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _passage_targets(passage: Passage) -> list[IndicatorTarget]:
    is_listed = any(_TARGET_HEADING.search(fold(heading)) for heading in passage.headings)
    found: list[IndicatorTarget] = []
    for sentence in passage.sentences():
        numbered = _clause_targets(sentence, (passage.place,), subject="")
        found.extend(numbered)
        if is_listed and not numbered:
            found.extend(_worded_targets(sentence, passage.place))
        elif is_listed:
            found.extend(_of(quantity, sentence, passage.place) for quantity in counts_in(sentence))
    return found


def _worded_targets(sentence: str, place: Place) -> list[IndicatorTarget]:
    """Targets of a sentence without percentages: a standing, a thing to complete, a count."""
    text = _BULLET.sub("", sentence).strip(" .")
    level = level_in(sentence)
    if level:
        return [IndicatorTarget(text, "level", level, None, (place,))]
    counts = [_of(quantity, sentence, place) for quantity in counts_in(sentence)]
    if counts:
        return counts
    per_plan = _PER_PLAN.search(sentence)
    if _COMPLETE.match(sentence):
        return [IndicatorTarget(text, "complete", "hoàn thành", None, (place,))]
    return [IndicatorTarget(text, "complete", tidy(per_plan.group(1)), None, (place,))] if per_plan else []


def _of(quantity: Quantity, sentence: str, place: Place) -> IndicatorTarget:
    text = _BULLET.sub("", sentence).strip(" .")
    return IndicatorTarget(text, quantity.comparator, quantity.value, quantity.unit, (place,))


def _clause_targets(text: str, lines: tuple[Place, ...], *, subject: str) -> list[IndicatorTarget]:
    """A target for each percentage of a text, with the clause it stands in."""
    found: list[IndicatorTarget] = []
    for sentence in _CLAUSES.split(text):
        tidied = tidy(sentence[:LONGEST_SENTENCE])
        quantities = _without_repeats(list(percentages_in(tidied)), tidied)
        for index, quantity in enumerate(quantities):
            start = _clause_start(tidied, quantities[index - 1].end, quantity.start) if index else 0
            end = _clause_start(tidied, quantity.end, quantities[index + 1].start) if quantities[index + 1 :] else None
            clause = _BULLET.sub("", tidied[start:end]).strip(" ,.;").removesuffix(" và")
            if index and len(clause.split()) <= _SHORT:
                clause = f"{tidied[: quantities[0].start].strip()} {clause}".strip()
            elif len(clause.split()) <= 3 and subject:
                clause = f"{subject}: {clause}"
            found.append(IndicatorTarget(clause, quantity.comparator, quantity.value, quantity.unit, lines))
    return found


def _without_repeats(quantities: list[Quantity], text: str) -> list[Quantity]:
    """ "100% cơ quan, 100% đơn vị hoàn thiện …" is one target: the first part has no verb of its own."""
    kept: list[Quantity] = []
    for quantity in quantities:
        last = kept[-1] if kept else None
        leads = last is not None and not _BULLET.sub("", text[: last.start]).strip()
        if last and leads and last.value == quantity.value and len(text[last.end : quantity.start].split()) <= _SHORT:
            continue
        kept.append(quantity)
    return kept


def _clause_start(text: str, after: int, before: int) -> int:
    """Where the clause of the number at `before` begins: the separator just before it, else the first since `after`."""
    separators = [match.end() for match in _SEPARATOR.finditer(text, after, before)]
    if not separators:
        return before
    return separators[-1] if len(text[separators[-1] : before].split()) <= 2 else separators[0]


def _table_targets(table: Table) -> list[IndicatorTarget]:
    if not table.header.holds_targets:
        return []
    found: list[IndicatorTarget] = []
    last: IndicatorTarget | None = None
    last_number = ""
    rows = [_cells(table, index) for index in range(len(table.rows))]
    for index, cells in enumerate(rows):
        text, value, number = cells.get("target", ""), cells.get("target_value", ""), cells.get("number", "")
        place = table.rows[index].place
        if not text:
            continue
        if not value and _is_group(rows, index):
            last = None
            continue
        if not value and last is not None and _siblings(last_number, number):
            target = IndicatorTarget(text, last.comparator, last.value, last.unit, (place,))
        elif value:
            target = _valued(text, value, cells.get("measure", ""), place)
        else:
            continue
        found.append(target)
        last, last_number = target, number
    return found


def _cells(table: Table, index: int) -> dict[Column, str]:
    kinds = table.header.columns
    return {kind: tidy(cell.text) for kind, cell in zip(kinds, table.rows[index].cells, strict=False) if cell.text}


def _is_group(rows: Sequence[dict[Column, str]], index: int) -> bool:
    """Whether a row without a value only names the rows under it."""
    row = rows[index]
    following = rows[index + 1] if index + 1 < len(rows) else {}
    others = [kind for kind in row if kind not in ("number", "target")]
    has_children = bool(following.get("number", "").startswith(row.get("number", "?") + "."))
    is_listed = bool(following) and "number" not in following and bool(following.get("target_value"))
    return not others or row.get("target", "").endswith(":") or has_children or is_listed


def _siblings(one: str, other: str) -> bool:
    return one.rpartition(".")[0] == other.rpartition(".")[0]


def _valued(text: str, value: str, measure: str, place: Place) -> IndicatorTarget:
    quantity = next(percentages_in(value), None)
    if quantity:
        comparator = quantity.comparator
        if comparator == "=" and re.match(r"(?i)phấn đấu|phần đấu", _BULLET.sub("", text)):
            comparator = ">="
        return IndicatorTarget(_BULLET.sub("", text), comparator, quantity.value, "%", (place,))
    if re.match(r"(?i)hoàn thành|đạt kế hoạch|100 phần trăm", value):
        return IndicatorTarget(_BULLET.sub("", text), "complete", value, None, (place,))
    number = _NUMBER.search(value)
    if number and (measure or len(value.split()) <= 5):
        amount = float(number.group(1).replace(".", "").replace(",", "."))
        unit = measure or tidy(value[number.end() :]) or None
        return IndicatorTarget(
            _BULLET.sub("", text), comparison(value[: number.start()], value[number.end() :]), amount, unit, (place,)
        )
    return IndicatorTarget(_BULLET.sub("", text), "level", value, None, (place,))
