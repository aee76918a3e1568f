"""What no single expression shows: growth over statements, elements, runs and cases, and circles without a wait.

Each attack is run by a process of its own with little memory, against a real database. It must end in a refused command
or in an incident with a sentence, and an honest case must run to its end in the same process afterwards.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
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


class Attacked:
    """The attacked process; what it tells of an attack is waited for when a test asks, so that none waits for all."""

    def __init__(self, folder: Path) -> None:
        program = ROOT / "tests" / "unit" / "engine" / "attacked.py"
        url = f"sqlite:///{folder / 'bangiao.sqlite'}"
        self.complaints = (folder / "stderr").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, str(program), url], cwd=ROOT, stdout=subprocess.PIPE, stderr=self.complaints, text=True
        )
        self.told: dict[str, dict[str, Any]] = {}

    def by(self, attack: str) -> dict[str, Any]:
        """What became of the attack."""
        assert self.process.stdout is not None
        while attack not in self.told:
            line = self.process.stdout.readline()
            if not line:
                self.complaints.seek(0)
                pytest.fail(f"the process died before: {self.complaints.read()[-2_000:]}")
            found = json.loads(line)
            self.told[found["attack"]] = found
        return self.told[attack]

    def end(self) -> None:
        assert self.process.stdout is not None
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.complaints.close()


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    started = Attacked(tmp_path_factory.mktemp("attacked"))
    yield started
    started.end()


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_ends_in_a_refusal_or_an_incident_and_the_server_goes_on(attacked: Attacked, attack: str) -> None:
    found = attacked.by(attack)
    assert found["refused"] or found["kinds"]
    assert all(len(words) > len("“w”: ") for words in found["words"])
    assert found["honest"]
    assert found["memory"] < MOST_MEMORY


@pytest.mark.parametrize("attack", ["many variables", "what every run gives"])
def test_a_case_that_grows_too_large_stops_where_it_grows(attacked: Attacked, attack: str) -> None:
    found = attacked.by(attack)
    assert (found["refused"], found["kinds"], found["incidents"]) == ("", ["loop"], 1)
    assert "quá lớn" in found["words"][0]


@pytest.mark.parametrize("attack", sorted(STEPS))
def test_what_runs_in_circles_is_stopped_by_its_steps(attacked: Attacked, attack: str) -> None:
    assert attacked.by(attack)["kinds"] == ["loop"]
    assert attacked.by(attack)["incidents"] == 1
    assert "chưa đến điểm dừng" in attacked.by(attack)["words"][0]
