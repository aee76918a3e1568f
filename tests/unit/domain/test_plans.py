"""Values of a reading."""

from __future__ import annotations

import dataclasses

import pytest

from domain.plans import Activity, PlanReading


def test_a_note_is_kept_once_and_the_activity_it_was_made_on_is_unchanged() -> None:
    activity = Activity(task="Lập danh sách")
    noted = activity.noting("timing", "không rõ").noting("timing", "không rõ")
    assert [(note.field, note.text) for note in noted.notes] == [("timing", "không rõ")]
    assert activity.notes == ()


def test_a_reading_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        PlanReading().warnings = ("khác",)  # type: ignore[misc]
