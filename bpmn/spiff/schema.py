"""The XML schema of BPMN 2.0, read from where SpiffWorkflow is installed."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from lxml import etree

SCHEMA = "bpmn/parser/schema/BPMN20.xsd"


@cache
def bpmn_schema() -> etree.XMLSchema:
    """The schema of the OMG, compiled once (30 ms); validation with it takes a lock of lxml's own."""
    return etree.XMLSchema(etree.parse(str(files("SpiffWorkflow").joinpath(SCHEMA))))
