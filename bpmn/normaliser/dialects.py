"""Puts FEEL (`=…`) and JUEL (`${…}`) of imported files into our language, where both mean the same."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.carriers import CONDITIONS, carriers, owner
from bpmn.drawing import finding
from bpmn.expressions.dialects import Untranslatable, is_foreign, translated
from bpmn.findings import Finding
from bpmn.normaliser.insertion import Canvas


def repair(canvas: Canvas) -> Iterator[Finding]:
    """Translate what can be; what cannot stays as it is and is refused by the check of expressions."""
    for carrier in carriers(canvas.root):
        before = carrier.source
        if carrier.kind == "script" or not is_foreign(before):
            continue
        try:
            ours = translated(before, is_condition=carrier.label in CONDITIONS)
        except Untranslatable:
            continue
        carrier.rewrite(ours)
        yield finding(
            "repaired", owner(carrier.node), f"Biểu thức “{before}” của {{}} được hiểu là “{ours}”",
            "Viết lại theo ngôn ngữ biểu thức của hệ thống",
            f"the expression {before} of {{}} is read as {ours}", "write it in the system's own language",
        )  # fmt: skip
