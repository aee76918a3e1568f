"""Asks a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bpmn.decision_tables.cells import Evaluate, Evaluation, Functions, evaluator, holds
from bpmn.decision_tables.table import RANKING, Decision, Rule
from bpmn.expressions import evaluate as evaluate_expression
from bpmn.expressions.dialects.feel import INPUT
from domain.errors import ExpressionInvalid

LISTED = ("COLLECT", "RULE ORDER", "OUTPUT ORDER")
AGGREGATES = {"SUM": "sum(found)", "MIN": "min(found)", "MAX": "max(found)", "COUNT": "len(found)"}

Column = tuple[Any, Evaluate]  # what an input comes out as, and what evaluates the tests of it


def decide(
    decisions: Mapping[str, Decision],
    name: str,
    variables: Mapping[str, Any],
    functions: Functions = MappingProxyType({}),
    evaluate: Evaluation = evaluate_expression,
) -> Any:
    """The result of the decision with the id `name`, after those it requires. Raises ExpressionInvalid.

    One output gives its value, several a mapping; a policy that lists gives a list; no hit gives what the outputs have
    by default, else None. `evaluate` is what evaluates the expressions.
    """
    known = dict(variables)
    for each in in_order(decisions, name):
        try:
            result = decide_one(each, known, functions, evaluate)
        except ExpressionInvalid as error:
            error.args = (f"bảng quyết định “{each.name}”: {error}",)
            error.english = f"decision {each.id}: {error.english}"
            raise
        known |= {each.id: result, each.name: result, each.variable: result}
    return known[name]


def in_order(decisions: Mapping[str, Decision], name: str) -> list[Decision]:
    """The decision behind those it requires, each once. Raises ExpressionInvalid for a missing one or a circle."""
    ordered: dict[str, Decision] = {}
    waiting: list[tuple[str, bool]] = [(name, False)]
    above: set[str] = set()
    while waiting:
        each, is_left = waiting.pop()
        if is_left:
            above.discard(each)
            ordered[each] = decisions[each]
        elif each in above or each not in decisions:
            raise ExpressionInvalid(f"Không có quyết định “{each}”, hoặc nó cần chính nó", f"no decision {each}")
        elif each not in ordered:
            above.add(each)
            waiting.append((each, True))
            waiting += [(required, False) for required in decisions[each].requires]
    return list(ordered.values())


def decide_one(decision: Decision, known: Mapping[str, Any], functions: Functions, evaluate: Evaluation) -> Any:
    """The result of one decision whose requirements are among the variables."""
    evaluated = evaluator(known, functions, evaluate)
    if decision.expression is not None:
        return evaluated(decision.expression)
    columns: list[Column] = []
    for each in decision.inputs:
        value = evaluated(each.source)
        column = (value, evaluator({**known, INPUT: value}, functions, evaluate))
        if value is not None and not holds(each.allowed, *column):
            raise ExpressionInvalid(
                f"“{each.source}” không nhận giá trị “{value}”", f"{each.source} may not be {value!r}"
            )
        columns.append(column)
    hits = [rule for rule in decision.rules if fits(rule, columns)]
    if not hits and any(output.default for output in decision.outputs):
        return row_of(decision, [output.default for output in decision.outputs], evaluated)
    return chosen(decision, hits, evaluated)


def fits(rule: Rule, columns: Sequence[Column]) -> bool:
    """Whether every test of the rule holds."""
    return all(holds(test, *column) for test, column in zip(rule.tests, columns, strict=True))


def chosen(decision: Decision, hits: list[Rule], evaluated: Evaluate) -> Any:
    """What the hit policy makes of the rules that hit (DMN 1.3, 8.2.8)."""
    if decision.hit_policy == "FIRST":
        hits = hits[:1]
    results = [row_of(decision, rule.results, evaluated) for rule in hits]
    if any(output.values for output in decision.outputs):
        ranks = [rank(decision, result, evaluated) for result in results]
        if decision.hit_policy in RANKING:
            results = [result for _, result in sorted(zip(ranks, results, strict=True), key=lambda pair: pair[0])]
    if decision.hit_policy == "COLLECT" and decision.aggregation is not None:
        return aggregated(decision.aggregation, results, evaluated)
    if decision.hit_policy in LISTED:
        return results
    if decision.hit_policy in ("UNIQUE", "ANY"):
        refuse_contradiction(decision, results)
    return results[0] if results else None


def row_of(decision: Decision, cells: Sequence[str], evaluated: Evaluate) -> Any:
    """What the cells of one row give: a value, or a mapping of several; an empty cell gives None."""
    given = [evaluated(source) if source else None for source in cells]
    if len(given) == 1:
        return given[0]
    return {output.name: value for output, value in zip(decision.outputs, given, strict=True)}


def rank(decision: Decision, result: Any, evaluated: Evaluate) -> list[int]:
    """Where the result stands among the listed values of its outputs, best first. Raises ExpressionInvalid."""
    places: list[int] = []
    for output in decision.outputs:
        value = result[output.name] if len(decision.outputs) > 1 else result
        listed = [evaluated(source) for source in output.values]
        if listed and value is not None and value not in listed:
            raise ExpressionInvalid(
                f"“{value}” không nằm trong các giá trị của cột kết quả “{output.name}”",
                f"{value!r} is not among the values of the output {output.name}",
            )
        places.append(listed.index(value) if value in listed else len(listed))
    return places


def aggregated(aggregation: str, results: list[Any], evaluated: Evaluate) -> Any:
    """What the results add up to; of none only the count says something."""
    if not results and aggregation != "COUNT":
        return None
    return evaluated(AGGREGATES[aggregation], {"found": results})


def refuse_contradiction(decision: Decision, results: list[Any]) -> None:
    """Of a unique decision one rule may hit; of ANY all that hit must agree."""
    if len(results) > 1 and (decision.hit_policy == "UNIQUE" or any(each != results[0] for each in results)):
        raise ExpressionInvalid(
            f"Bảng quyết định “{decision.name}” có {len(results)} dòng cùng đúng",
            f"{len(results)} rules of the decision {decision.id} hit at once",
        )
