"""The steps of the story, in order."""

from __future__ import annotations

from tests.acceptance.story import carrying, taking_up
from tests.acceptance.story.telling import Step

STEPS: tuple[Step, ...] = (
    taking_up.upload_the_plan,
    taking_up.correct_cells,
    taking_up.bind_the_units,
    taking_up.wave_the_repairs_through,
    taking_up.settle_the_warnings,
    taking_up.start_the_plan,
    taking_up.see_every_row_started,
    carrying.official_drafts,
    carrying.official_sends_the_draft,
    carrying.unit_a_answers,
    carrying.unit_b_stays_silent,
    carrying.official_accepts_and_consolidates,
    carrying.official_submits,
    carrying.head_returns_it,
    carrying.official_submits_again,
    carrying.head_approves,
    carrying.leader_signs,
    carrying.clerk_issues,
    carrying.committee_answers,
    carrying.official_records_the_result,
    carrying.see_the_row_closed,
)
