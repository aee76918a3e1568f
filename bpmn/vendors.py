"""What other engines write into a drawing: attributes and extension elements in their own namespaces."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.names import BPMN, MODEL, OURS

CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
OPERATON = "http://operaton.org/schema/1.0/bpmn"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
FLOWABLE = "http://flowable.org/bpmn"
ACTIVITI = "http://activiti.org/bpmn"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"

# The prefix each is written with in sentences, whatever prefix the file has chosen.
PREFIXES = {
    CAMUNDA: "camunda", OPERATON: "operaton", ZEEBE: "zeebe", FLOWABLE: "flowable", ACTIVITI: "activiti",
    SPIFF: "spiffworkflow",
}  # fmt: skip
JAVA = (CAMUNDA, OPERATON, FLOWABLE, ACTIVITI)  # they grew from one root and share their names

# What says nothing about the course of a case: our own, what XML and its schemas need, colours and drawing tools.
SILENT = tuple(
    f"{{{namespace}"
    for namespace in (
        OURS, BPMN, "http://www.w3.org/", "http://www.omg.org/spec/", "http://bpmn.io/schema/",
        "http://camunda.org/schema/modeler/", "http://flowable.org/design", "http://flowable.org/modeler",
    )
)  # fmt: skip
EXTENSIONS = f"{MODEL}extensionElements"


def split(tag: str) -> tuple[str, str]:
    """Namespace and name of a tag or attribute."""
    namespace, _, name = tag.rpartition("}")
    return namespace.removeprefix("{"), name


def attribute(node: etree._Element, name: str, namespaces: tuple[str, ...] = JAVA) -> str:
    """The value of another engine's attribute, empty when it is not there."""
    return next((value for each in namespaces if (value := node.get(f"{{{each}}}{name}"))), "").strip()


def drop_attributes(node: etree._Element, *names: str, namespaces: tuple[str, ...] = JAVA) -> None:
    """Take attributes off that have been read."""
    for namespace in namespaces:
        for name in names:
            node.attrib.pop(f"{{{namespace}}}{name}", "")


def parts(node: etree._Element, name: str, namespaces: tuple[str, ...] = (ZEEBE,)) -> list[etree._Element]:
    """Another engine's extension elements of this name, directly on `node`."""
    around = node.findall(EXTENSIONS)
    return [part for each in around for space in namespaces for part in each.findall(f"{{{space}}}{name}")]


def drop(part: etree._Element) -> None:
    """Take an extension element off that has been read."""
    around = part.getparent()
    if around is not None:
        around.remove(part)


def remains(node: etree._Element) -> Iterator[tuple[str, str]]:
    """Namespace and name of what others have written on `node` itself and is still there."""
    for key in map(str, node.attrib):
        if key.startswith("{") and not key.startswith(SILENT):
            yield split(key)
    for around in node.findall(EXTENSIONS):
        for part in around:
            if isinstance(part.tag, str) and not part.tag.startswith(SILENT):
                yield split(part.tag)
