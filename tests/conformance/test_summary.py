"""All cases in one table: passed, refused at deployment, stopped by an incident, or wrong, of which there is none."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from typing import Any

import pytest

from tests.conformance.test_kernel import HERE, MODELS, load

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.skipif(not (MODELS / "MANIFEST.json").exists(), reason="the models are not beside this checkout"),
]

LEAST_PASSED = 180
TASK = re.compile(r"SCRIPT_task\d+")


def outcome(model: dict[str, Any], case: dict[str, Any], result: dict[str, Any]) -> str:
    """What became of a case; `misstated` when it wants a task to run that its file does not hold."""
    if result["result"] in ("pass", "skipped"):
        return str(result["result"])
    if any(error.startswith("ERROR_deployment") for error in result["errors"]):
        return "refused"
    if result["errors"]:
        return "incident"
    held = set(TASK.findall((MODELS / "models" / model["file"]).read_text()))
    wanted = {token for token in case["expect"].get("log", ()) if TASK.fullmatch(token)}
    return "wrong" if wanted <= held else "misstated"


def table(outcomes: dict[str, Counter[str]]) -> str:
    """The outcomes as lines of text, one a group and the sum."""
    columns = ("pass", "refused", "incident", "misstated", "wrong")
    total: Counter[str] = sum(outcomes.values(), Counter())
    lines = ["".join(["group".ljust(24), *(column.rjust(11) for column in columns)])]
    for group, counted in [*sorted(outcomes.items()), ("all", total)]:
        lines.append("".join([group.ljust(24), *(str(counted[column]).rjust(11) for column in columns)]))
    return "\n".join(lines)


def test_what_does_not_pass_is_refused_or_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    harness = load("conformance_harness", MODELS / "harness.py")
    adapter = load("conformance_adapter", HERE / "adapter.py")
    outcomes: dict[str, Counter[str]] = {}
    not_passed = []
    for model in json.loads((MODELS / "MANIFEST.json").read_text())["models"]:
        for number, case in enumerate(model["cases"], 1):
            found = outcome(model, case, harness.run_case(adapter.Kernel(), model, case))
            outcomes.setdefault(model["group"], Counter())[found] += 1
            if found != "pass":
                not_passed.append(f"{found}: {model['id']} {number}")
    with capsys.disabled():
        sys.stdout.write("\n".join(["", table(outcomes), *not_passed, ""]))
    total: Counter[str] = sum(outcomes.values(), Counter())
    assert total["wrong"] == 0
    assert total["skipped"] == 0
    assert total["pass"] >= LEAST_PASSED
