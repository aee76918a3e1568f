"""Random processes run as BPMN's token semantics says (chapter 13), read by an interpreter of its own."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.engine.spiff.token_game.comparing import Action, Tally, compare
from tests.unit.engine.spiff.token_game.drawing import Drawing
from tests.unit.engine.spiff.token_game.sheet import HELD
from tests.unit.engine.spiff.token_game.structured import structured
from tests.unit.engine.spiff.token_game.unstructured import unstructured

HOLDING = st.frozensets(st.sampled_from(HELD))
ACTIONS = st.lists(st.builds(Action, st.integers(0, 11), HOLDING, st.booleans()), min_size=6, max_size=14)


def play_many(drawings: st.SearchStrategy[Drawing], how_many: int, *, repeatable: bool = True) -> Tally:
    """Compare on many random processes; what is refused at the drawing is few."""
    tally = Tally()

    @settings(max_examples=how_many, derandomize=repeatable, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(drawings, HOLDING, ACTIONS)
    def each(drawing: Drawing, first: frozenset[int], actions: list[Action]) -> None:
        compare(drawing, first, actions, tally)

    each()
    assert tally.counts["refused"] < tally.counts["processes"] / 10, tally
    return tally


@pytest.mark.parametrize(
    ("drawings", "how_many"), [(structured(), 120), (unstructured(), 40)], ids=["blocks", "graphs"]
)
def test_random_processes_run_as_the_standard_says(drawings: st.SearchStrategy[Drawing], how_many: int) -> None:
    tally = play_many(drawings, how_many)
    assert tally.counts["compared"] > how_many / 2, tally


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("drawings", "how_many"), [(structured(), 3_000), (unstructured(), 1_000)], ids=["blocks", "graphs"]
)
def test_thousands_of_random_processes_run_as_the_standard_says(
    drawings: st.SearchStrategy[Drawing], how_many: int
) -> None:
    tally = play_many(drawings, how_many, repeatable=False)
    assert tally.counts["compared"] > how_many / 2, tally
