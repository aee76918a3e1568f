"""Whether conditions, scripts, timers and our attributes can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bpmn.carriers import Carrier, carriers, owner
from bpmn.drawing import Drawing, finding, line_of
from bpmn.expressions import check_expression, check_script
from bpmn.findings import Finding
from domain.errors import ExpressionInvalid

FOREIGN = ("${", "#{", "=")


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
    foreign = carrier.source.startswith(FOREIGN)
    what, what_en = ("Mã tính", "the script") if carrier.kind == "script" else ("Biểu thức", "the expression")
    said = finding(
        "error", owner(carrier.node), f"{what} {carrier.label} của {{}}: {error}",
        "Viết lại theo ngôn ngữ biểu thức của hệ thống" if foreign else "Sửa lại cho đúng",
        f"{what_en} {carrier.label} of {{}}: {error.english}",
        "write it in the system's own language" if foreign else "mend it",
    )  # fmt: skip
    line = line_of(carrier.node)
    if carrier.kind != "script" or line is None or not error.line:
        return said
    return replace(said, line=line + error.line - 1)
