"""What a decision is: a table of rules, or a single expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HitPolicy = Literal["UNIQUE", "FIRST", "ANY", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"]
HIT_POLICIES: tuple[HitPolicy, ...] = ("UNIQUE", "FIRST", "ANY", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER")
POLICY_NAMED: dict[str, HitPolicy] = {policy: policy for policy in HIT_POLICIES}
AGGREGATIONS = ("SUM", "MIN", "MAX", "COUNT")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: a test for each input, an expression for each output."""

    tests: tuple[str, ...]
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results; `ranking` are the expressions of its values, best first, where the policy ranks them."""

    name: str
    ranking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision; `requires` are the decisions asked before it, by id. With `expression` there are no rules."""

    id: str
    name: str
    requires: tuple[str, ...] = ()
    expression: str | None = None
    hit_policy: HitPolicy = "UNIQUE"
    aggregation: str | None = None
    inputs: tuple[str, ...] = ()
    outputs: tuple[Output, ...] = ()
    rules: tuple[Rule, ...] = ()
