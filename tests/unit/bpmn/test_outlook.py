"""What comes after a step, in the shipped drawings."""

from __future__ import annotations

import pytest

from bpmn.definitions import read_definition
from bpmn.library import shipped
from bpmn.outlook import Outlook, read_outlook

OUTLOOKS = {process.key: read_outlook(read_definition(process.xml, process.key)) for process in shipped()}


def way(outlook: Outlook, element_id: str, **variables: object) -> list[str]:
    return [element.id for element in outlook.likely_way(element_id, variables)]


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"coordinating": [], "to_committee": False}, ["review", "sign", "issue", "record"]),
        (
            {"coordinating": [1], "to_committee": True},
            ["contribute", "consolidate", "review", "sign", "issue", "answer", "record"],
        ),
    ],
)
def test_the_likely_way_follows_the_conditions_that_are_known(
    variables: dict[str, object], expected: list[str]
) -> None:
    assert way(OUTLOOKS["activity"], "draft", **variables) == expected


def test_an_old_decision_to_return_does_not_lead_back_into_the_past() -> None:
    outlook = OUTLOOKS["activity"]
    variables = {"coordinating": [1], "to_committee": False, "review_outcome": "return"}
    past = {"draft", "contribute", "consolidate"}
    assert [each.id for each in outlook.likely_way("review", variables, past)] == ["sign", "issue", "record"]


def test_the_next_steps_are_all_that_may_follow_directly() -> None:
    assert {each.id for each in OUTLOOKS["activity"].next_steps("review")} == {"sign", "consolidate", "draft"}
    assert OUTLOOKS["activity"].next_steps("record") == ()


def test_a_called_process_is_a_step_of_the_way_and_a_loop_ends() -> None:
    assert way(OUTLOOKS["awaits"], "arrival")[0].startswith("perform")
    for outlook in OUTLOOKS.values():
        for element in outlook.elements.values():
            found = way(outlook, element.id)
            assert len(found) == len(set(found))
