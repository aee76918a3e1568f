"""Acts are chained: what is changed, left out or put in between is found; an erased text breaks nothing."""

from __future__ import annotations

from typing import Any

import pytest

from engine.records import verify_chain, write_record
from storage.tables import Record, RecordText
from storage.transactions import Work, reading, run_command
from tests.unit.engine.conftest import NOW, OFFICIAL, UNIT, Engine

LATER = NOW.replace(hour=9)


@pytest.fixture
def case(engine: Engine) -> Any:
    """A case with five acts."""
    started = engine.start("two_steps")

    def act(work: Work) -> None:
        instance = work.instances.get(started)
        for number in range(3):
            write_record(
                work,
                instance,
                OFFICIAL,
                "extend",
                "user_task",
                UNIT,
                before={"due": number},
                after={"due": number + 1},
                text=f"lý do {number}",
                now=NOW,
            )

    run_command(engine.database, act)
    engine.do(started, "draft")
    return started


def breaks(engine: Engine, case: Any) -> list[tuple[int, str]]:
    with reading(engine.database) as work:
        return [(one.position, one.message) for one in verify_chain(work, work.instances.get(case))]


def records(work: Work, case: Any) -> list[Record]:
    return list(work.records.of_instance(case))


def test_an_untouched_chain_is_whole(engine: Engine, case: Any) -> None:
    assert breaks(engine, case) == []
    with reading(engine.database) as work:
        found = records(work, case)
        assert [record.position for record in found] == [1, 2, 3, 4, 5]
        assert [record.verb for record in found] == ["start", "extend", "extend", "extend", "complete"]
        assert set(work.records.texts(found).values()) == {"lý do 0", "lý do 1", "lý do 2"}


@pytest.mark.parametrize(
    ("column", "value"),
    [("verb", "complete"), ("person_id", UNIT), ("after", {"due": 99}), ("at", LATER), ("noun_id", "x")],
)
def test_a_changed_fact_is_found(engine: Engine, case: Any, column: str, value: Any) -> None:
    run_command(engine.database, lambda work: setattr(records(work, case)[2], column, value))
    assert breaks(engine, case) == [(3, "its facts were changed")]


def test_a_rewritten_record_with_a_fitting_hash_breaks_the_next(engine: Engine, case: Any) -> None:
    from engine.records import record_hash

    def forge(work: Work) -> None:
        forged = records(work, case)[2]
        forged.verb = "forged"
        forged.hash = record_hash(forged)

    run_command(engine.database, forge)
    assert breaks(engine, case) == [(4, "does not follow from the record before")]


def test_a_record_left_out_is_found(engine: Engine, case: Any) -> None:
    def leave_out(work: Work) -> None:
        gone = records(work, case)[2]
        work.session.delete(work.session.get_one(RecordText, gone.id))
        work.flush()
        work.records.delete(gone)

    run_command(engine.database, leave_out)
    assert (3, "does not follow from the record before") in breaks(engine, case)


def test_the_end_cut_off_is_found(engine: Engine, case: Any) -> None:
    run_command(engine.database, lambda work: work.records.delete(records(work, case)[-1]))
    assert breaks(engine, case) == [(4, "the case counts 5 records, there are 4")]


def test_a_changed_text_is_found_and_an_erased_one_is_not_missed(engine: Engine, case: Any) -> None:
    def change(work: Work) -> None:
        work.session.get_one(RecordText, records(work, case)[1].id).text = "lý do khác"

    run_command(engine.database, change)
    assert breaks(engine, case) == [(2, "its text was changed")]

    def erase(work: Work) -> None:
        work.session.delete(work.session.get_one(RecordText, records(work, case)[1].id))

    run_command(engine.database, erase)
    assert breaks(engine, case) == []


def test_an_act_outside_any_case_stands_alone(engine: Engine) -> None:
    def act(work: Work) -> Record:
        return write_record(work, None, OFFICIAL, "sign_in", "person", OFFICIAL.person_id, now=NOW)

    first, second = run_command(engine.database, act), run_command(engine.database, act)
    assert (first.position, second.position) == (1, 1)
    assert first.hash != second.hash
