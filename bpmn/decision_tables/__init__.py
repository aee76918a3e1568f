"""Decision tables (DMN 1.1 to 1.5), in the language of our expressions.

`read_decisions(xml)` gives the decisions of a file; `decide(decisions, name, variables, functions)` asks one of them.
"""

from __future__ import annotations

from bpmn.decision_tables.deciding import decide
from bpmn.decision_tables.reading import read_decisions
from bpmn.decision_tables.table import Decision, Rule

__all__ = ["Decision", "Rule", "decide", "read_decisions"]
