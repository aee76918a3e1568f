"""Our rooms are plain top-level packages: no other distribution may bring one of their names."""

from importlib.metadata import packages_distributions

ROOMS = ("domain", "plans", "bpmn", "storage", "engine", "office", "handlers", "web")


def test_no_other_distribution_brings_one_of_our_names() -> None:
    brought = packages_distributions()
    assert {room: set(brought.get(room, ["bangiao"])) for room in ROOMS} == {room: {"bangiao"} for room in ROOMS}
