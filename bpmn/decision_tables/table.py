"""What a decision is: a table of rules, or a single expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bpmn.decision_tables.cells import ANYTHING, CellTest

HitPolicy = Literal["UNIQUE", "FIRST", "ANY", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"]
HIT_POLICIES: tuple[HitPolicy, ...] = ("UNIQUE", "FIRST", "ANY", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER")
POLICY_NAMED: dict[str, HitPolicy] = {policy: policy for policy in HIT_POLICIES}
RANKING = ("PRIORITY", "OUTPUT ORDER")
AGGREGATIONS = ("SUM", "MIN", "MAX", "COUNT")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: a test for each input, an expression for each output."""

    tests: tuple[CellTest, ...]
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """A column of tests: the expression of what is tested, and what it may be."""

    source: str
    allowed: CellTest = ANYTHING


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results.

    `values` are the expressions of those it may have, best first where the policy ranks them; none allow everything.
    `default` is the expression of what it gives when no rule hits.
    """

    name: str
    values: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision, known to others as `variable`; `requires` are those asked before it, by id.

    With `expression` there are no rules.
    """

    id: str
    name: str
    variable: str
    requires: tuple[str, ...] = ()
    expression: str | None = None
    hit_policy: HitPolicy = "UNIQUE"
    aggregation: str | None = None
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = ()
    rules: tuple[Rule, ...] = ()
