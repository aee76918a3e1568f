"""Rút lại: who has just handed over takes it back, as long as nobody has begun what followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.errors import Conflict
from domain.people import User
from domain.rights import may
from domain.words import Words, english_of
from engine.images import sent_with
from engine.standing import standing
from engine.taking_back import CannotTakeBack, opened_tasks, refuse_to_take_back
from office.notices import add_notice
from storage.tables import Completion, Draft, UserTask
from storage.transactions import Work


def can_take_back(work: Work, task: UserTask, user: User) -> bool:
    """Whether `user` may take the completion of `task` back, and nothing stands in the way by now."""
    if task.closed_at is None:
        return False
    completion = work.completions.find(task.instance_id)
    if completion is None or completion.task_id != task.id or not may(user, "take_back", standing(user, task)):
        return False
    try:
        refuse_to_take_back(work, task, work.instances.get(task.instance_id), completion)
        refuse_begun(work, completion, opened_tasks(work, completion))
    except Conflict:
        return False
    return True


def newest_hand_over(work: Work, instance_id: UUID, user: User) -> UserTask | None:
    """The task of the case whose completion `user` can take back."""
    completion = work.completions.find(instance_id)
    task = None if completion is None else work.user_tasks.get(completion.task_id)
    return task if task is not None and can_take_back(work, task, user) else None


def refuse_begun(work: Work, completion: Completion, opened: Sequence[UserTask]) -> None:
    """Raise CannotTakeBack once somebody has a draft of what followed, or somebody else has commented since."""
    drafts = work.drafts.of_tasks([task.id for task in opened]) if opened else ()
    if drafts:
        who = _name(work, drafts[0].person_id)
        name = next(task.name for task in opened if task.id == drafts[0].task_id)
        raise CannotTakeBack(
            f"{who} đã bắt đầu làm “{name}”, không rút lại được nữa", f"{who} has begun to work on “{name}”"
        )
    said = [
        each
        for each in work.comments.since(completion.instance_id, completion.at)
        if each.person_id != completion.person_id
    ]
    if said:
        who = _name(work, said[0].person_id)
        raise CannotTakeBack(
            f"{who} đã trao đổi về việc này, không rút lại được nữa", f"{who} has commented on the case since"
        )


def keep_sent(work: Work, task: UserTask, completion: Completion, now: datetime) -> None:
    """What was sent stands in the form again, as a draft of who sent it."""
    if task.form_key is None:
        return
    work.flush()  # drafts of before are back
    draft = work.drafts.of(task.id, completion.person_id)
    if draft is None:
        draft = work.drafts.add(Draft(task_id=task.id, person_id=completion.person_id))
    draft.variables, draft.saved_at = sent_with(completion), now


def tell_who_looked(work: Work, completion: Completion, cancelled: Sequence[UserTask], now: datetime) -> None:
    """Those who have opened what was handed to them hear that it was taken back; others never knew of it."""
    seen = [task for task in cancelled if task.opened_at is not None]
    if not seen:
        return
    who, title = _name(work, completion.person_id), work.instances.get(completion.instance_id).title
    for task in seen:
        add_notice(
            work,
            kind="taken_back",
            text=Words(
                f"{who} đã rút lại “{task.name}”: {title}", f"{who} took back “{task.name}”: {english_of(title)}"
            ),
            cause=f"taken_back:{task.id}",
            now=now,
            candidate=task.candidate_key,
            instance_id=task.instance_id,
            task_id=task.id,
        )


def _name(work: Work, person_id: UUID) -> str:
    return work.people.named([person_id]).get(person_id, "Tài khoản đã xóa")
