"""Coordinating units' inputs: answered late, answered for others, weighed by the lead, urged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.calendars import local_date
from domain.errors import Conflict, Invalid
from domain.people import User, candidate_key
from domain.rights import relations_to_units, require
from domain.words import Words
from engine.records import write_record
from engine.standing import standing
from office.notices import add_notice
from storage.tables import Contribution, UserTask
from storage.transactions import Work

DECISIONS = ("accepted", "partly", "explained")


class OpinionsUndecided(Conflict):
    """The lead has yet to accept or explain what units answered."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a unit answers; letter number and date when it was asked by letter."""

    agrees: bool
    text: str = ""
    letter_number: str | None = None
    letter_date: date | None = None


def answer_late(work: Work, contribution_id: UUID, user: User, opinion: Opinion, now: datetime) -> Contribution:
    """Replace *không có ý kiến* by an answer while the consolidation is not yet sent.

    Raises NotFound, NotAllowed, Invalid, Conflict once the unit has answered or the lead has consolidated.
    """
    contribution = work.contributions.get(contribution_id)
    by_letter = contribution.entered_for
    require(user, "answer_late", relations_to_units(user, (_answering_unit(work, contribution),)))
    if contribution.answered_at is not None:
        raise Conflict("Đơn vị đã có ý kiến", "the unit has answered")
    if contribution.silent_at is None:
        raise Conflict("Chưa hết hạn, hãy trả lời tại phần việc góp ý", "not yet late: answer in the task itself")
    if _consolidating(work, contribution) is None:
        raise Conflict("Đơn vị chủ trì đã tổng hợp xong, không nhận thêm ý kiến", "the consolidation was sent")
    check_opinion(opinion, by_letter=by_letter)
    contribution.agrees, contribution.text = opinion.agrees, opinion.text.strip()
    contribution.letter_number, contribution.letter_date = opinion.letter_number, opinion.letter_date
    contribution.answered_at, contribution.answered_by = now, user.person_id
    instance = work.instances.get(contribution.instance_id)
    write_record(
        work,
        instance,
        user,
        "answer_late",
        "contribution",
        contribution.id,
        after={"agrees": opinion.agrees},
        text=opinion.text,
        now=now,
    )
    return contribution


def decide_contribution(
    work: Work, contribution_id: UUID, user: User, decision: str, explanation: str, now: datetime
) -> Contribution:
    """Accept an opinion, wholly or partly, or explain why not; may be changed until the consolidation is sent.

    Raises NotFound, NotAllowed, Invalid, Conflict.
    """
    contribution = work.contributions.get(contribution_id)
    task = _consolidating(work, contribution)
    if task is None or task.purpose != "consolidate":
        raise Conflict("Không còn ở bước tổng hợp", "the consolidation is over")
    require(user, "complete", standing(user, task))
    if decision not in DECISIONS:
        raise Invalid("Chọn tiếp thu, tiếp thu một phần hoặc giải trình", f"a decision is one of {DECISIONS}")
    if contribution.answered_at is None:
        raise Conflict("Đơn vị chưa có ý kiến", "there is no answer yet")
    if decision != "accepted" and not explanation.strip():
        raise Invalid("Cần ghi giải trình", "an explanation is needed")
    contribution.decision, contribution.explanation = decision, explanation.strip()
    instance = work.instances.get(contribution.instance_id)
    write_record(
        work,
        instance,
        user,
        "decide",
        "contribution",
        contribution.id,
        after={"decision": decision},
        text=explanation,
        now=now,
    )
    return contribution


def urge_contribution(work: Work, contribution_id: UUID, user: User, now: datetime) -> UUID:
    """Remind a unit that has not answered; at most one notice a day. Gives the unit. Raises NotAllowed, Conflict."""
    contribution = work.contributions.get(contribution_id)
    if contribution.answered_at is not None or contribution.silent_at is not None or contribution.task_id is None:
        raise Conflict("Đơn vị không còn việc góp ý này", "there is nothing to remind of")
    lead = _lead_unit(work, contribution)
    require(user, "remind", relations_to_units(user, (lead,) if lead else ()))
    task = work.user_tasks.get(contribution.task_id)
    for role in ("official", "head"):
        add_notice(
            work,
            kind="soon",
            text=Words(f"{user.name} nhắc góp ý: ", f"{user.name} asks for an opinion: ")
            + work.instances.get(contribution.instance_id).title,
            cause=f"remind:{contribution.id}:{role}:{local_date(now).isoformat()}",
            now=now,
            candidate=candidate_key(task.unit_id or contribution.unit_id, role),
            instance_id=contribution.instance_id,
            task_id=task.id,
        )
    instance = work.instances.get(contribution.instance_id)
    write_record(work, instance, user, "urge", "contribution", contribution.id, now=now)
    return contribution.unit_id


def check_opinion(opinion: Opinion, *, by_letter: bool) -> None:
    """Raise Invalid for a disagreement without words, or a letter without number and date."""
    if not opinion.agrees and not opinion.text.strip():
        raise Invalid("Không thống nhất thì cần ghi ý kiến", "who disagrees says why")
    if by_letter and not (opinion.letter_number and opinion.letter_date):
        raise Invalid("Nhập hộ cần số và ngày văn bản trả lời", "an answer by letter has a number and a date")


def unanswered(contributions: Iterable[Contribution]) -> list[Contribution]:
    """Those of the latest round nobody has answered and that are not yet taken for silence."""
    rows = list(contributions)
    last = max((each.round for each in rows), default=0)
    return [each for each in rows if each.round == last and each.answered_at is None and each.silent_at is None]


def undecided(contributions: Iterable[Contribution]) -> list[Contribution]:
    """Opinions of the latest round that are neither accepted nor explained yet."""
    rows = list(contributions)
    last = max((each.round for each in rows), default=0)
    return [
        each
        for each in rows
        if each.round == last and each.answered_at is not None and each.text.strip() and each.decision is None
    ]


def refuse_undecided(work: Work, task: UserTask) -> None:
    """A consolidation ends when each opinion is accepted or explained. Raises OpinionsUndecided."""
    if task.purpose != "consolidate":
        return
    left = len(undecided(work.contributions.of_instance(task.instance_id)))
    if left:
        raise OpinionsUndecided(
            f"Còn {left} ý kiến chưa tiếp thu hoặc giải trình",
            f"{left} opinions are neither accepted nor explained",
        )


def _consolidating(work: Work, contribution: Contribution) -> UserTask | None:
    """The lead's open task while the inputs of this round are still weighed; before it opens, the unit's own task."""
    if contribution.round < work.contributions.last_round(contribution.instance_id):
        return None
    tasks = work.user_tasks.of_instance(contribution.instance_id)
    asked_at = contribution.sent_at
    later = [each for each in tasks if each.purpose == "consolidate" and each.created_at >= asked_at]
    if later:
        return next((each for each in later if each.closed_at is None), None)
    return next((each for each in tasks if each.purpose == "contribute" and each.closed_at is None), None)


def _answering_unit(work: Work, contribution: Contribution) -> UUID:
    """Whose people answer: the unit's own, or the lead's for a unit asked by letter; as its task was offered."""
    task = work.user_tasks.find(contribution.task_id) if contribution.task_id else None
    return task.unit_id if task is not None and task.unit_id is not None else contribution.unit_id


def _lead_unit(work: Work, contribution: Contribution) -> UUID | None:
    occurrence = work.occurrences.of_instance(contribution.instance_id)
    return None if occurrence is None else work.activities.get(occurrence.activity_id).lead_unit_id
