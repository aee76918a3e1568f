"""The steps of the story, in order."""

from __future__ import annotations

from tests.acceptance.story import carrying, designing, mending, taking_up
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
    designing.designer_publishes_a_new_version,
    designing.the_row_stays_on_its_version,
    mending.a_process_is_deployed,
    mending.a_case_breaks,
    mending.administrator_tries_again_in_vain,
    mending.administrator_mends_it,
    mending.see_it_completed,
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
