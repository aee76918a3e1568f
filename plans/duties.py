"""Dated duties in the prose: "Các Chi cục … gửi kế hoạch về Sở trước ngày 20/02"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.plans import Obligation
from domain.text import capitalise, fold_words, tidy
from plans.citations import citations_in
from plans.passages import Passage
from plans.timing import read_timing

_BOUND = re.compile(
    r"(?:trước|chậm nhất(?:\s+là)?(?:\s+vào)?|muộn nhất(?:\s+là)?|không quá|hạn cuối|đến hết|xong)\s+(?:là\s+)?ngày\s+"
    r"|(?:trước|chậm nhất(?:\s+là)?(?:\s+vào)?)\s+(?=\d{1,2}[/.-]\d)",
    re.IGNORECASE,
)
_DAY = r"(?:ngày\s+)?\d{1,2}(?:\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)"
_DAYS = re.compile(rf"{_DAY}(?:(?:\s*[,;]\s*|\s+và\s+){_DAY})*", re.IGNORECASE)
_NEXT = r"(?:sau|tiếp theo|kế tiếp|liền kề)"
_REPEATED = re.compile(
    r"\d{1,2}\s+(?:của\s+)?"
    rf"(?:tháng\s+(?:cuối|đầu)\s+(?:(?:của\s+)?(?:mỗi\s+)?(?:kỳ\s+)?6 tháng|\w+)(?:\s+{_NEXT}\b)?|tháng\s+{_NEXT}\b"
    r"|(?:hằng|hàng|mỗi)\s+(?:tháng|quý|năm))",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"((?:Các|Thủ trưởng|Trưởng|Văn phòng|Phòng|Thanh tra|Chi cục|Trung tâm|Ban(?=\s[A-ZĐ])|Sở|Đơn vị|Đề nghị|Giao"
    r"|Yêu cầu|Ủy ban|Uỷ ban|UBND|Khoa|Bệnh viện|Trường|Bộ|Cục|Vụ|Hội|Đoàn|Công an|Tổ)\b[^.;]*?)\s+"
    r"(?:có trách nhiệm\s+)?(?:xây dựng|ban hành|báo cáo|gửi|tổng hợp|hoàn thành|chủ trì|căn cứ|triển khai|xác định"
    r"|thực hiện|tổ chức|lập|rà soát|tham mưu|nộp|đăng ký)\b"
)
_OPENING = re.compile(r"(?:^|[;.])\s*(?:[-–+]\s*)?(?:[a-hđ]\)\s*|\d+(?:\.\d+)*[.)]?\s*)?$")
"""What may stand before the subject of a sentence."""
_LONGEST_SUBJECT = 18
_ASKED = re.compile(r"^(?:đề nghị|yêu cầu|giao)\s+", re.IGNORECASE)


def read_duties(passages: Iterable[Passage], year: int | None) -> tuple[Obligation, ...]:
    """A duty for each date or run of dates that the prose sets, with who and what."""
    return tuple(
        duty for passage in passages for sentence in passage.sentences() for duty in _duties(sentence, passage, year)
    )


def _duties(sentence: str, passage: Passage, year: int | None) -> list[Obligation]:
    found: list[Obligation] = []
    text = _without_citation_dates(sentence)
    start = 0
    for bound in _BOUND.finditer(text):
        if bound.start() < start:
            continue
        days = _REPEATED.match(text, bound.end()) or _DAYS.match(text, bound.end())
        if days is None:
            continue
        timing = read_timing(text[bound.start() : days.end()], year).timings
        dated = tuple(each for each in timing if each.kind in ("deadline", "recurring"))
        if dated:
            who = _who(passage, text[max(0, bound.start() - 600) : bound.start()])
            what = _what(text[start : bound.start()], sentence, who)
            found.append(Obligation(who, what, dated, (passage.place,)))
            start = days.end()
    return found


def _without_citation_dates(sentence: str) -> str:
    """The sentence with the dates of cited documents blanked out."""
    text = tidy(sentence)
    for citation in citations_in(text):
        if citation.basis.date:
            text = text[: citation.start] + " " * (citation.end - citation.start) + text[citation.end :]
    return text


def _what(before: str, sentence: str, who: str | None) -> str:
    """The words before the date: from an open bracket on, and without the subject."""
    before = re.sub(r"^[-+\s]*[a-hđ\d]{1,2}\)\s*", "", before)
    opened = before.rfind("(") if before.count("(") > before.count(")") else -1
    text = tidy(before[opened + 1 :]).strip(" ,.;(-").removesuffix(" và")
    text = text[len(who) :].strip() if who and text.startswith(who) else text
    return capitalise(text) if len(text.split()) > 1 else tidy(sentence)


def _who(passage: Passage, before: str) -> str | None:
    """The unit the sentence names, else the one in the heading over it."""
    named = [
        (match.start(), _ASKED.sub("", subject))
        for match in _SUBJECT.finditer(before)
        if len(fold_words(subject := tidy(match.group(1))).split()) <= _LONGEST_SUBJECT
    ]
    if passage.unit and not named:
        return capitalise(_ASKED.sub("", passage.unit))
    opening = [subject for start, subject in named if _OPENING.search(before[:start])]
    return capitalise((opening or [subject for _, subject in named])[-1]) if named else None
