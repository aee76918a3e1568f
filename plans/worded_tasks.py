"""Work written as prose: a numbered line and, in it or under it, "Chủ trì: …; thời gian: …; sản phẩm: …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.plans import Place
from domain.text import tidy
from plans.drafts import Draft
from plans.grid import Paragraph
from plans.labels import Column, classify
from plans.passages import heading_of, numbered

_LABEL = re.compile(r"(?:^|(?<=[.;(,])|(?<=\s[-–+•]))\s*((?:[^\W\d_]+[ /]){0,6}[^\W\d_]+)\s*:\s*")
_BULLET = re.compile(r"^(?:[-–+•*]\s*)+")
_FIELDS: tuple[Column, ...] = ("lead", "coordinating", "timing", "start", "product")
_MOST_WORDS = 60
_LONGEST_LABEL = 5


@dataclass(slots=True)
class _Item:
    """A numbered line that may turn out to be work; `depth` grows inwards."""

    depth: int
    number: str
    text: str
    place: Place
    source: Paragraph

    @property
    def is_chapter(self) -> bool:
        """Whether this is the title of a whole part of the plan, which is no work."""
        return self.depth == 1 or self.text.isupper()


@dataclass(slots=True)
class WordedTasks:
    """The drafts found, and the paragraphs they were made from."""

    drafts: list[Draft] = field(default_factory=list)
    sources: list[Paragraph] = field(default_factory=list)


def read_worded_tasks(paragraphs: Iterable[Paragraph]) -> WordedTasks:
    """Each item of the prose that names its lead by a label; one without is no work, whatever else it says."""
    found = WordedTasks()
    open_items: list[_Item] = []
    plain: Paragraph | None = None
    draft: Draft | None = None
    for paragraph in paragraphs:
        before, cells = _labelled(_BULLET.sub("", tidy(paragraph.text)))
        if not cells:
            item = _item(paragraph)
            plain = None if item else paragraph
            if item:
                open_items = [*_over(item, open_items), item]
                draft = None
            continue
        repeats = draft is not None and bool(draft.text("lead")) and "lead" in cells
        if before:
            item = _item(Paragraph(before, paragraph.place, paragraph.heading))
            number, task, over = (item.number, item.text, _over(item, open_items)) if item else ("", before, open_items)
            draft = _begin(found, number, task, over, [paragraph])
        elif repeats and plain is not None:
            draft = _begin(found, "", tidy(plain.text), open_items[:-1], [plain, paragraph])
        elif draft is None:
            if not open_items or open_items[-1].is_chapter:
                continue
            owner = open_items[-1]
            draft = _begin(found, owner.number, owner.text, open_items[:-1], [owner.source, paragraph])
        else:
            found.sources.append(paragraph)
            draft.places.append(paragraph.place)
        plain = None
        for kind, text in cells.items():
            draft.join(kind, text)
    return _only_led(found)


def _begin(found: WordedTasks, number: str, task: str, over: Sequence[_Item], sources: Sequence[Paragraph]) -> Draft:
    cells: dict[Column, str] = {"task": task, **({"number": number} if number else {})}
    section = over[-1].text.strip(" .:;") if over else None
    draft = Draft(cells, section, [source.place for source in sources], knows_merges=True)
    found.drafts.append(draft)
    found.sources.extend(sources)
    return draft


def _only_led(found: WordedTasks) -> WordedTasks:
    """Without the drafts nobody leads; their paragraphs stay prose."""
    kept = [draft for draft in found.drafts if draft.text("lead")]
    places = {place for draft in kept for place in draft.places}
    return WordedTasks(kept, [source for source in found.sources if source.place in places])


def _over(item: _Item, open_items: Sequence[_Item]) -> list[_Item]:
    return [each for each in open_items if each.depth < item.depth]


def _item(paragraph: Paragraph) -> _Item | None:
    text = tidy(paragraph.text)
    depth, number, rest = numbered(text)
    if depth:
        return _Item(depth, number, rest, paragraph.place, paragraph)
    level, title = heading_of(paragraph)
    return _Item(level, "", title, paragraph.place, paragraph) if level else None


def _labelled(text: str) -> tuple[str, dict[Column, str]]:
    """What stands before the first label that names a column of work, and the text after each such label."""
    marks: list[tuple[re.Match[str], Column | None]] = [
        (match, kind)
        for match in _LABEL.finditer(text)
        if (kind := classify(match.group(1))) in _FIELDS and len(match.group(1).split()) <= _LONGEST_LABEL
    ]
    cells: dict[Column, str] = {}
    for index, (match, kind) in enumerate(marks):
        end = marks[index + 1][0].start() if index + 1 < len(marks) else len(text)
        value = _value(text[match.end() : end])
        if kind and value and len(value.split()) <= _MOST_WORDS:
            cells[kind] = f"{cells[kind]}; {value}" if kind in cells else value
    before = text[: marks[0][0].start()] if marks else text
    return before.strip(" .;,:(-–"), cells


def _value(text: str) -> str:
    value = tidy(text).rstrip(" .;,-–(")
    return value[:-1].rstrip(" .;,") if value.endswith(")") and value.count(")") > value.count("(") else value
