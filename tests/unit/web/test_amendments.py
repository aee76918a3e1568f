"""Amending a running plan by a later version of its document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from storage.tables import Activity, Occurrence, Record
from storage.transactions import reading
from tests.unit.web.conftest import DRAFTED, Browser, Office, opened_office
from tests.unit.web.plan_paper import clear_paper, rows, started, words

COME = "| 1 | Kiểm tra các chi cục | Biên bản | Văn phòng Sở | | Tháng 9/2026 |\n"
LATER = (
    clear_paper(4)
    .replace("| 1 | Việc số 1 |", COME + "| 2 | Việc số 1 |")
    .replace("| 2 | Việc số 2 | Văn bản | Phòng Quan trắc và Thống kê | Văn phòng Sở | Tháng 6/2026 |\n", "")
    .replace("| 3 | Việc số 3 | Văn bản | Văn phòng Sở | Phòng Tổ chức và Pháp chế | Tháng 7/2026 |",
             "| 3 | Việc số 3 | Văn bản | Văn phòng Sở | Phòng Tổ chức và Pháp chế | Tháng 10/2026 |")
    .replace("| 4 | Việc số 4 | Văn bản | Phòng Tổ chức và Pháp chế |", "| 4 | Việc số 4 | Văn bản | Văn phòng Sở |")
)  # fmt: skip
DECIDED = {"number": "45/QĐ-SNNMT", "dated": "2026-03-11"}


def upload_later(browser: Browser, plan_id: UUID, paper: str = LATER) -> UUID:
    browser.get(f"/plans/{plan_id}/amendments")
    answer = browser.post(
        f"/plans/{plan_id}/amendments",
        {"file": (BytesIO(paper.encode()), "dieu-chinh.txt")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303, words(answer.text)
    return UUID(answer.headers["Location"].rsplit("/", 1)[1])


def apply(browser: Browser, address: str, **more: str) -> TestResponse:
    """Choose to apply everything but what `more` says otherwise, as the page offers it."""
    page = browser.get(address).text
    names = [piece.split('"')[0] for piece in page.split('type="radio" name="')[1:]]
    offered = {name: "apply" if f'name="{name}" value="apply"' in page else "keep" for name in names}
    digest = page.split('name="digest" value="')[1].split('"')[0]
    return browser.post(address, {"digest": digest, **DECIDED, **offered, **more})


def occurrences(office: Office, activity_id: UUID) -> list[Occurrence]:
    with reading(office.system.database) as work:
        return list(work.occurrences.of_activity(activity_id))


def deeds(office: Office, noun_id: UUID) -> list[tuple[Record, str]]:
    with reading(office.system.database) as work:
        found = work.session.scalars(select(Record).where(Record.noun_id == str(noun_id))).all()
        texts = work.records.texts(found)
        return [(record, texts.get(record.id, "")) for record in found]


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """The office on both kinds of database: amending writes much at once."""
    with opened_office(database_url, tmp_path) as made:
        yield made


@pytest.fixture
def plan_id(office: Office) -> UUID:
    return started(office, clear_paper(4))


def test_the_two_versions_stand_side_by_side(office: Office, plan_id: UUID) -> None:
    leader = office.sign_in("nhuan")
    later_id = upload_later(leader, plan_id)
    page = words(leader.get(f"/plans/{plan_id}/amendments/{later_id}").text)
    for said in ("Dòng bị bỏ (1)", "Dòng thêm mới (1)", "Dòng thay đổi (2)", "Dòng chỉ đổi số thứ tự (1)"):
        assert said in page
    assert "Tháng 7/2026 (hạn 31/7/2026)" in page
    assert "Tháng 10/2026 (hạn 30/10/2026)" in page
    assert "1 hồ sơ đang chạy dừng lại, lịch sử được giữ." in page


def test_one_step_applies_what_was_chosen(office: Office, plan_id: UUID) -> None:
    before = rows(office, plan_id)
    leader = office.sign_in("nhuan")
    later_id = upload_later(leader, plan_id)
    answer = apply(leader, f"/plans/{plan_id}/amendments/{later_id}")
    assert answer.status_code == 303, words(answer.text)
    office.system.tick()
    with reading(office.system.database) as work:
        after = list(work.activities.of_plan(plan_id))
        batch = work.batches.of_subject(plan_id)[0]
        states = {row.id: row.state for row in after}
        (kept,) = occurrences(office, before["1"].id)
        (moved,) = occurrences(office, before["3"].id)
        (ended,) = occurrences(office, before["2"].id)
        case = work.instances.get(ended.instance_id) if ended.instance_id else None
    assert (batch.failed, batch.state) == (0, "finished")
    running = [row for row in after if row.state == "started"]
    assert [(row.number, row.task) for row in running] == [
        ("1", "Kiểm tra các chi cục"),
        ("2", "Việc số 1"),
        ("3", "Việc số 3"),
        ("4", "Việc số 4"),
    ]
    assert states[before["1"].id] == "started"
    assert kept.instance_id is not None
    assert kept.closed_at is None
    assert moved.due_date == date(2026, 10, 30)
    assert moved.instance_id == occurrences(office, before["3"].id)[0].instance_id
    assert states[before["2"].id] == states[before["4"].id] == "cancelled"
    assert case is not None
    assert case.status == "terminated"
    assert running[3].id != before["4"].id
    assert running[3].lead == ["Văn phòng Sở"]
    page = words(leader.get(f"/plans/{plan_id}/amendments").text)
    assert "Văn bản số 45/QĐ-SNNMT ngày 11/3/2026" in page
    assert "5 thay đổi đã áp dụng, 0 giữ như cũ" in page
    record, text = next(each for each in deeds(office, before["2"].id) if each[0].verb == "cancel")
    assert text == "Theo văn bản số 45/QĐ-SNNMT ngày 11/03/2026"
    assert record.person_id == office.people["nhuan"]


def test_what_is_kept_stays_as_it_was(office: Office, plan_id: UUID) -> None:
    before = rows(office, plan_id)
    leader = office.sign_in("nhuan")
    later_id = upload_later(leader, plan_id)
    page = leader.get(f"/plans/{plan_id}/amendments/{later_id}").text
    names = {piece.split('"')[0] for piece in page.split('type="radio" name="')[1:]}
    answer = apply(leader, f"/plans/{plan_id}/amendments/{later_id}", **dict.fromkeys(names, "keep"))
    assert answer.status_code == 303
    office.system.tick()
    after = rows(office, plan_id)
    assert {number: (row.id, row.task, row.state) for number, row in after.items()} == {
        number: (row.id, row.task, row.state) for number, row in before.items()
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"number": " "}, "Cần ghi số văn bản quyết định điều chỉnh"),
        ({"dated": ""}, "Cần ghi ngày của văn bản quyết định điều chỉnh"),
        ({"dated": "2026-12-01"}, "của văn bản chưa tới"),
        ({"row-renumbered": ""}, "Còn dòng chưa chọn"),
        ({"digest": "0" * 32}, "Kế hoạch vừa có thay đổi khác"),
    ],
)
def test_nothing_is_applied_without_a_document_a_choice_and_the_present_rows(
    office: Office, plan_id: UUID, given: dict[str, str], said: str
) -> None:
    leader = office.sign_in("nhuan")
    later_id = upload_later(leader, plan_id)
    answer = apply(leader, f"/plans/{plan_id}/amendments/{later_id}", **given)
    assert answer.status_code in (409, 422)
    assert said in words(answer.text)
    with reading(office.system.database) as work:
        assert all(each.kind != "amend_plan" for each in work.batches.of_subject(plan_id))


def test_a_clerk_applies_all_but_what_ends_running_work(office: Office, plan_id: UUID) -> None:
    before = rows(office, plan_id)
    clerk = office.sign_in("hac")
    later_id = upload_later(clerk, plan_id)
    address = f"/plans/{plan_id}/amendments/{later_id}"
    assert "Chỉ lãnh đạo Sở được hủy dòng đang chạy" in words(clerk.get(address).text)
    forced = apply(clerk, address, **{f"row-{before['2'].id.hex}": "apply"})
    assert forced.status_code == 409
    assert apply(clerk, address).status_code == 303
    office.system.tick()
    after = {row.id: row.state for row in rows(office, plan_id).values()}
    with reading(office.system.database) as work:
        assert work.activities.get(before["2"].id).state == "started"
        assert work.activities.get(before["4"].id).state == "started"
    assert len(after) == 4 + 1 - 1  # the new row shares its number with the one kept


def test_officials_do_not_amend_and_later_versions_do_not_start(office: Office, plan_id: UUID) -> None:
    leader, official = office.sign_in("nhuan"), office.sign_in("lua")
    later_id = upload_later(leader, plan_id)
    assert official.get(f"/plans/{plan_id}/amendments").status_code == 403
    assert official.get(f"/plans/{plan_id}/amendments/{later_id}").status_code == 403
    assert "bản điều chỉnh của một kế hoạch đang thực hiện" in words(leader.get(f"/plans/{later_id}/start").text)
    assert "So với bản trước" in words(leader.get(f"/reviews/{later_id}").text)


def test_a_row_not_yet_clear_waits_for_its_review(office: Office, plan_id: UUID) -> None:
    leader = office.sign_in("nhuan")
    unclear = LATER.replace("| Biên bản | Văn phòng Sở |", "| Biên bản | Tổ số hóa liên ngành |")
    later_id = upload_later(leader, plan_id, unclear)
    page = words(leader.get(f"/plans/{plan_id}/amendments/{later_id}").text)
    assert "Chưa rõ khi rà soát" in page
    assert "1 dòng mới còn chỗ chưa rõ" in page


def test_what_was_read_beside_the_rows_is_decided_before_anything_is_applied(office: Office, plan_id: UUID) -> None:
    leader = office.sign_in("nhuan")
    later_id = upload_later(leader, plan_id, LATER.replace("Số: 18/KH-SNNMT", "Số:       /KH-SNNMT"))
    address = f"/plans/{plan_id}/amendments/{later_id}"
    assert "1 điều cần xem chưa có người quyết định" in words(leader.get(address).text)
    refused = apply(leader, address)
    assert refused.status_code == 409
    assert "Chưa thể áp dụng" in words(refused.text)
    leader.post(f"/reviews/{later_id}/items", {"item": "warnings:rest", "choice": "kept"})
    assert apply(leader, address).status_code == 303


def test_the_same_version_again_differs_in_nothing(office: Office, plan_id: UUID) -> None:
    leader = office.sign_in("nhuan")
    later_id = upload_later(leader, plan_id, clear_paper(4))
    assert "Hai bản giống nhau" in words(leader.get(f"/plans/{plan_id}/amendments/{later_id}").text)


def amended(office: Office, plan_id: UUID, paper: str) -> dict[str, Activity]:
    """The plan's rows by number after a leader applied all of `paper`."""
    leader = office.sign_in("nhuan")
    later_id = upload_later(leader, plan_id, paper)
    answer = apply(leader, f"/plans/{plan_id}/amendments/{later_id}")
    assert answer.status_code == 303, words(answer.text)
    office.system.tick()
    with reading(office.system.database) as work:
        batch = work.batches.of_subject(plan_id)[0]
        assert not batch.failed, [item.error for item in work.batches.items(batch.id, state="failed")]
    return rows(office, plan_id)


def test_a_case_that_has_not_asked_yet_asks_the_units_of_the_later_version(office: Office, plan_id: UUID) -> None:
    helping = "| Văn phòng Sở | Phòng Tổ chức và Pháp chế | Tháng 7/2026 |"
    after = amended(
        office,
        plan_id,
        clear_paper(4).replace(helping, helping.replace("Phòng Tổ chức và Pháp chế", "Phòng Quan trắc và Thống kê")),
    )
    row = after["3"]
    (occurrence,) = occurrences(office, row.id)
    assert occurrence.instance_id is not None
    with reading(office.system.database) as work:
        shares = {share.unit_id: share.status for share in work.assignments.of_activity(row.id)}
    assert shares[office.units["TC"]] == "recalled"
    assert shares[office.units["QT"]] == "new"
    clerk = office.sign_in("hac")
    task = office.task(occurrence.instance_id)
    clerk.get(f"/tasks/{task.id}")
    clerk.post(f"/tasks/{task.id}/claim")
    administrator = office.sign_in("quantri")
    assert administrator.post(f"/tasks/{task.id}/complete", DRAFTED).status_code == 303
    asked = {each.unit_id for each in office.tasks(occurrence.instance_id) if each.purpose == "contribute"}
    assert asked == {office.units["QT"]}


def test_a_row_that_becomes_quarterly_gets_its_periods(office: Office) -> None:
    paper = clear_paper(2).replace("Tháng 5/2026", "Hàng quý")
    plan_id = started(office, paper)
    before = occurrences(office, rows(office, plan_id)["1"].id)
    assert len(before) == 4
    after = amended(office, plan_id, paper.replace("Hàng quý", "Định kỳ 6 tháng/lần"))
    found = {each.period: each for each in occurrences(office, after["1"].id)}
    still_open = {period for period, each in found.items() if each.closed_at is None}
    assert {"2026-H1", "2026-H2"} <= still_open
    assert found["2026-Q4"].outcome == "cancelled"
    begun = next(each for each in before if each.instance_id is not None)
    assert found[begun.period].closed_at is None
    assert after["1"].id == before[0].activity_id


def test_a_moved_row_goes_to_its_new_place(office: Office, plan_id: UUID) -> None:
    before = rows(office, plan_id)
    lines = clear_paper(4).splitlines(keepends=True)
    first = next(index for index, line in enumerate(lines) if line.startswith("| 1 |"))
    lines.insert(first, lines.pop(first + 3))
    after = amended(office, plan_id, "".join(lines))
    assert [row.id for row in after.values()] == [before[number].id for number in ("4", "1", "2", "3")]
    assert {row.state for row in after.values()} == {"started"}
