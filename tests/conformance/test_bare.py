"""What SpiffWorkflow gets right as it comes, we get right too."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conformance.test_kernel import HERE, MODELS, load

ROOT = Path(__file__).parents[2]
PASSED_BY_IT = 122

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.skipif(not (MODELS / "MANIFEST.json").exists(), reason="the models are not beside this checkout"),
]


def test_each_case_it_passes_passes_here() -> None:
    program = [sys.executable, "-m", "tests.conformance.bare"]
    played = json.loads(subprocess.run(program, cwd=ROOT, check=True, capture_output=True).stdout)
    passed = {(model, number) for model, number, result in played if result == "pass"}
    assert len(passed) == PASSED_BY_IT
    harness = load("conformance_harness", MODELS / "harness.py")
    adapter = load("conformance_adapter", HERE / "adapter.py")
    models = {model["id"]: model for model in json.loads((MODELS / "MANIFEST.json").read_text())["models"]}
    lost = []
    for name, number in sorted(passed):
        model = models[name]
        result = harness.run_case(adapter.Kernel(saved=True), model, model["cases"][number - 1])
        if result["result"] != "pass":
            lost.append((name, number, result["why"]))
    assert lost == []
