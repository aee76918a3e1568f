"""Whether link events find each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bpmn.checks.standard.document import Document, Node, breach, children_of
from bpmn.checks.standard.flows import is_joined
from bpmn.findings import Finding
from bpmn.names import local


def lead_one_way(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.4: a source link has no outgoing flow, a target link no incoming one."""
    for event in document.of_type("intermediateThrowEvent", "intermediateCatchEvent"):
        arrives, leaves = is_joined(document, event)
        if "link" in document.kinds(event) and (leaves if local(event) == "intermediateThrowEvent" else arrives):
            yield breach(
                event, "{} là mối nối nhưng có đường nối ở cả hai phía, vẫn được đi theo",
                "Xóa đường nối ở phía mối nối",
                "{} is a link with flows on both sides, which are followed", "delete the flows on the side of the link",
            )  # fmt: skip


def name_their_other_end(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 10.88: a throwing link names its target, a catching one its sources."""
    for event, link in links(document):
        tag, other = ("target", "source") if local(event) == "intermediateThrowEvent" else ("source", "target")
        if not document.is_ours and not children_of(link, tag):
            yield breach(
                event, f"{{}} không ghi đầu kia của mối nối ({tag}), đã tìm theo tên", f"Ghi {tag} trong mối nối",
                f"{{}} does not name its {tag}; the link was joined by name", f"write {tag} into the link",
            )  # fmt: skip
        for named in children_of(link, tag):
            found = document.named(named.text)
            if local(found) == "linkEventDefinition" and link not in document.named_by(found, other):
                yield breach(
                    event, "Đầu kia của mối nối {} không ghi lại đầu này, đã tìm theo tên", f"Ghi {other} ở đầu kia",
                    "the other end of the link {} does not name it; joined by name", f"write {other} at the other end",
                )  # fmt: skip


def stay_in_their_level(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.4: both ends lie in the same process or sub-process."""
    for event, link in links(document):
        for named in children_of(link, "target", "source"):
            found = document.named(named.text)
            other = None if found is None else found.getparent()
            if other is None or local(found) != "linkEventDefinition":
                continue
            if other.getparent() is not event.getparent():
                yield breach(
                    event, "Hai đầu của mối nối {} không cùng tầng", "Đặt hai đầu trong cùng quy trình",
                    "the ends of the link {} lie in different levels", "put both into the same process",
                    severity="error",
                )  # fmt: skip


def have_one_target(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.4: several sources may lead to one target, never the other way round."""
    catches = [(event, link.get("name")) for event, link in links(document) if local(event) == "intermediateCatchEvent"]
    names = Counter((event.getparent(), name) for event, name in catches)
    for event, name in catches:
        if name and names[event.getparent(), name] > 1:
            yield breach(
                event, "{} trùng tên với một đích khác của mối nối", "Đặt tên khác cho một trong hai đích",
                "{} has the name of another link target", "give one of the targets another name", severity="error",
            )  # fmt: skip


def links(document: Document) -> Iterator[tuple[Node, Node]]:
    """Every intermediate event with its link definition."""
    for event in document.of_type("intermediateThrowEvent", "intermediateCatchEvent"):
        for link in document.definitions(event):
            if local(link) == "linkEventDefinition":
                yield event, link


RULES = (lead_one_way, name_their_other_end, stay_in_their_level, have_one_target)
