"""Whether timers say when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from bpmn.drawing import Drawing, finding, is_illustration
from bpmn.expressions import check_expression
from bpmn.findings import Finding
from bpmn.names import MODEL, TIMES, local
from domain.errors import ExpressionInvalid

DURATION = re.compile(r"-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(?:[.,]\d+)?S)?)?", re.ASCII)
CYCLE = re.compile(r"R(\d{0,9})/(.+)", re.ASCII)
CRON_FIELD = re.compile(r"[\dA-Za-z*,/?#L-]{1,100}", re.ASCII)


def check(drawing: Drawing) -> Iterator[Finding]:
    """ISO 8601, a cron line of five fields, or an expression of ours."""
    for definition in drawing.root.iter(f"{MODEL}timerEventDefinition"):
        event = definition.getparent()
        if event is not None and local(event) != "definitions" and not is_illustration(event):
            yield from check_timer(event, definition)


def check_timer(event: etree._Element, definition: etree._Element) -> Iterator[Finding]:
    """Exactly one time, in a form that can be read."""
    times = [child for child in definition if local(child) in TIMES and (child.text or "").strip()]
    if len(times) != 1:
        said = ("chưa ghi thời gian", "says no time") if not times else ("ghi nhiều thời gian", "says several times")
        yield finding(
            "error", event, f"{{}} {said[0]}", "Ghi một ngày, một khoảng thời gian hoặc một chu kỳ",
            f"{{}} {said[1]}", "write one date, duration or cycle",
        )  # fmt: skip
        return
    text = (times[0].text or "").strip()
    if is_date_time(text):
        if "T" in text and datetime.fromisoformat(text).tzinfo is None:
            yield finding(
                "advice", event, f"Giờ “{text}” của {{}} không ghi múi giờ, được hiểu là giờ Việt Nam",
                "Thêm +07:00 vào cuối", f"the time {text} of {{}} has no zone and is taken as Vietnamese time",
                "add +07:00 at its end",
            )  # fmt: skip
        return
    if is_iso_duration(text) or is_cycle(text) or is_cron(text):
        return
    try:
        check_expression(text)
    except ExpressionInvalid as error:
        yield finding(
            "error", event, f"Thời gian “{text}” của {{}} không đọc được: {error}",
            "Viết theo ISO 8601 (P3D, 2026-03-01T08:00:00+07:00, R3/PT1H), theo cron, hoặc bằng biểu thức",
            f"the time {text} of {{}} cannot be read: {error.english}",
            "write ISO 8601 (P3D, 2026-03-01T08:00:00+07:00, R3/PT1H), cron, or an expression",
        )  # fmt: skip


def is_iso_duration(text: str) -> bool:
    """Whether it is an ISO 8601 duration such as `P3D`."""
    return DURATION.fullmatch(text) is not None


def is_date_time(text: str) -> bool:
    """Whether it is an ISO 8601 date or date with time."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return "-" in text


def is_cycle(text: str) -> bool:
    """Whether it is an ISO 8601 repetition: `R3/PT1H`, with a start or an end if wanted."""
    found = CYCLE.fullmatch(text)
    if found is None:
        return False
    parts = found[2].split("/")
    known = [is_iso_duration(part) or is_date_time(part) for part in parts]
    return len(parts) <= 2 and all(known) and any(map(is_iso_duration, parts))


def is_cron(text: str) -> bool:
    """Whether it looks like a cron line of five fields."""
    fields = text.split()
    return len(fields) == 5 and all(CRON_FIELD.fullmatch(field) for field in fields)
