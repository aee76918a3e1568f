"""Whether conditions, scripts, timers and our attributes can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bpmn.carriers import Carrier, carriers, owner
from bpmn.drawing import Drawing, finding, line_of
from bpmn.expressions import check_expression, check_script
from bpmn.expressions.dialects import is_foreign, why_not
from bpmn.findings import Finding
from domain.errors import ExpressionInvalid


def check(drawing: Drawing) -> Iterator[Finding]:
    """A source that cannot be read would stop the case where it is met."""
    for carrier in carriers(drawing.root):
        if carrier.kind == "timer":
            continue
        try:
            check_script(carrier.source) if carrier.kind == "script" else check_expression(carrier.source)
        except ExpressionInvalid as error:
            yield refused(carrier, error)


def refused(carrier: Carrier, error: ExpressionInvalid) -> Finding:
    """The finding at the element the source belongs to; of a script, at its line in the file."""
    place, what = owner(carrier.node), carrier.words[:1].upper() + carrier.words[1:]
    if is_foreign(carrier.source):
        reason = why_not(carrier.source)
        return finding(
            "error", place,
            f"{what} của {{}} viết bằng ngôn ngữ khác (FEEL, JUEL): {carrier.source[:80]}; chưa dịch được: {reason}",
            reason.remedy,
            f"{carrier.label} of {{}} is in another language (FEEL, JUEL): {carrier.source[:80]};"
            f" it cannot be translated: {reason.english}",
            reason.remedy_en,
        )  # fmt: skip
    said = finding(
        "error", place, f"{what} của {{}}: {error}", "Sửa lại cho đúng",
        f"{carrier.label} of {{}}: {error.english}", "mend it",
    )  # fmt: skip
    line = line_of(carrier.node)
    if carrier.kind != "script" or line is None or not error.line:
        return said
    return replace(said, line=line + error.line - 1)
