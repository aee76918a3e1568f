"""Puts FEEL (`=…`) and JUEL (`${…}`) of imported files into our language, where both mean the same."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.carriers import CONDITIONS, carriers, owner
from bpmn.drawing import MOST_NAMED, finding, findings_together
from bpmn.expressions.dialects import Untranslatable, is_foreign, translated
from bpmn.findings import Finding
from bpmn.normaliser.insertion import Canvas

REMEDY = "Viết lại theo ngôn ngữ biểu thức của hệ thống", "write it in the system's own language"


def repair(canvas: Canvas) -> Iterator[Finding]:
    """Translate what can be; what cannot stays as it is and is refused by the check of expressions."""
    done: list[tuple[etree._Element, str, str]] = []
    for carrier in carriers(canvas.root):
        before = carrier.source
        if carrier.kind == "script" or not is_foreign(before):
            continue
        try:
            ours = translated(before, is_condition=carrier.label in CONDITIONS)
        except Untranslatable:
            continue
        carrier.rewrite(ours)
        done.append((owner(carrier.node), before, ours))
    if len(done) > MOST_NAMED:
        yield together(done)
        return
    for node, before, ours in done:
        yield finding(
            "repaired", node, f"Biểu thức “{before}” của {{}} được hiểu là “{ours}”", REMEDY[0],
            f"the expression {before} of {{}} is read as {ours}", REMEDY[1],
        )  # fmt: skip


def together(done: list[tuple[etree._Element, str, str]]) -> Finding:
    """One finding for many, with every pair once."""
    pairs = "; ".join(dict.fromkeys(f"“{before}” → “{ours}”" for _, before, ours in done))
    pairs = pairs.replace("{}", "{ }")
    return findings_together(
        "repaired", [node for node, _, _ in done],
        f"{len(done)} biểu thức của {{}} được hiểu theo ngôn ngữ của hệ thống: {pairs}", REMEDY[0],
        f"{len(done)} expressions of {{}} are read in the system's language: {pairs}", REMEDY[1],
    )  # fmt: skip
