"""Whether timers say when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from bpmn.drawing import Drawing, finding, is_illustration
from bpmn.expressions import check_expression
from bpmn.expressions.dialects import is_foreign, why_not
from bpmn.findings import Finding
from bpmn.names import MODEL, TIMES, local
from bpmn.spiff.timers import INSTANT, is_written_out, read_timer
from domain.errors import ExpressionInvalid

ZONED = re.compile(r"(Z|[+-]\d\d:?\d\d)$")
MISSPELT = re.compile(r"P[\dT][\dA-Z.]*|R\d*/.*")  # else read as a variable, or a division
SOME_DAY = datetime(2026, 1, 5, tzinfo=UTC)


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
    if INSTANT.fullmatch(text) and "T" in text and not ZONED.search(text):
        yield finding(
            "advice", event, f"Giờ “{text}” của {{}} không ghi múi giờ, được hiểu là giờ Việt Nam",
            "Thêm +07:00 vào cuối",
            f"the time {text} of {{}} has no zone and is taken as Vietnamese time", "add +07:00 at its end",
        )  # fmt: skip
    try:
        read(text)
    except (ExpressionInvalid, ValueError, OverflowError) as error:
        reason = error.english if isinstance(error, ExpressionInvalid) else str(error)
        yield finding(
            "error", event, f"Thời gian “{text}” của {{}} không đọc được: {error}",
            "Viết theo ISO 8601 (P3D, 2026-03-01T08:00:00+07:00, R3/PT1H), theo cron, hoặc bằng biểu thức",
            f"the time {text} of {{}} cannot be read: {reason}",
            "write ISO 8601 (P3D, 2026-03-01T08:00:00+07:00, R3/PT1H), cron, or an expression",
        )  # fmt: skip


def read(text: str) -> None:
    """Read a time as it will be when the case comes there. Raises what stands in the way."""
    if is_written_out(text):
        read_timer(text, SOME_DAY)
    elif is_foreign(text):
        raise why_not(text)
    elif MISSPELT.fullmatch(text):
        raise ExpressionInvalid("không đúng ISO 8601", "it is not ISO 8601")
    else:
        check_expression(text)
