"""Everything a case's page shows, gathered in one read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.people import User
from domain.periods import label
from domain.rights import Relation, may
from engine.explain import explain_instance
from engine.instances import instance_variables
from office.taking_back import newest_hand_over
from storage.case_steps import latest_steps
from storage.desk import PlanRow, plan_rows
from storage.tables import Comment, Contribution, Document, Incident, Instance, Step, UserTask
from storage.transactions import Work
from web.deeds import ROLE_WORDS
from web.history import Act, history_of
from web.language import said
from web.session import current_now, current_units
from web.step_strip import outlook_of
from web.task_page import in_order

VERBS = ("comment", "add_document", "see_records", "suspend", "resume", "terminate", "retry", "migrate")
SHOWN_STEPS = 200
SHOWN_TYPES = ("userTask", "manualTask", "serviceTask", "sendTask", "businessRuleTask", "callActivity")


@dataclass
class CasePage:
    """One case. `hand_over` is the task whose completion the person can take back; `done`, `active`, `stuck` are
    element ids for the drawing, `counts` how often each ran.
    """

    case: PlanRow
    instance: Instance
    status: str
    sentence: str
    may: Mapping[str, bool]
    open_tasks: Sequence[UserTask]
    steps: Sequence[Step]
    done: Sequence[str]
    active: Sequence[str]
    stuck: Sequence[str]
    counts: Mapping[str, int]
    incidents: Sequence[Incident]
    contributions: Sequence[Contribution]
    documents: Sequence[Document]
    comments: Sequence[Comment]
    acts: Sequence[Act]
    names: Mapping[UUID, str]
    lead_unit_id: UUID | None
    hand_over: UserTask | None

    @property
    def period(self) -> str:
        """The period the case belongs to, as people say it; empty for work done once."""
        return said(label(self.case.period)) if self.case.period else ""

    @property
    def counts_json(self) -> str:
        return json.dumps(self.counts)


def case_page(work: Work, instance_id: UUID, user: User, relations: frozenset[Relation]) -> CasePage:
    """`relations` are those of `user` to the case. Raises NotFound."""
    instance = work.instances.get(instance_id)
    case = plan_rows(work, [instance_id])[instance_id]
    steps = latest_steps(work, instance_id, SHOWN_TYPES, SHOWN_STEPS)
    runs = work.steps.runs(instance_id)
    incidents = work.incidents.open_of_instance(instance_id)
    open_tasks = work.user_tasks.of_instance(instance_id, only_open=True)
    contributions = work.contributions.of_instance(instance_id)
    documents = in_order(work.documents.of_instance(instance_id))
    comments = work.comments.of_instance(instance_id)
    people = {step.by for step in steps} | {task.assignee_id for task in open_tasks}
    people |= {each.created_by for each in documents} | {each.person_id for each in comments}
    people |= {each.answered_by for each in contributions} | {instance.started_by}
    names = work.people.named(person_id for person_id in people if person_id is not None)
    drawn_ids = outlook_of(work, instance.definition_id).elements
    return CasePage(
        case=case,
        instance=instance,
        status="incident" if instance.status == "active" and instance.open_incidents else instance.status,
        sentence=explained(work, instance_id),
        may={verb: may(user, verb, relations) for verb in VERBS},
        open_tasks=open_tasks,
        steps=[step for step in steps if step.element_id in drawn_ids],
        done=[element for element, states in runs.items() if "completed" in states and "active" not in states],
        active=[element for element, states in runs.items() if "active" in states],
        stuck=sorted({each.element_id for each in incidents if each.element_id}),
        counts={element: sum(states.values()) for element, states in runs.items() if sum(states.values()) > 1},
        incidents=incidents,
        contributions=contributions,
        documents=documents,
        comments=comments,
        acts=history_of(work, instance_id, limit=8),
        names=names,
        lead_unit_id=case.lead_unit_id,
        hand_over=newest_hand_over(work, instance_id, user),
    )


def explained(work: Work, instance_id: UUID) -> str:
    """What the case waits for, in one sentence."""
    return f"{said(explain_instance(work, instance_id, place_words, current_now()).sentence.capitalised())}."


def place_words(unit_id: UUID | None, role: str | None) -> str:
    """Who a step is offered to: a unit by its name, with the role when it is not its officials."""
    name = current_units().name(unit_id)
    words = ROLE_WORDS.get(role or "")
    if not name:
        return str(words or "")
    return name if role in (None, "official") else f"{words} ({name})"


def variables_of(work: Work, instance_id: UUID) -> list[tuple[str, str]]:
    """The case's variables as text, by name."""
    found: Mapping[str, Any] = instance_variables(work, instance_id)
    return [(name, json.dumps(found[name], ensure_ascii=False, indent=2, default=str)) for name in sorted(found)]
