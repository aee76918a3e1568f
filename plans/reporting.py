"""Reports a plan asks for: periods, cut-off, due day, who reports to whom, on which forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from domain.plans import Activity, ReportingRule, Timing
from domain.text import capitalise, fold_words, tidy
from plans.passages import Passage

_ALWAYS = re.compile(r"\bđịnh kỳ\b", re.IGNORECASE)
_REPORT = re.compile(r"\bbáo cáo\b", re.IGNORECASE)
_PERIODS = (
    ("week", r"\b(?:hàng|hằng) tuần\b"),
    ("month", r"\b(?:hàng|hằng) tháng\b|\bđịnh kỳ tháng\b"),
    ("quarter", r"\b(?:quý|quí)\b(?! [IVX\d])|\b0?3 tháng\b"),
    ("half_year", r"\b0?6 tháng\b"),
    ("nine_months", r"\b0?9 tháng\b"),
    ("year", r"\b(?:hàng|hằng|cả|cuối) năm\b|(?:tháng|quý|/)\s?,?\s?(?:và )?năm\b(?! \d)|\bbáo cáo năm\b"),
    ("on_demand", r"\bđột xuất\b"),
)
_CUTOFF = re.compile(r"(tính từ ngày.*?)(?=[.;]|$)", re.IGNORECASE)
_DUE = re.compile(
    r"((?:chậm nhất|trước)\s+(?:là\s+|vào\s+)?ngày\s+\d{1,2}\s+(?:của\s+)?tháng\s+cuối.*?)(?=,|[.;]|$)"
    r"|((?:trước|chậm nhất)\s+(?:là\s+|vào\s+)?ngày\s+\d{1,2}[^.;)]*)",
    re.IGNORECASE,
)
_TO = re.compile(r"(?:gửi\s+(?:về\s+)?|báo cáo\s+)((?:Sở|UBND|Ủy ban|Văn phòng|Phòng|Bộ|cấp trên|Giám đốc)[^,.;()]*)")
_VIA = re.compile(r"\(qua\s+([^()]+)\)|để\s+((?:Văn phòng|Phòng)[^,.;]*?)\s+tổng hợp", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FORMS = re.compile(
    r"((?:biểu|mẫu|biểu mẫu)\s+số\s+[\w./]*\d[\w./-]*"
    r"|Phụ lục\s+[IVX\d]+(?:\s*[-–,]?\s*(?:của\s+)?Thông tư[^,;]*?/(?-i:[A-ZĐ]{2})[\w-]+)?"
    r"|Thông tư\s+(?:số\s+)?\d+/\d{4}/[\w-]+)",
    re.IGNORECASE,
)
_CUT_NAME = re.compile(r"\s+(?:gửi về|chậm nhất|trước ngày|theo đúng|đồng thời)\b.*$", re.IGNORECASE | re.DOTALL)


def read_reporting(passages: Sequence[Passage], activities: Iterable[Activity]) -> tuple[ReportingRule, ...]:
    """Rules from the sentences about periodic reports, and from the rows that are such a report themselves."""
    found = [rule for passage in passages for rule in _passage_rules(passage)]
    found = _with_common_terms(found, passages)
    found.extend(_activity_rule(activity) for activity in activities if _is_report(activity))
    return tuple(found)


def _passage_rules(passage: Passage) -> list[ReportingRule]:
    found: list[ReportingRule] = []
    for sentence in passage.sentences():
        if not _REPORT.search(sentence):
            continue
        periods = _periods(sentence)
        due = _DUE.search(sentence)
        cutoff = _CUTOFF.search(sentence)
        if not set(periods) - {"on_demand"} and not _ALWAYS.search(sentence):
            continue
        to, via = _TO.search(sentence), _VIA.search(sentence)
        mail = _MAIL.search(sentence)
        found.append(
            ReportingRule(
                name=_name(sentence),
                periods=periods,
                period_rule=tidy(cutoff.group(1)) if cutoff else None,
                due=tidy(due.group(1) or due.group(2)) if due else None,
                reporters=(capitalise(passage.unit),) if passage.unit else (),
                to=tidy(to.group(1)) if to else None,
                consolidator=tidy(via.group(1) or via.group(2)) if via else None,
                channel=mail.group() if mail else None,
                forms=_forms(sentence),
                lines=(passage.place,),
            )
        )
    return found


def _with_common_terms(rules: list[ReportingRule], passages: Sequence[Passage]) -> list[ReportingRule]:
    """The rules with the forms that a passage beside them asks for: one list of forms for all reports of a plan."""
    named = (form for passage in passages if _speaks_of_forms(passage) for form in _forms(passage.text))
    forms = tuple(dict.fromkeys(named))
    return [rule if rule.forms else replace(rule, forms=forms) for rule in rules]


def _speaks_of_forms(passage: Passage) -> bool:
    words = fold_words(passage.text)
    return "bao cao" in words and ("bieu so" in words or "bieu mau" in words)


def _forms(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tidy(match.group(1)).strip(" .,;") for match in _FORMS.finditer(text)))


def _is_report(activity: Activity) -> bool:
    recurs = any(timing.kind == "recurring" for timing in activity.timing)
    return recurs and bool(re.match(r"(tong hop )?bao cao\b", fold_words(activity.task)))


def _activity_rule(activity: Activity) -> ReportingRule:
    return ReportingRule(
        name=activity.task,
        periods=tuple(dict.fromkeys(_period_of(timing) for timing in activity.timing)),
        reporters=activity.coordinating or activity.lead,
        consolidator=activity.lead[0] if activity.lead else None,
        forms=_forms(activity.task),
        lines=activity.lines,
    )


def _period_of(timing: Timing) -> str:
    return timing.every or timing.kind


def _periods(sentence: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in _PERIODS if re.search(pattern, sentence, re.IGNORECASE))


def _name(sentence: str) -> str:
    text = re.sub(r"^(?:[-+•]\s*|[a-hđ]\)\s*|\d+[.)]\s*)+", "", sentence)
    return capitalise(_CUT_NAME.sub("", text.split(":")[0] if ":" in text[:80] else text).strip(" ,.;"))
