"""Cases in a command: taken out, changed, saved by difference; what they throw is delivered in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from domain.errors import Conflict, InstanceClosed, Invalid
from domain.text import fold
from engine.checking import check_state, is_checking
from engine.live import drop, keep_afterwards, take
from engine.models import current_bindings, model_of
from engine.moments import moment
from engine.routing import Receiver, receivers
from engine.running import Live, running
from engine.spiff.case import Case, Thrown
from engine.writing import is_empty, write_changes
from storage.tables import Definition, Instance
from storage.transactions import Work

MOST_DELIVERIES = 1_000  # in one command; more is a message that runs in circles


class InstanceSuspended(Conflict):
    """The instance was suspended and has to be resumed first."""


@contextmanager
def taken_out(work: Work, instance_id: UUID, now: datetime) -> Iterator[Case]:
    """The live case, for the length of the block; saved by difference at the end of the outermost one.

    Raises NotFound, InstanceClosed, InstanceSuspended.
    """
    live = take(work, instance_id)
    refuse_unless_active(live.instance)
    with holding(work, live, now):
        yield live.case


@contextmanager
def holding(work: Work, live: Live, now: datetime) -> Iterator[None]:
    """Hold a case whatever its status, and save it at the end of the outermost block."""
    live.depth += 1
    try:
        yield
        if live.depth == 1:
            _save(work, live, now)
    except BaseException:
        drop(work, live)
        raise
    finally:
        live.depth -= 1
    if live.depth == 0:
        _deliver_thrown(work, now)


def refuse_unless_active(instance: Instance) -> None:
    """Raises InstanceClosed, InstanceSuspended."""
    if instance.status == "suspended":
        raise InstanceSuspended("Công việc đang tạm dừng", "the instance is suspended")
    if instance.status != "active":
        raise InstanceClosed("Công việc đã kết thúc", "the instance has ended")


def begin(
    work: Work,
    definition: Definition,
    process_id: str,
    variables: Mapping[str, Any],
    now: datetime,
    *,
    start_event: str | None = None,
    business_key: str | None = None,
    title: str = "",
    started_by: UUID | None = None,
) -> Instance:
    """Start a case and run it to its first waits. Raises Invalid when called in circles."""
    bindings = current_bindings(work, definition.id)
    model = model_of(work, definition.id, bindings)
    title = title or definition.name
    instance = Instance(
        id=uuid4(),
        definition_id=definition.id,
        process_id=process_id,
        title=title,
        title_folded=fold(title),
        business_key=business_key,
        status="active",
        revision=1,
        head={},
        bindings=bindings,
        open_incidents=0,
        started_at=now,
        started_by=started_by,
        record_count=0,
        record_hash="",
    )
    case = Case.start(model, process_id, variables, moment(work, now), start_event=start_event)
    work.instances.add(instance)
    work.flush()  # its tokens refer to it
    live = Live(instance, case)
    running(work).cases[instance.id] = live
    running(work).held.add(instance.id)
    running(work).revised.add(instance.id)
    keep_afterwards(work, live)
    with holding(work, live, now):
        pass
    return instance


def throw(work: Work, source: UUID | None, thrown: Thrown, now: datetime) -> int:
    """Deliver a message or signal, and whatever is thrown because of it; how many received the first."""
    found = receivers(work, source, thrown)
    for receiver in found:
        _hand_over(work, receiver, thrown, now)
    _deliver_thrown(work, now)
    return len(found)


def _save(work: Work, live: Live, now: datetime) -> None:
    changed = False
    while not is_empty(changes := live.case.take_changes()):
        write_changes(work, live, changes, now)
        running(work).thrown.extend((live.instance.id, thrown) for thrown in changes.thrown)
        changed = True
    if changed and is_checking():
        check_state(work, live)


def _deliver_thrown(work: Work, now: datetime) -> None:
    """Deliver what waits, first come first served; only the outermost call does, so that chains need no stack."""
    state = running(work)
    if state.routing:
        return
    state.routing = True
    try:
        while state.thrown:
            source, thrown = state.thrown.popleft()
            work.flush()  # receivers are found among the waits written so far
            for receiver in receivers(work, source, thrown):
                _hand_over(work, receiver, thrown, now)
    finally:
        state.routing = False


def _hand_over(work: Work, receiver: Receiver, thrown: Thrown, now: datetime) -> None:
    state = running(work)
    state.delivered += 1
    if state.delivered > MOST_DELIVERIES:
        raise Invalid(
            f"“{thrown.name}” chạy vòng: đã chuyển quá {MOST_DELIVERIES} lần trong một lệnh",
            f"{thrown.name!r} runs in circles: delivered more than {MOST_DELIVERIES} times in one command",
        )
    if receiver.definition_id is not None:
        definition = work.definitions.get(receiver.definition_id)
        begin(work, definition, receiver.process_id, thrown.variables, now, start_event=receiver.element_id)
        return
    assert receiver.instance_id is not None
    assert receiver.token_id is not None
    with taken_out(work, receiver.instance_id, now) as case:
        case.deliver(receiver.token_id, thrown.name, thrown.variables, moment(work, now))
