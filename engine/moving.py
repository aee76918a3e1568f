"""A person moves a token: what waits at one element is taken away and goes on at another."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.errors import Conflict, Invalid
from domain.people import User
from domain.rights import require
from engine.cases import taken_out
from engine.models import drawn
from engine.moments import moment
from engine.records import write_record
from storage.tables import Instance
from storage.transactions import Work


def move_token(
    work: Work,
    instance_id: UUID,
    from_element: str,
    to_element: str,
    user: User | None,
    now: datetime,
    *,
    reason: str = "",
) -> Instance:
    """Take the one token that stands at `from_element` away and let it enter `to_element` of the same scope.

    Raises NotFound, NotAllowed, Invalid for an element the drawing does not have, Conflict when no token or several
    stand there, InstanceClosed, InstanceSuspended.
    """
    if user is not None:
        require(user, "move")
    instance = work.instances.locked(instance_id)
    elements = drawn(work, instance.definition_id).elements
    for element in (from_element, to_element):
        if element not in elements:
            raise Invalid(f"Bản vẽ không có phần tử {element}", f"the drawing has no element {element}")
    with taken_out(work, instance_id, now) as case:
        case.move(_token_at(work, instance_id, from_element), to_element, moment(work, now))
    write_record(
        work,
        instance,
        user,
        "move",
        "instance",
        instance_id,
        before={"element_id": from_element},
        after={"element_id": to_element},
        text=reason,
        now=now,
    )
    return instance


def _token_at(work: Work, instance_id: UUID, element_id: str) -> UUID:
    here = [step.id for step in work.steps.of(instance_id) if step.state == "active" and step.element_id == element_id]
    if len(here) != 1:
        raise Conflict(
            f"Ở {element_id} đang có {len(here)} nhánh, cần đúng một",
            f"{len(here)} tokens stand at {element_id}, exactly one is needed",
        )
    return here[0]
