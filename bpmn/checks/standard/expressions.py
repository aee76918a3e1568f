"""Whether expressions of executable processes are formal and written out."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import Document, Node, breach
from bpmn.drawing import is_for_running
from bpmn.findings import Finding
from bpmn.names import local

TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
EXPRESSIONS = (
    "conditionExpression", "condition", "activationCondition", "completionCondition", "loopCondition",
    "loopCardinality", "timeDate", "timeDuration", "timeCycle", "from", "to",
    "expression",
)  # fmt: skip
ALWAYS_FORMAL = frozenset({"dataPath", "messagePath", "transformation", "formalExpression"})


def is_formal(node: Node) -> bool:
    """Whether an expression is for a machine: by its element, or by its xsi:type."""
    if local(node) in ALWAYS_FORMAL:
        return True
    if local(node) == "condition" and local(node.getparent()) == "complexBehaviorDefinition":
        return True
    return node.get(TYPE, "").rpartition(":")[2] == "tFormalExpression"


def are_formal_where_they_run(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.3.8: what is written for people does not run; in our drawings every expression is formal."""
    for node in document.of_type(*EXPRESSIONS):
        if document.is_ours or is_formal(node) or not is_for_running(node):
            continue
        yield breach(
            node, f"Biểu thức {local(node)} ở {{}} không ghi là tFormalExpression, đã đọc như biểu thức của hệ thống",
            'Thêm xsi:type="tFormalExpression"',
            f"the {local(node)} at {{}} is no tFormalExpression; it is read as one of ours",
            'add xsi:type="tFormalExpression"',
        )  # fmt: skip


def are_written_out(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 8.42: a formal expression has a body."""
    for node in document.root.iter():
        if (
            isinstance(node.tag, str)
            and local(node)
            and is_formal(node)
            and not "".join(map(str, node.itertext())).strip()
        ):
            yield breach(
                node, f"Biểu thức {local(node)} ở {{}} còn trống, đã bỏ qua", "Ghi biểu thức",
                f"the {local(node)} at {{}} is empty and left out", "write the expression",
            )  # fmt: skip


RULES = (are_formal_where_they_run, are_written_out)
