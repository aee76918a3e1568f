"""The prose of a plan as whole passages under their headings, page breaks inside sentences mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.plans import Place
from domain.text import tidy
from plans.grid import Paragraph
from plans.signatures import is_signature_title
from plans.units import is_unit
from plans.wording import begins_low, joined

_ENUMERATED = re.compile(r"^[-+]?\s*(?:([IVX]{1,6})[.)]|(\d{1,2}(?:\.\d{1,2})*)[.)]?|([a-hđ])\))\s+(\S.*)$", re.DOTALL)
_SENTENCE_END = (".", ";", ":", "!", "?", "./", "/.")
_SENTENCES = re.compile(
    r"(?<=[;!?])\s+|(?<=[^\W\d_])\.\s+(?=[^\W\d_])|(?<=[%\d)])\.\s+(?=[^\W\d_])|(?<=%)\.\s+"
    r"|(?<=[^\W\d_]|\))\.\s+(?=\d+ ?%)"
)
_NAMED_TASK = re.compile(r"^(?:Nhiệm vụ|Công việc|Hoạt động|Nội dung|Việc)\s+(\d{1,2})\s*[:.]\s*(\S.*)$", re.DOTALL)
_RECIPIENTS = re.compile(r"^\W*nơi nhận\b", re.IGNORECASE)
_HEADING_WORDS = 16
_LETTER_DEPTH = 6
LONGEST_SENTENCE = 3_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of prose and the headings over it, outermost first."""

    text: str
    place: Place
    headings: tuple[str, ...] = ()

    @property
    def unit(self) -> str | None:
        """The innermost heading that names a unit: whose duties are listed here."""
        named = (each for each in reversed(self.headings) if is_unit(each) or _names_unit(each))
        return next((re.sub(r"^[Gg]iao\s+", "", each) for each in named), None)

    def sentences(self) -> list[str]:
        """The sentences, each no further than any official writes one."""
        parts = (tidy(part[:LONGEST_SENTENCE]).strip(" ;") for part in _SENTENCES.split(self.text))
        return [part for part in parts if part]


def read_passages(prose: Sequence[Paragraph]) -> list[Passage]:
    """The passages of the prose in order; headings are not among them."""
    passages: list[Passage] = []
    stack: list[tuple[int, str]] = []
    for paragraph in whole_paragraphs(prose):
        if ends_body(paragraph.text):
            stack = []
        level, title = heading_of(paragraph)
        if level:
            stack = [(other, text) for other, text in stack if other < level]
            stack.append((level, title))
            continue
        passages.append(Passage(tidy(paragraph.text), paragraph.place, tuple(text for _, text in stack)))
    return passages


def whole_paragraphs(prose: Sequence[Paragraph]) -> list[Paragraph]:
    """Paragraphs with the rest of their last sentence, which a page break made a paragraph of its own."""
    whole: list[Paragraph] = []
    for paragraph in prose:
        last = whole[-1] if whole else None
        is_rest = begins_low(paragraph.text) and not _ENUMERATED.match(paragraph.text)
        if last and is_rest and not last.text.rstrip().endswith(_SENTENCE_END) and len(last.text) > 40:
            whole[-1] = Paragraph(joined(last.text, paragraph.text), last.place, last.heading)
        else:
            whole.append(paragraph)
    return whole


def heading_of(paragraph: Paragraph) -> tuple[int, str]:
    """The level of a heading (1 for roman numbers) and its text without number; level 0 for a passage."""
    text = tidy(paragraph.text)
    match = _ENUMERATED.match(text)
    if match is None:
        short = len(text.split()) <= _HEADING_WORDS and not text.endswith((".", ";"))
        return (2, text) if paragraph.heading and short else (0, "")
    title = match.group(4).strip()
    limit = 40 if title.endswith(":") and match.group(3) is None else _HEADING_WORDS
    if title.endswith((".", ";")) or len(title.split()) > limit:
        return 0, ""
    level = 1 if match.group(1) else 2 + match.group(2).count(".") if match.group(2) else _LETTER_DEPTH
    return level, title.strip(" :")


def numbered(text: str) -> tuple[int, str, str]:
    """The depth of a numbered line (1 for Roman, 2 for "1.", 3 for "1.1", more for "a)"), its number and the rest.

    Depth 0 when it has no number.
    """
    named = _NAMED_TASK.match(text)
    if named:
        return 2, named.group(1), named.group(2).strip()
    match = _ENUMERATED.match(text)
    if match is None:
        return 0, "", text
    roman, digits, letter, rest = match.groups()
    depth = 1 if roman else 2 + digits.count(".") if digits else _LETTER_DEPTH
    return depth, roman or digits or letter, rest.strip()


def ends_body(text: str) -> bool:
    """Whether a line begins what follows the body of a paper: its recipients or the signature."""
    return bool(_RECIPIENTS.match(text)) or is_signature_title(text)


def _names_unit(heading: str) -> bool:
    heads = r"^(?:giao )?(?:thủ trưởng|trưởng|văn phòng|phòng|thanh tra|chi cục|trung tâm|bộ phận)\b"
    return bool(re.match(heads, heading, re.IGNORECASE))
