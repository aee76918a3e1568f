"""A plan written as a paper, and rows pasted into a draft."""

from __future__ import annotations

import io

import docx
import pytest

from plans.reader import read_plan
from tests.unit.web.conftest import Office
from tests.unit.web.plan_paper import clear_paper, rows, started, upload, words


@pytest.mark.parametrize("kind", ["docx", "xlsx", "txt"])
def test_a_running_plan_is_written_and_reads_in_again(office: Office, kind: str) -> None:
    plan_id = started(office, clear_paper(3))
    answer = office.sign_in("lua").get(f"/plans/{plan_id}/write.{kind}")
    assert answer.status_code == 200
    assert f"18-KH-SNNMT.{kind}" in answer.headers["Content-Disposition"]
    read = read_plan(answer.data, f"ke-hoach.{kind}")
    assert [row.task for row in read.activities] == [row.task for row in rows(office, plan_id).values()]
    assert read.plan.number == "18/KH-SNNMT"


def test_a_draft_is_written_for_signature(office: Office) -> None:
    clerk = office.sign_in("hac")
    plan_id = upload(clerk, clear_paper(2))
    answer = clerk.get(f"/plans/{plan_id}/write.docx")
    text = "\n".join(
        cell.text for table in docx.Document(io.BytesIO(answer.data)).tables for row in table.rows for cell in row.cells
    )
    assert "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG" in text
    assert "Trần Văn Mẫu" in text


def test_rows_pasted_from_a_sheet_become_rows_and_can_be_taken_back(office: Office) -> None:
    clerk = office.sign_in("hac")
    plan_id = upload(clerk, clear_paper(2))
    assert "Các ô đã chép" in words(clerk.get(f"/reviews/{plan_id}/rows/paste").text)
    cells = "8\tViệc dán thêm\tBáo cáo\tVăn phòng Sở\t\tQuý III\n9\tViệc dán nữa\t\tTổ lạ\t\tTháng 9"
    after = rows(office, plan_id)["1"].id
    answer = clerk.post(f"/reviews/{plan_id}/rows/paste", {"rows": cells, "after": str(after)})
    assert answer.status_code == 303, words(answer.text)
    assert list(rows(office, plan_id)) == ["1", "8", "9", "2"]
    assert any(doubt.get("name") == "Tổ lạ" for doubt in rows(office, plan_id)["9"].doubts)
    page = clerk.get(f"/reviews/{plan_id}").text
    change = page.split('name="change" value="')[1].split('"')[0]
    clerk.post(f"/reviews/{plan_id}/undo", {"change": change})
    assert list(rows(office, plan_id)) == ["1", "2"]


def test_what_is_no_row_is_said_and_kept_in_the_field(office: Office) -> None:
    clerk = office.sign_in("hac")
    plan_id = upload(clerk, clear_paper(2))
    answer = clerk.post(f"/reviews/{plan_id}/rows/paste", {"rows": "chỉ một câu"})
    assert answer.status_code == 422
    assert "Cần sáu cột" in words(answer.text)
    assert "chỉ một câu" in answer.text
