"""What no single expression shows: growth over statements, elements, runs and cases, and circles without a wait.

Each attack is run by a process of its own with little memory, against a real database. It must end in a refused command
or in an incident with a sentence, and an honest case must run to its end in the same process afterwards.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.engine.attacked import ATTACKS

ROOT = Path(__file__).parents[3]
MOST_MEMORY = 700_000_000  # bytes; attacks that work take many times as much, or never end
STEPS = {
    "a loop that waits for nobody", "a loop that only chooses", "a standard loop without end", "many in many",
    "many in many in many", "two for each", "calls in circles, two at once", "a signal that wakes itself",
}  # fmt: skip


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the attacked process told of each attack."""
    url = f"sqlite:///{tmp_path_factory.mktemp('attacked') / 'bangiao.sqlite'}"
    program = [sys.executable, str(ROOT / "tests" / "unit" / "engine" / "attacked.py"), url]
    told = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr[-2_000:]
    return {line["attack"]: line for line in map(json.loads, told.stdout.splitlines())}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_ends_in_a_refusal_or_an_incident_and_the_server_goes_on(
    seen: dict[str, dict[str, Any]], attack: str
) -> None:
    found = seen[attack]
    assert found["refused"] or found["kinds"]
    assert all(len(words) > len("“w”: ") for words in found["words"])
    assert found["honest"]
    assert found["memory"] < MOST_MEMORY


@pytest.mark.parametrize("attack", sorted(STEPS))
def test_what_runs_in_circles_is_stopped_by_its_steps(seen: dict[str, dict[str, Any]], attack: str) -> None:
    assert seen[attack]["kinds"] == ["loop"]
    assert "chưa đến điểm dừng" in seen[attack]["words"][0]
