"""Whether parallel branches write one variable: the later one wins, and the other's value is lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from lxml import etree

from bpmn.drawing import Drawing, finding
from bpmn.expressions import variables_set
from bpmn.findings import Finding
from bpmn.names import EXTENSION, MODEL, SUB_PROCESSES, local
from domain.errors import ExpressionInvalid

RETURNED = f"{MODEL}dataOutputAssociation/{MODEL}assignment/{MODEL}to"
MOST_VISITS = 20_000  # nodes looked at for one drawing


VariablesOfForm = Callable[[str], Collection[str] | None]


def check(drawing: Drawing, variables_of_form: VariablesOfForm | None = None) -> Iterator[Finding]:
    """Advice at each parallel gateway whose branches set the same variable before they meet again."""
    visits = MOST_VISITS
    for gateway in drawing.of_type("parallelGateway"):
        branches = drawing.successors(gateway)
        if len(branches) < 2 or visits <= 0:
            continue
        regions = [region(branch, drawing) for branch in branches]
        visits -= sum(map(len, regions))
        shared = set.intersection(*(set(each) for each in regions)) if regions else set()
        written = [
            names_written((name for name in each.items() if name[0] not in shared), variables_of_form)
            for each in regions
        ]
        for name in sorted(twice(written)):
            yield finding(
                "advice", gateway, f"Các nhánh song song sau {{}} cùng ghi biến “{name}”, giá trị của một nhánh sẽ mất",
                "Cho mỗi nhánh ghi một biến riêng",
                f"parallel branches behind {{}} write the variable {name}; one is lost",
                "let each branch write a variable of its own",
            )  # fmt: skip


def region(first: etree._Element, drawing: Drawing) -> dict[str, etree._Element]:
    """The nodes behind `first`, itself included, by id."""
    found: dict[str, etree._Element] = {}
    waiting = [first]
    while waiting:
        node = waiting.pop()
        name = node.get("id") or ""
        if name not in found:
            found[name] = node
            waiting += drawing.successors(node) + [
                follower for event in drawing.boundaries(node) for follower in drawing.successors(event)
            ]
    return found


def names_written(nodes: Iterator[tuple[str, etree._Element]], variables_of_form: VariablesOfForm | None) -> set[str]:
    """The variables these nodes set, those inside their sub-processes included."""
    found = [each for _, node in nodes for each in inside(node)]
    return {name for each in found for name in written_by(each) | filled_in(each, variables_of_form)}


def inside(node: etree._Element) -> list[etree._Element]:
    """The node, with everything in it when it is a sub-process."""
    return [node, *node.iter(f"{MODEL}*")] if local(node) in SUB_PROCESSES else [node]


def written_by(node: etree._Element) -> frozenset[str]:
    """The variables one node sets by its script, under its `result`, or from what it calls."""
    named = {value for value in (node.get(f"{EXTENSION}result"), node.get(f"{EXTENSION}outputCollection")) if value}
    named |= {each.text for each in node.iterfind(RETURNED) if each.text} if local(node) == "callActivity" else set()
    script = node.findtext(f"{MODEL}script") if local(node) == "scriptTask" else None
    if not script:
        return frozenset(named)
    try:
        return variables_set(script) | named
    except ExpressionInvalid:
        return frozenset(named)


def filled_in(node: etree._Element, variables_of_form: VariablesOfForm | None) -> frozenset[str]:
    """The variables a form sets one by one: not under a `result`, nor in the runs of a repeated task."""
    form = node.get(f"{EXTENSION}form") if local(node) in ("userTask", "manualTask") else None
    if not form or variables_of_form is None or node.get(f"{EXTENSION}result"):
        return frozenset()
    if node.find(f"{MODEL}multiInstanceLoopCharacteristics") is not None:
        return frozenset()
    return frozenset(variables_of_form(form) or ())


def twice(groups: list[set[str]]) -> set[str]:
    """What stands in more than one of the groups."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for group in groups:
        repeated |= seen & group
        seen |= group
    return repeated
