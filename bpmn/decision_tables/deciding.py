"""Asks a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bpmn.decision_tables.cells import Evaluate, Evaluation, Functions, evaluator, holds
from bpmn.decision_tables.table import Decision, Rule
from bpmn.expressions import evaluate as evaluate_expression
from domain.errors import ExpressionInvalid

LISTED = ("COLLECT", "RULE ORDER", "OUTPUT ORDER")
AGGREGATES = {"SUM": "sum(found)", "MIN": "min(found)", "MAX": "max(found)", "COUNT": "len(found)"}


def decide(
    decisions: Mapping[str, Decision],
    name: str,
    variables: Mapping[str, Any],
    functions: Functions = MappingProxyType({}),
    evaluate: Evaluation = evaluate_expression,
) -> Any:
    """The result of the decision with the id `name`, after those it requires. Raises ExpressionInvalid.

    One output gives its value, several a mapping; a policy that lists gives a list, no hit None. `evaluate` is what
    evaluates the expressions.
    """
    known = dict(variables)
    for each in in_order(decisions, name):
        try:
            known[each.id] = decide_one(each, evaluator(known, functions, evaluate))
        except ExpressionInvalid as error:
            error.args = (f"bảng quyết định “{each.name}”: {error}",)
            error.english = f"decision {each.id}: {error.english}"
            raise
        known.setdefault(each.name, known[each.id])
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


def decide_one(decision: Decision, evaluated: Evaluate) -> Any:
    """The result of one decision whose requirements are among the variables."""
    if decision.expression is not None:
        return evaluated(decision.expression)
    values = [evaluated(source) for source in decision.inputs]
    hits = [rule for rule in decision.rules if fits(rule, values, evaluated)]
    if decision.hit_policy == "FIRST":
        hits = hits[:1]
    results = [result_of(decision, rule, evaluated) for rule in hits]
    if decision.hit_policy in ("PRIORITY", "OUTPUT ORDER"):
        results.sort(key=lambda result: rank(decision, result, evaluated))
    if decision.hit_policy in LISTED:
        return aggregated(decision, results, evaluated)
    if decision.hit_policy in ("UNIQUE", "ANY"):
        refuse_contradiction(decision, results)
    return results[0] if results else None


def fits(rule: Rule, values: Sequence[Any], evaluated: Evaluate) -> bool:
    """Whether every test of the rule holds."""
    return all(holds(test, value, evaluated) for test, value in zip(rule.tests, values, strict=True))


def result_of(decision: Decision, rule: Rule, evaluated: Evaluate) -> Any:
    """What the rule gives: a value, or a mapping of several; an empty cell gives None."""
    given = [evaluated(source) if source.strip() not in ("", "-") else None for source in rule.results]
    if len(given) == 1:
        return given[0]
    return {output.name: value for output, value in zip(decision.outputs, given, strict=True)}


def rank(decision: Decision, result: Any, evaluated: Evaluate) -> list[int]:
    """Where the result stands among the listed values of its outputs, best first."""
    places: list[int] = []
    for output in decision.outputs:
        value = result[output.name] if len(decision.outputs) > 1 else result
        ranking = [evaluated(source) for source in output.ranking]
        places.append(ranking.index(value) if value in ranking else len(ranking))
    return places


def aggregated(decision: Decision, results: list[Any], evaluated: Evaluate) -> Any:
    """The list of results, or what it adds up to."""
    if decision.aggregation is None:
        return results
    if not results and decision.aggregation != "COUNT":
        return None
    return evaluated(AGGREGATES[decision.aggregation], {"found": results})


def refuse_contradiction(decision: Decision, results: list[Any]) -> None:
    """Of a unique decision one rule may hit; of ANY all that hit must agree."""
    if len(results) > 1 and (decision.hit_policy == "UNIQUE" or any(each != results[0] for each in results)):
        raise ExpressionInvalid(
            f"Bảng quyết định “{decision.name}” có {len(results)} dòng cùng đúng",
            f"{len(results)} rules of the decision {decision.id} hit at once",
        )
