"""Other people's models with stated results, run in place; the folder lies beside the checkout."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

# The harness leaves its files to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

HERE = Path(__file__).parent
MODELS = Path(__file__).parents[2] / ".." / "shared" / "conformance"

# What no reading of the standard gives, or what the file itself gets wrong.
NOT_MET = {
    ("betsy/AdHocSubProcess_Sequential", 1): "states a task that is not in the file",
    ("betsy/AdHocSubProcess_Parallel", 1): "states a task that is not in the file",
    ("betsy/Conditional_StartEvent_EventSubProcess_NonInterrupting", 1): "its condition is no expression",
}


def load(name: str, path: Path) -> ModuleType:
    """A module by its file."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = written
    return module


def cases() -> list[Any]:
    """Every case of the manifest, by model and number."""
    if not (MODELS / "MANIFEST.json").exists():
        return [pytest.param(None, 0, marks=pytest.mark.skip(reason="the models are not beside this checkout"))]
    models = json.loads((MODELS / "MANIFEST.json").read_text())["models"]
    return [
        pytest.param(model, number, id=f"{model['id']}-{number + 1}")
        for model in models
        for number in range(len(model["cases"]))
    ]


@pytest.mark.parametrize("saved", [False, True], ids=["live", "saved and loaded after each action"])
@pytest.mark.parametrize(("model", "number"), cases())
def test_the_stated_result_comes_out(model: dict[str, Any], number: int, saved: bool) -> None:
    harness = load("conformance_harness", MODELS / "harness.py")
    adapter = load("conformance_adapter", HERE / "adapter.py")
    result = harness.run_case(adapter.Kernel(saved=saved), model, model["cases"][number])
    reason = NOT_MET.get((model["id"], number + 1))
    if reason is not None:
        assert result["result"] == "fail", "it passes now: take it off the list"
        pytest.skip(reason)
    assert result["result"] == "pass", (result["why"], result["got"], result["want"])
