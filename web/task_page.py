"""Everything a task's page shows, gathered in one read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from bpmn.forms import Form, read_form
from domain.people import User
from domain.rights import Relation, may
from engine.instances import instance_variables, task_variables
from office.taking_back import can_take_back
from storage.case_steps import FinishedStep, finished_steps
from storage.desk import HandOver, PlanRow, hand_overs, plan_rows
from storage.tables import Comment, Contribution, Document, Draft, Extension, UserTask
from storage.transactions import Work
from web.deeds import part_of
from web.history import Act, history_of
from web.session import current_units
from web.step_strip import StripStep, next_words, outlook_of, strip_of
from web.words import day_words
from web.written import written_before

VERBS = (
    "claim",
    "release",
    "delegate",
    "assign",
    "complete",
    "save_draft",
    "ask_extension",
    "decide_extension",
    "comment",
    "add_document",
    "urge",
    "see_records",
)
LATEST_ACTS = 6
JUST_BEFORE = timedelta(minutes=2)


@dataclass
class TaskPage:
    """One task with its case; `may` says which verbs are open to the person, `values` what the form shows first,
    `written` what earlier steps wrote, as (label, value).
    """

    task: UserTask
    case: PlanRow
    definition_version: int
    part: str | None
    may: Mapping[str, bool]
    form: Form | None
    values: dict[str, Any]
    variables: Mapping[str, Any]
    draft: Draft | None
    strip: Sequence[StripStep]
    why: str
    then: str
    documentation: str
    contributions: Sequence[Contribution]
    shared_draft: bool
    documents: Sequence[Document]
    comments: Sequence[Comment]
    extensions: Sequence[Extension]
    acts: Sequence[Act]
    names: Mapping[UUID, str]
    written: Sequence[tuple[str, str]]
    may_take_back: bool = False
    products: Sequence[str] = ()
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.task.closed_at is None

    @property
    def return_field(self) -> str | None:
        """The key of the form's decision that has a way back, so that the bar can offer it."""
        if self.form is None:
            return None
        for each in self.form.fields:
            if each.key and each.type in ("radio", "select") and any(o.value == "return" for o in each.options):
                return each.key
        return None


def task_page(work: Work, task_id: UUID, user: User, relations: frozenset[Relation]) -> TaskPage:
    """`relations` are those of `user` to the task. Raises NotFound."""
    task = work.user_tasks.get(task_id)
    case = plan_rows(work, [task.instance_id])[task.instance_id]
    outlook = outlook_of(work, case.definition_id)
    form = form_of(work, task)
    is_open = case.status in ("active", "suspended")
    variables = form_variables(work, task) if is_open and task.closed_at is None else {}
    known = instance_variables(work, task.instance_id) if is_open and task.closed_at else variables
    finished = finished_steps(work, task.instance_id)
    beside = work.user_tasks.of_instance(task.instance_id, only_open=True)
    here = [task, *(each for each in beside if each.element_id == task.element_id and each.id != task.id)]
    contributions = work.contributions.of_instance(task.instance_id)
    documents = in_order(work.documents.of_instance(task.instance_id))
    comments = work.comments.of_instance(task.instance_id)
    extensions = work.extensions.of_task(task.id)
    handed = hand_overs(work, [task.instance_id]).get(task.instance_id)
    people = _people(task, finished, contributions, documents, comments, extensions, handed)
    names = work.people.named(people)
    element = outlook.elements.get(task.element_id)
    draft = work.drafts.of(task.id, user.person_id) if task.closed_at is None else None
    past = {step.element_id for step in finished if step.element_id != task.element_id}
    activity = work.activities.find(case.activity_id) if case.activity_id else None
    return TaskPage(
        task=task,
        case=case,
        definition_version=case.definition_version,
        part=part_of(task, case.lead_unit_id),
        may={verb: may(user, verb, relations) for verb in VERBS},
        form=form,
        values=first_values(form, variables, draft),
        variables=variables,
        draft=draft,
        strip=strip_of(outlook, finished, here, known, names, current_units()),
        why=why_words(task, case, handed, names, contributions, finished),
        then=next_words(outlook, task.element_id, known, past),
        documentation=element.documentation if element else "",
        contributions=contributions,
        shared_draft=task.purpose == "consolidate",
        documents=documents,
        comments=comments,
        extensions=extensions,
        acts=history_of(work, task.instance_id, limit=LATEST_ACTS),
        names=names,
        written=written_before(work, task, variables),
        may_take_back=can_take_back(work, task, user),
        products=tuple(activity.products) if activity else (),
    )


def form_of(work: Work, task: UserTask) -> Form | None:
    """The form of the version the task was opened with; None for a step without one."""
    if task.form_key is None:
        return None
    row = (
        work.forms.version(task.form_key, task.form_version)
        if task.form_version is not None
        else work.forms.newest(task.form_key)
    )
    return None if row is None else read_form(row.schema)


def form_variables(work: Work, task: UserTask) -> dict[str, Any]:
    """What the expressions of a task's form see: its variables, and how many papers its case holds."""
    papers = work.documents.of_instance(task.instance_id)
    return {"documents": len(papers), **task_variables(work, task.id)}


def first_values(form: Form | None, variables: Mapping[str, Any], draft: Draft | None) -> dict[str, Any]:
    """What the form's fields show: the case's variables, the form's own first values, a saved draft, in this order."""
    if form is None:
        return {}
    return {**variables, **form.initial(variables), **(draft.variables if draft else {})}


def why_words(
    task: UserTask,
    case: PlanRow,
    handed: HandOver | None,
    names: Mapping[UUID, str],
    contributions: Sequence[Contribution],
    finished: Iterable[FinishedStep],
) -> str:
    """Why the task stands here: who finished what before it, or that the plan or the calendar opened it."""
    day = day_words(task.created_at)
    is_first = not any(step.ended_at <= task.created_at and step.element_id != task.element_id for step in finished)
    if (
        handed is not None
        and handed.step != task.name
        and task.created_at - JUST_BEFORE <= handed.at <= task.created_at
    ):
        said: str = _(
            "%(who)s làm xong bước “%(step)s” ngày %(day)s, việc chuyển tới đây.",
            who=names.get(handed.person_id, _("Tài khoản đã xóa")),
            step=handed.step,
            day=day_words(handed.at),
        )
    elif is_first and case.number and case.plan_number:
        said = _(
            "Mở ngày %(day)s theo dòng %(number)s của kế hoạch %(plan)s.",
            day=day,
            number=case.number,
            plan=case.plan_number,
        )
    elif is_first and case.plan_id:
        said = _("Mở ngày %(day)s theo kế hoạch năm %(year)s.", day=day, year=case.plan_year)
    else:
        said = _("Hệ thống mở ngày %(day)s theo quy trình “%(name)s”.", day=day, name=case.definition_name)
    if task.purpose == "consolidate" and contributions:
        said += " " + answered_words(contributions)
    return said


def answered_words(contributions: Sequence[Contribution]) -> str:
    """How many units of the latest round have answered."""
    last = max(each.round for each in contributions)
    asked = [each for each in contributions if each.round == last]
    answered = sum(each.answered_at is not None for each in asked)
    return str(_("%(answered)s trên %(asked)s đơn vị đã trả lời.", answered=answered, asked=len(asked)))


def _people(
    task: UserTask,
    steps: Sequence[Any],
    contributions: Sequence[Contribution],
    documents: Sequence[Document],
    comments: Sequence[Comment],
    extensions: Sequence[Extension],
    handed: HandOver | None,
) -> set[UUID]:
    found = {task.assignee_id, task.closed_by, task.delegated_by, handed.person_id if handed else None}
    found |= {step.by for step in steps} | {each.answered_by for each in contributions}
    found |= {each.created_by for each in documents} | {each.person_id for each in comments}
    found |= {who for each in extensions for who in (each.asked_by, each.decided_by)}
    return {person_id for person_id in found if person_id is not None}


def in_order(documents: Sequence[Document]) -> list[Document]:
    """Papers by when they were saved; of two saved at once the later version last."""
    return sorted(documents, key=lambda document: (document.created_at, document.version))
