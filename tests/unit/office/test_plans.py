"""A document becomes a draft that people review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.errors import Conflict, DocumentUnreadable, Invalid, NotAllowed
from domain.plans import Activity as ReadActivity
from office.activities import add_activity, bind_name, edit_activity, remove_activity, settle_doubt, split_activity
from office.doubts import open_doubts
from office.parts import parts_of
from office.plans import create_draft, edit_plan
from office.readiness import ready_to_start
from office.units_binding import binder
from storage.tables import Activity, Plan
from storage.transactions import Work, reading, run_command
from tests.unit.office.conftest import NOW, TODAY, Office

DOCUMENT = """UBND TỈNH YÊN HÀ
SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG

Số: 12/KH-SNNMT

Yên Hà, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Cải cách hành chính năm 2026

I. NỘI DUNG

| STT | Nhiệm vụ | Sản phẩm | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian |
|---|---|---|---|---|---|
| 1 | Kế hoạch kiểm tra | Tờ trình UBND tỉnh | Văn phòng Sở | Phòng Tổ chức cán bộ; Sở Nội vụ | Trước ngày 31/3/2026 |
| 2 | Báo cáo cải cách | Báo cáo | Phòng Tổ chức cán bộ | Các phòng chuyên môn, đơn vị thuộc Sở | Hàng quý, năm |
| 3 | Công khai thủ tục hành chính | Thủ tục được công khai | Thanh tra Sở |  | Thường xuyên |
| 4 | Tập huấn nghiệp vụ | Lớp tập huấn | Phòng Tài nguyên và Khoáng sản nước |  | Tháng 6/2026 |
| 5 | Triển khai phần mềm | Văn bản | Văn phòng Sở |  | Khi có hướng dẫn của Bộ |
"""


@pytest.fixture
def plan(office: Office) -> Plan:
    return run_command(
        office.database, lambda work: create_draft(work, DOCUMENT.encode(), "ke-hoach.txt", office.user("ngocntb"), NOW)
    )


def rows(office: Office, plan: Plan) -> list[Activity]:
    with reading(office.database) as work:
        found = list(work.activities.of_plan(plan.id))
        work.session.expunge_all()
    return found


def test_a_document_becomes_a_draft_with_units_and_due_days(office: Office, plan: Plan) -> None:
    found = rows(office, plan)
    assert [row.number for row in found] == ["1", "2", "3", "4", "5"]
    assert [row.definition_key for row in found] == ["activity", "periodic", "standing", "simple", "awaits"]
    assert found[0].lead_unit_id == office.units["VP"]
    assert found[0].due_date == date(2026, 3, 30)
    assert "trước ngày đó" in found[0].due_explanation
    assert (plan.number, plan.year, plan.issued_on) == ("12/KH-SNNMT", 2026, date(2026, 1, 5))


def test_what_a_unit_does_besides_is_noted_in_its_share(office: Office) -> None:
    document = DOCUMENT.replace(
        "| Phòng Tổ chức cán bộ; Sở Nội vụ |", "| Phòng Tổ chức cán bộ theo dõi, đôn đốc; Sở Nội vụ |"
    )
    user = office.user("ngocntb")
    plan = run_command(office.database, lambda w: create_draft(w, document.encode(), "k.txt", user, NOW))
    with reading(office.database) as work:
        first = work.activities.of_plan(plan.id)[0]
        shares = parts_of(first, binder(work, NOW.date()), office.units["VP"])
    noted = {share.unit_id: share.note for share in shares}
    assert noted == {
        office.units["VP"]: "", office.units["TCCB"]: "Theo dõi, đôn đốc", office.units["SNV"]: "",
    }  # fmt: skip


def test_only_who_plans_may_upload(office: Office) -> None:
    with pytest.raises(NotAllowed):
        run_command(
            office.database, lambda work: create_draft(work, DOCUMENT.encode(), "k.txt", office.user("maint"), NOW)
        )


def test_what_is_no_plan_is_refused(office: Office) -> None:
    with pytest.raises(DocumentUnreadable):
        run_command(office.database, lambda work: create_draft(work, b"Xin chao", "k.txt", office.user("ngocntb"), NOW))


def test_a_name_that_is_only_like_a_unit_blocks_until_a_person_says_which(office: Office, plan: Plan) -> None:
    like = rows(office, plan)[3]
    doubt = open_doubts(like)[0]
    assert doubt["suggestion"] == {"unit": str(office.units["TNN"])}
    assert like.lead_unit_id is None
    user = office.user("ngocntb")
    settled = run_command(
        office.database,
        lambda work: bind_name(work, plan.id, doubt["name"], user, NOW, unit_id=office.units["TNN"]),
    )
    assert settled == 1
    like = rows(office, plan)[3]
    assert open_doubts(like) == []
    assert like.lead_unit_id == office.units["TNN"]
    again = run_command(office.database, lambda work: create_draft(work, DOCUMENT.encode(), "k.txt", user, NOW))
    assert open_doubts(rows(office, again)[3]) == []


def test_a_changed_time_is_read_again_and_dates_the_row_anew(office: Office, plan: Plan) -> None:
    row, user = rows(office, plan)[3], office.user("ngocntb")
    changed = run_command(
        office.database,
        lambda work: edit_activity(work, row.id, {"timing_raw": "Quý III/2026"}, row.version, user, NOW),
    )
    assert changed.timing == [{"kind": "quarter", "quarter": "2026-Q3"}]
    assert changed.due_date == date(2026, 9, 30)
    assert changed.timing_raw == "Quý III/2026"


def test_a_changed_lead_is_bound_again(office: Office, plan: Plan) -> None:
    row, user = rows(office, plan)[3], office.user("ngocntb")
    changes = {"lead_raw": "- Chi cục Thủy lợi - Thanh tra Sở"}
    changed = run_command(office.database, lambda work: edit_activity(work, row.id, changes, row.version, user, NOW))
    assert changed.lead == ["Chi cục Thủy lợi", "Thanh tra Sở"]
    assert changed.lead_unit_id == office.units["CCTL"]
    assert open_doubts(changed) == []


def test_a_process_chosen_by_a_person_stays_with_the_persons_name(office: Office, plan: Plan) -> None:
    row, user = rows(office, plan)[3], office.user("ngocntb")
    changed = run_command(
        office.database,
        lambda work: edit_activity(work, row.id, {"definition_key": "activity"}, row.version, user, NOW),
    )
    assert (changed.definition_key, changed.definition_reason) == ("activity", f"{user.name} chọn")


def test_the_second_of_two_who_edit_a_row_is_told(office: Office, plan: Plan) -> None:
    row, user = rows(office, plan)[0], office.user("ngocntb")
    run_command(office.database, lambda work: edit_activity(work, row.id, {"task": "A"}, row.version, user, NOW))
    with pytest.raises(Conflict, match="người khác sửa"):
        run_command(office.database, lambda work: edit_activity(work, row.id, {"task": "B"}, row.version, user, NOW))


def test_a_row_without_a_task_or_with_a_cell_that_is_none_is_refused(office: Office, plan: Plan) -> None:
    row, user = rows(office, plan)[0], office.user("ngocntb")
    for changes in ({"task": "  "}, {"state": "closed"}):
        with pytest.raises(Invalid):
            run_command(office.database, lambda work, c=changes: edit_activity(work, row.id, c, row.version, user, NOW))


def test_a_time_that_cannot_be_told_is_settled_by_name_and_a_missing_lead_is_not(office: Office, plan: Plan) -> None:
    user = office.user("ngocntb")
    added = run_command(
        office.database, lambda work: add_activity(work, plan.id, ReadActivity(task="Việc thêm"), user, NOW)
    )
    fields = [doubt["field"] for doubt in added.doubts]
    assert sorted(fields) == ["lead", "timing"]
    settled = run_command(
        office.database, lambda work: settle_doubt(work, added.id, fields.index("timing"), added.version, user, NOW)
    )
    assert settled.doubts[fields.index("timing")]["settled_by"] == str(user.person_id)
    with pytest.raises(Conflict, match="chọn đơn vị"):
        run_command(
            office.database, lambda work: settle_doubt(work, added.id, fields.index("lead"), settled.version, user, NOW)
        )


def test_rows_are_put_between_others_for_ever(office: Office, plan: Plan) -> None:
    user, first = office.user("ngocntb"), rows(office, plan)[0]
    row = replace(ReadActivity(task=""), lead=("Văn phòng Sở",))
    for number in range(14):
        added = replace(row, task=f"Việc {number}")
        run_command(office.database, lambda work, a=added: add_activity(work, plan.id, a, user, NOW, after=first.id))
    tasks = [each.task for each in rows(office, plan)]
    assert tasks[1:15] == [f"Việc {number}" for number in reversed(range(14))]
    assert len(tasks) == 19


def test_a_row_splits_into_several_with_the_same_cells_and_can_be_taken_out(office: Office, plan: Plan) -> None:
    user, first = office.user("ngocntb"), rows(office, plan)[0]
    run_command(
        office.database, lambda work: split_activity(work, first.id, ["Một", "Hai", "Ba"], first.version, user, NOW)
    )
    found = rows(office, plan)
    assert [row.task for row in found[:3]] == ["Một", "Hai", "Ba"]
    assert {row.due_date for row in found[:3]} == {date(2026, 3, 30)}
    assert len(found) == 7
    run_command(office.database, lambda work: remove_activity(work, found[1].id, found[1].version, user, NOW))
    assert [row.task for row in rows(office, plan)[:2]] == ["Một", "Ba"]


def test_another_year_dates_every_row_anew(office: Office, plan: Plan) -> None:
    user = office.user("ngocntb")
    run_command(office.database, lambda work: edit_plan(work, plan.id, user, NOW, version=plan.version, year=2027))
    assert rows(office, plan)[1].due_date == date(2027, 12, 20)


def test_a_draft_says_why_it_may_not_start(office: Office, plan: Plan) -> None:
    def reasons(work: Work) -> list[str]:
        return [reason.text for reason in ready_to_start(work, work.plans.get(plan.id), TODAY)]

    with reading(office.database) as work:
        found = reasons(work)
    assert any("có phải là “Phòng Tài nguyên nước và khoáng sản”" in text for text in found)
    assert any("chưa được phát hành" in text for text in found)
    assert not any("văn thư" in text for text in found)
