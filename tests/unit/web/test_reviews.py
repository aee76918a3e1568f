"""Reviewing a plan just read: upload, doubts, names, cells, what stands beside the rows, taking back."""

from __future__ import annotations

import re
from io import BytesIO
from uuid import UUID

import pytest

from office.organisation import user_of
from office.review import edit_row
from storage.transactions import reading
from tests.unit.web.conftest import NOW, Browser, Office
from tests.unit.web.plan_paper import PAPER, clear_paper, plans, rows, upload, words


@pytest.fixture
def clerk(office: Office) -> Browser:
    return office.sign_in("hac")


@pytest.fixture
def plan_id(clerk: Browser) -> UUID:
    return upload(clerk)


def page(browser: Browser, plan_id: UUID, more: str = "") -> str:
    return browser.get(f"/reviews/{plan_id}{more}").text


def undo(browser: Browser, plan_id: UUID) -> str:
    found = re.search(r'name="change" value="([^"]+)"', page(browser, plan_id))
    assert found, "nothing to take back"
    browser.post(f"/reviews/{plan_id}/undo", {"change": found[1]})
    return words(page(browser, plan_id))


# upload


def test_a_paper_becomes_a_draft_to_be_reviewed(office: Office, clerk: Browser) -> None:
    clerk.get("/reviews")
    answer = clerk.post(
        "/reviews", {"file": (BytesIO(PAPER.encode()), "ke-hoach.txt")}, content_type="multipart/form-data"
    )
    assert answer.status_code == 303
    read = words(clerk.get(answer.headers["Location"]).text)
    assert "Đã đọc 4 dòng. Chưa việc nào được giao." in read
    assert "3 chỗ cần người quyết định" in read
    assert [plan.state for plan in plans(office)] == ["draft"]
    assert "ke-hoach.txt" in words(clerk.get("/reviews").text)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "trong.txt", "là tệp trống"),
        ("Thư mời họp\nKính gửi các đơn vị".encode(), "thu-moi.txt", "Cần một kế hoạch có bảng nhiệm vụ"),
        (b"\x00\x01\x02\xff" * 50, "hong.txt", "nội dung không phải chữ"),
        (b"%PDF-1.7\nkhong phai", "hong.pdf", ""),
        (b"PK\x03\x04khong phai", "hong.docx", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "cu.doc", "đời cũ"),
        (b"MZ" + b"\x90" * 200, "x.txt", ""),
    ],
)
def test_what_is_no_plan_is_said_and_leaves_nothing(
    office: Office, clerk: Browser, content: bytes, name: str, sentence: str
) -> None:
    clerk.get("/reviews")
    answer = clerk.post("/reviews", {"file": (BytesIO(content), name)}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "data-error" in answer.text
    assert sentence in words(answer.text)
    assert "Chưa có gì được ghi lại." in words(answer.text)
    assert plans(office) == []


def test_without_a_file_the_page_says_so(office: Office, clerk: Browser) -> None:
    clerk.get("/reviews")
    answer = clerk.post("/reviews", {}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Chưa chọn tệp kế hoạch" in words(answer.text)


def test_a_file_beyond_the_limit_is_refused(office: Office, clerk: Browser) -> None:
    clerk.get("/reviews")
    office.app.config["MAX_CONTENT_LENGTH"] = 10_000
    sent = {"file": (BytesIO(b"x" * 20_000), "lon.txt")}
    answer = clerk.post("/reviews", sent, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert plans(office) == []


def test_an_official_may_not_upload(office: Office) -> None:
    official = office.sign_in("lua")
    assert official.get("/reviews").status_code == 403
    official.get("/account")
    sent = {"file": (BytesIO(PAPER.encode()), "k.txt")}
    assert official.post("/reviews", sent, content_type="multipart/form-data").status_code == 403
    assert plans(office) == []


# doubts


def test_doubts_stand_before_the_rows_the_weightiest_first_and_open(clerk: Browser, plan_id: UUID) -> None:
    read = page(clerk, plan_id)
    assert read.index("chỗ cần quyết định") < read.index("review-t")
    assert read.count("doubt-c open") == 1
    first, second = re.findall(r'<div class="doubt-c( open| py-2)" id="d-', read)[:2]
    assert (first, second) == (" open", " py-2")
    shown = words(read)
    assert shown.index("Phòng Quan trắc, Thống kê môi trường") < shown.index("Tổ số hóa liên ngành")


def test_the_lines_of_the_row_are_lit_in_the_paper(office: Office, clerk: Browser, plan_id: UUID) -> None:
    row = rows(office, plan_id)["2.1"]
    read = page(clerk, plan_id, f"?row={row.id}")
    lit = re.findall(r'<tr class="lit">(.*?)</tr>', read, re.S)
    assert len(lit) == 1
    assert "Đối chiếu thời gian" in lit[0]
    assert "<mark>Tổ số hóa liên ngành</mark>" in lit[0]


def test_a_doubted_name_is_bound_once_and_remembered(office: Office, clerk: Browser, plan_id: UUID) -> None:
    asked = re.search(rf"doubt=({rows(office, plan_id)['1.2'].id.hex}-\d+)", page(clerk, plan_id))
    assert asked
    opened = page(clerk, plan_id, f"?doubt={asked[1]}")
    assert re.search(r"Phòng Quan trắc và Thống kê.{0,80}giống \d+%", words(opened))
    name = "Phòng Quan trắc, Thống kê môi trường"
    choice = {"name": name, "choice": f"unit:{office.units['QT']}"}
    assert clerk.post(f"/reviews/{plan_id}/names", choice).status_code == 303
    assert rows(office, plan_id)["1.2"].lead_unit_id == office.units["QT"]
    assert "2 chỗ cần người quyết định" in words(page(clerk, plan_id))
    again = upload(clerk)
    assert rows(office, again)["1.2"].lead_unit_id == office.units["QT"]
    assert "2 chỗ cần người quyết định" in words(page(clerk, again))


def test_an_unknown_name_becomes_a_unit_asked_by_letter(office: Office, clerk: Browser, plan_id: UUID) -> None:
    clerk.post(f"/reviews/{plan_id}/names", {"name": "Tổ số hóa liên ngành", "choice": "new"})
    with reading(office.system.database) as work:
        made = work.units.get(rows(office, plan_id)["2.1"].lead_unit_id)
    assert (made.code, made.kind, made.has_accounts) == ("TSHLN", "external", False)


def test_only_an_administrator_makes_a_unit_with_accounts(office: Office, clerk: Browser, plan_id: UUID) -> None:
    choice = {"name": "Tổ số hóa liên ngành", "choice": "new", "accounts": "1"}
    clerk.post(f"/reviews/{plan_id}/names", choice)
    assert "do quản trị tạo" in words(page(clerk, plan_id))
    assert rows(office, plan_id)["2.1"].lead_unit_id is None
    administrator = office.sign_in("quantri")
    administrator.post(f"/reviews/{plan_id}/names", choice)
    with reading(office.system.database) as work:
        assert work.units.get(rows(office, plan_id)["2.1"].lead_unit_id).has_accounts


def test_a_repair_is_waved_through_by_name(office: Office, clerk: Browser, plan_id: UUID) -> None:
    row = rows(office, plan_id)["2.2"]
    place = next(index for index, doubt in enumerate(row.doubts) if doubt["field"] == "timing")
    sent = {"index": str(place), "version": str(row.version), "then": "next"}
    assert clerk.post(f"/reviews/{plan_id}/rows/{row.id}/keep", sent).status_code == 303
    assert "Giữ nguyên, ghi tên Ngô Thị Mỹ Hạc" in words(page(clerk, plan_id))
    assert rows(office, plan_id)["2.2"].doubts[place]["settled_name"] == "Ngô Thị Mỹ Hạc"


def test_an_unknown_lead_is_never_waved_through(office: Office, clerk: Browser, plan_id: UUID) -> None:
    row = rows(office, plan_id)["2.1"]
    clerk.post(f"/reviews/{plan_id}/rows/{row.id}/keep", {"index": "0", "version": str(row.version)})
    assert "Hãy chọn đơn vị cho tên này" in words(page(clerk, plan_id))
    assert not rows(office, plan_id)["2.1"].doubts[0].get("settled_by")


# cells


def test_a_corrected_cell_is_read_again_and_the_others_stay(office: Office, clerk: Browser, plan_id: UUID) -> None:
    row = rows(office, plan_id)["2.1"]
    form = clerk.get(f"/reviews/{plan_id}/rows/{row.id}?field=timing_raw").text
    assert re.search(r'id="f-timing_raw"[^>]*autofocus', form)
    sent = {"version": str(row.version), "timing_raw": "Quý II/2026", "task": row.task, "lead_raw": row.lead_raw}
    assert clerk.post(f"/reviews/{plan_id}/rows/{row.id}", sent).status_code == 303
    changed = rows(office, plan_id)["2.1"]
    assert changed.timing == [{"kind": "quarter", "quarter": "2026-Q2"}]
    assert (changed.lead, changed.definition_key) == (row.lead, row.definition_key)


def test_who_saves_a_row_that_moved_on_keeps_what_was_typed(office: Office, clerk: Browser, plan_id: UUID) -> None:
    row, other = rows(office, plan_id)["1.1"], office.sign_in("quantri")
    first = {"version": str(row.version), "task": "Việc người kia sửa"}
    assert other.post(f"/reviews/{plan_id}/rows/{row.id}", first).status_code == 303
    second = {"version": str(row.version), "task": "Việc tôi vừa gõ"}
    answer = clerk.post(f"/reviews/{plan_id}/rows/{row.id}", second)
    assert answer.status_code == 409
    assert "vừa được người khác sửa" in words(answer.text)
    assert "Việc tôi vừa gõ" in answer.text
    assert "Hiện đang ghi: Việc người kia sửa" in words(answer.text)
    found = re.search(r'name="version" value="(\d+)"', answer.text)
    assert found
    assert clerk.post(f"/reviews/{plan_id}/rows/{row.id}", {**second, "version": found[1]}).status_code == 303
    assert rows(office, plan_id)["1.1"].task == "Việc tôi vừa gõ"


def test_an_empty_task_is_refused_beside_what_was_typed(office: Office, clerk: Browser, plan_id: UUID) -> None:
    row = rows(office, plan_id)["1.1"]
    sent = {"version": str(row.version), "task": " ", "timing_raw": "Tháng 8/2026"}
    answer = clerk.post(f"/reviews/{plan_id}/rows/{row.id}", sent)
    assert answer.status_code == 422
    assert "Tháng 8/2026" in answer.text
    assert rows(office, plan_id)["1.1"].timing_raw == row.timing_raw


def test_rows_are_added_split_and_taken_out(office: Office, clerk: Browser, plan_id: UUID) -> None:
    row = rows(office, plan_id)["1.1"]
    new = {"task": "Việc thêm", "lead_raw": "Văn phòng Sở", "timing_raw": "Tháng 8/2026", "after": str(row.id)}
    assert clerk.post(f"/reviews/{plan_id}/rows/new", {**new, "number": "1.1a"}).status_code == 303
    added = rows(office, plan_id)["1.1a"]
    assert (added.lead_unit_id, added.timing) == (office.units["VP"], [{"kind": "month", "month": "2026-08"}])
    assert list(rows(office, plan_id))[:2] == ["1.1", "1.1a"]
    split = {"version": str(added.version), "tasks": "Một\nHai"}
    assert clerk.post(f"/reviews/{plan_id}/rows/{added.id}/split", split).status_code == 303
    assert [each.task for each in rows(office, plan_id).values()][1:3] == ["Một", "Hai"]
    sent = {"version": str(rows(office, plan_id)["1.1a"].version)}
    one = clerk.post(f"/reviews/{plan_id}/rows/{added.id}/split", {**sent, "tasks": "Một"})
    assert one.status_code == 422
    assert clerk.post(f"/reviews/{plan_id}/rows/{added.id}/remove", sent).status_code == 303
    assert "1.1a" not in rows(office, plan_id)


def test_a_row_of_another_plan_is_not_reached_through_this_one(office: Office, clerk: Browser, plan_id: UUID) -> None:
    other = upload(clerk, clear_paper())
    row = rows(office, other)["1"]
    assert clerk.get(f"/reviews/{plan_id}/rows/{row.id}").status_code == 422
    sent = {"version": str(row.version), "task": "Lạc"}
    assert clerk.post(f"/reviews/{plan_id}/rows/{row.id}", sent).status_code == 422


# head


def test_the_head_is_edited_and_another_year_dates_the_rows_anew(office: Office, clerk: Browser, plan_id: UUID) -> None:
    version = re.search(r'name="version" value="(\d+)"', clerk.get(f"/reviews/{plan_id}/head").text)
    assert version
    cells = {"title": "Kế hoạch mới", "number": "", "issuer": "Sở", "issued_on": "2027-01-05", "year": "2027"}
    assert clerk.post(f"/reviews/{plan_id}/head", {**cells, "version": version[1]}).status_code == 303
    (plan,) = plans(office)
    assert (plan.title, plan.number, plan.year) == ("Kế hoạch mới", None, 2027)
    stale = clerk.post(f"/reviews/{plan_id}/head", {**cells, "title": "Lần hai", "version": version[1]})
    assert stale.status_code == 409
    assert "Lần hai" in stale.text
    assert clerk.post(f"/reviews/{plan_id}/head", {**cells, "year": "nay"}).status_code == 422


# beside the rows


def test_warnings_are_waved_through_by_name(office: Office, clerk: Browser) -> None:
    plan_id = upload(clerk, clear_paper().replace("Số: 18/KH-SNNMT", "Số:       /KH-SNNMT"))
    (warning,) = plans(office)[0].reading["warnings"]
    assert warning in words(page(clerk, plan_id))
    clerk.post(f"/reviews/{plan_id}/items", {"item": "warnings:0", "choice": "kept"})
    decided = plans(office)[0].reading["decisions"]["warnings:0"]
    assert (decided["choice"], decided["name"]) == ("kept", "Ngô Thị Mỹ Hạc")
    for item, choice in (("warnings:9", "kept"), ("warnings:0", "added"), ("plan:0", "kept"), ("x", "kept")):
        clerk.post(f"/reviews/{plan_id}/items", {"item": item, "choice": choice})
    assert plans(office)[0].reading["decisions"] == {"warnings:0": decided}


# taking back


def test_each_change_is_taken_back_the_last_first(office: Office, clerk: Browser, plan_id: UUID) -> None:
    before = rows(office, plan_id)
    row = before["1.1"]
    clerk.post(f"/reviews/{plan_id}/rows/{row.id}", {"version": str(row.version), "timing_raw": "Tháng 9/2026"})
    clerk.post(f"/reviews/{plan_id}/rows/{before['2.2'].id}/remove", {"version": str(before["2.2"].version)})
    clerk.post(f"/reviews/{plan_id}/names", {"name": "Tổ số hóa liên ngành", "choice": f"unit:{office.units['VP']}"})
    assert "Hoàn tác: Gắn tên “Tổ số hóa liên ngành”" in words(page(clerk, plan_id))
    undo(clerk, plan_id)
    assert rows(office, plan_id)["2.1"].lead_unit_id is None
    undo(clerk, plan_id)
    assert rows(office, plan_id)["2.2"].task == before["2.2"].task
    undo(clerk, plan_id)
    after = rows(office, plan_id)
    for number, old in before.items():
        new = after[number]
        same = (
            "task",
            "timing_raw",
            "timing",
            "due_date",
            "lead",
            "lead_unit_id",
            "doubts",
            "position",
            "definition_key",
        )
        assert {name: getattr(new, name) for name in same} == {name: getattr(old, name) for name in same}
    again = upload(clerk)
    assert rows(office, again)["2.1"].lead_unit_id is None  # the alias was forgotten with the change


def test_a_split_between_crowded_rows_is_taken_back(office: Office, clerk: Browser, plan_id: UUID) -> None:
    before = [row.task for row in rows(office, plan_id).values()]
    row = rows(office, plan_id)["1.1"]
    tasks = "\n".join(f"Phần {number}" for number in range(15))  # more than fit between two: all are spread out anew
    clerk.post(f"/reviews/{plan_id}/rows/{row.id}/split", {"version": str(row.version), "tasks": tasks})
    with reading(office.system.database) as work:
        assert len(work.activities.of_plan(plan_id)) == 18
    undo(clerk, plan_id)
    assert [row.task for row in rows(office, plan_id).values()] == before


def test_only_the_last_change_can_be_taken_back(office: Office, clerk: Browser, plan_id: UUID) -> None:
    row = rows(office, plan_id)["1.1"]
    clerk.post(f"/reviews/{plan_id}/rows/{row.id}", {"version": str(row.version), "task": "Lần một"})
    found = re.search(r'name="change" value="([^"]+)"', page(clerk, plan_id))
    assert found
    with reading(office.system.database) as work:
        user = user_of(work, office.people["quantri"], NOW.date())
    version = rows(office, plan_id)["1.1"].version
    office.system.run(lambda work: edit_row(work, row.id, {"task": "Lần hai"}, version, user, NOW))
    clerk.post(f"/reviews/{plan_id}/undo", {"change": found[1]})
    assert "Vừa có thay đổi khác" in words(page(clerk, plan_id))
    assert rows(office, plan_id)["1.1"].task == "Lần hai"


def test_a_draft_is_dropped_after_a_question(office: Office, clerk: Browser, plan_id: UUID) -> None:
    assert "Bỏ bản dự thảo" in words(clerk.get(f"/reviews/{plan_id}/delete").text)
    assert clerk.post(f"/reviews/{plan_id}/delete").status_code == 303
    assert plans(office) == []


def test_the_review_speaks_english(clerk: Browser, plan_id: UUID) -> None:
    read = words(page(clerk, plan_id, "?lang=en"))
    assert "3 things to decide" in read
    assert "Review the plan just read" in read


DUTIES = clear_paper().replace(
    "\nGIÁM ĐỐC",
    "\nIII. TỔ CHỨC THỰC HIỆN\n\nVăn phòng Sở gửi báo cáo về Phòng Tổ chức và Pháp chế trước ngày 31/01/2026.\n\n"
    "Ít nhất 90% hồ sơ được trả đúng hạn.\n\nGIÁM ĐỐC",
)


def test_what_was_read_beside_the_rows_shows_its_line_and_its_time(office: Office, clerk: Browser) -> None:
    plan_id = upload(clerk, DUTIES)
    read = page(clerk, plan_id, "?item=obligations:0&open=obligations")
    assert "Gửi báo cáo về Phòng Tổ chức và Pháp chế (Trước ngày 31/01/2026)" in words(read)
    assert re.search(r'<p class="lit">Văn phòng Sở gửi báo cáo', read)
    left = words(re.findall(r'<ol class="left-l">(.*?)</ol>', read, re.S)[0])
    assert "1 việc trong phần lời văn" in left
    assert "1 chỉ tiêu" in left


def test_a_kind_of_read_parts_is_decided_at_once_by_name(office: Office, clerk: Browser) -> None:
    plan_id = upload(clerk, DUTIES)
    sent = {"item": "indicators:rest", "choice": "kept"}
    answer = clerk.post(f"/reviews/{plan_id}/items", sent)
    assert answer.headers["Location"].endswith("?open=indicators#muc-indicators")
    assert "Đã ghi, dưới tên Ngô Thị Mỹ Hạc" in words(page(clerk, plan_id))
    assert plans(office)[0].reading["decisions"]["indicators:0"]["choice"] == "kept"
    clerk.post(f"/reviews/{plan_id}/items", {"item": "indicators:rest", "choice": "added"})
    assert "Chỉ thêm được dòng từ việc có thời hạn" in words(page(clerk, plan_id))
    clerk.post(f"/reviews/{plan_id}/items", {"item": "obligations:rest", "choice": "added"})
    assert [row.timing_raw for row in rows(office, plan_id).values()][-1] == "Trước ngày 31/01/2026"


def test_what_the_reader_mended_blocks_until_its_row_is_accepted(office: Office, clerk: Browser) -> None:
    broken = clear_paper().replace("| 3 | Việc số 3 | Văn bản | Văn phòng Sở |", "| 3 | Việc số 3 | Văn bản | nt |")
    plan_id = upload(clerk, broken)
    clerk.post(f"/plans/{plan_id}/start")
    assert [plan.state for plan in plans(office)] == ["draft"]
    assert "đã sửa khi đọc chưa có người chấp nhận" in words(clerk.get(f"/plans/{plan_id}/start").text)
    clerk.post(f"/reviews/{plan_id}/keep-repairs", {"row": str(rows(office, plan_id)["3"].id)})
    assert "chỗ đã sửa, ghi tên Ngô Thị Mỹ Hạc" in words(page(clerk, plan_id))
    clerk.post(f"/plans/{plan_id}/start")
    assert [plan.state for plan in plans(office)] == ["starting"]
