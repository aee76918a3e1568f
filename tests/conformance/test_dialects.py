"""Models whose conditions stay in the language they were written in (JUEL) come out the same when translated."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conformance.test_kernel import HERE, MODELS, NOT_MET, load

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

CARRIERS = ("conditionExpression", "loopCondition", "condition>", "loopCardinality", "completionCondition")


def cases() -> list[Any]:
    """Every case of a model that holds an expression, by model and number."""
    if not (MODELS / "MANIFEST.json").exists():
        return [pytest.param(None, 0, marks=pytest.mark.skip(reason="the models are not beside this checkout"))]
    models = json.loads((MODELS / "MANIFEST.json").read_text())["models"]
    return [
        pytest.param(model, number, id=f"{model['id']}-{number + 1}")
        for model in models
        if any(each in (MODELS / "models" / model["file"]).read_text() for each in CARRIERS)
        for number in range(len(model["cases"]))
        if (model["id"], number + 1) not in NOT_MET
    ]


@pytest.mark.parametrize(("model", "number"), cases())
def test_a_translated_model_gives_the_stated_result(model: dict[str, Any], number: int) -> None:
    harness = load("conformance_harness", MODELS / "harness.py")
    adapter = load("conformance_adapter", HERE / "adapter.py")
    result = harness.run_case(adapter.Kernel(saved=False), model, model["cases"][number], dialect="juel")
    assert result["result"] in ("pass", "skipped"), result
