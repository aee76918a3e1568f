"""Plans of the year: why not yet, the start in the background, the page, its filters and its Excel file."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from domain.calendars import local_date
from engine.batches import Item, create_batch
from office.starting import START_PLAN
from storage.occurrences import PASSED
from storage.tables import Activity, Batch
from storage.transactions import Work, reading
from tests.unit.web.conftest import NOW, Browser, Office
from tests.unit.web.plan_paper import PAPER, clear_paper, plans, rows, started, upload, words


@pytest.fixture
def clerk(office: Office) -> Browser:
    return office.sign_in("hac")


def statements(office: Office, browser: Browser, address: str) -> int:
    """How many statements one page takes."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(office.system.database.engine, "before_cursor_execute", note)
    try:
        assert browser.get(address).status_code == 200
    finally:
        event.remove(office.system.database.engine, "before_cursor_execute", note)
    return len(seen)


def batch_of(office: Office, plan_id: UUID) -> Batch:
    with reading(office.system.database) as work:
        return work.batches.of_subject(plan_id)[0]


# the list


def test_without_a_plan_there_is_one_way_on(office: Office, clerk: Browser) -> None:
    page = clerk.get("/plans").text
    assert "Chưa có kế hoạch nào đang thực hiện" in words(page)
    main = page[page.index("<main") : page.index("</main>")]
    assert re.findall(r'href="([^"]+)"', main) == ["/reviews"]
    official = office.sign_in("lua").get("/plans").text
    assert "/reviews" not in official[official.index("<main") : official.index("</main>")]


def test_the_list_shows_state_year_and_progress(office: Office, clerk: Browser) -> None:
    plan_id = started(office)
    with_draft = upload(clerk)
    page = clerk.get("/plans").text
    read = words(page)
    assert "2026 Kế hoạch kiểm soát thủ tục hành chính năm 2026 18/KH-SNNMT, 15/1/2026 Đang thực hiện" in read
    assert "0/3 dòng xong" in read
    assert f"/plans/{plan_id}" in page
    assert f"/reviews/{with_draft}" in page


def test_rows_stand_in_the_list_as_on_the_plan_s_own_page(office: Office, clerk: Browser) -> None:
    """Late on the day itself once the office has closed, done while the next period is not yet planned."""
    plan_id = started(office, clear_paper(7))
    today = local_date(NOW)

    def stand(work: Work) -> None:
        by_row = {each.activity_id: each for each in work.occurrences.of_plan(plan_id)}
        late, today_s, soon, done, passed, dateless, cancelled = work.activities.of_plan(plan_id)
        by_row[late.id].due_date = today - timedelta(days=1)
        by_row[today_s.id].due_date = today
        by_row[soon.id].due_date = office.system.calendar(work).after(today, 3)
        by_row[done.id].closed_at, by_row[done.id].outcome = NOW, "recorded"
        by_row[passed.id].closed_at, by_row[passed.id].outcome = NOW, PASSED
        by_row[dateless.id].due_date = None
        cancelled.state = "cancelled"

    office.system.run(stand)
    bar = re.compile(r'class="mix-bar" role="img" aria-label="([^"]+)"')
    for later, said in (
        (timedelta(), "1 đã xong, 2 sắp đến hạn, 1 quá hạn, 1 không có thời hạn, 2 đã hủy"),
        (timedelta(hours=9), "1 đã xong, 1 sắp đến hạn, 2 quá hạn, 1 không có thời hạn, 2 đã hủy"),
    ):
        office.system.advance(later)
        listed, whole = clerk.get("/plans").text, clerk.get(f"/plans/{plan_id}").text
        assert bar.findall(listed) == [said]
        assert set(bar.findall(whole)) == {said}
        assert "1/7 dòng xong" in words(listed)


# starting


def test_each_reason_against_the_start_leads_to_where_it_is_mended(office: Office, clerk: Browser) -> None:
    plan_id = upload(clerk)
    page = clerk.get(f"/plans/{plan_id}/start").text
    assert "Chưa thể bắt đầu: còn 4 điều" in words(page)
    for number in ("1.2", "2.1", "2.2"):
        assert f"/reviews/{plan_id}/rows/{rows(office, plan_id)[number].id}" in page
    assert f"/reviews/{plan_id}?open=reporting#muc-reporting" in page
    clerk.post(f"/plans/{plan_id}/start")
    assert [plan.state for plan in plans(office)] == ["draft"]
    assert "Chưa thể bắt đầu" in words(clerk.get(f"/plans/{plan_id}/start").text)


def test_a_clear_plan_is_asked_for_then_started_in_the_background(office: Office, clerk: Browser) -> None:
    plan_id = upload(clerk, clear_paper())
    question = words(clerk.get(f"/plans/{plan_id}/start").text)
    assert "Bắt đầu “Kế hoạch kiểm soát thủ tục hành chính năm 2026”?" in question
    assert "3 dòng thành việc giao cho đơn vị chủ trì" in question
    assert clerk.post(f"/plans/{plan_id}/start").status_code == 303
    under_way = clerk.get(f"/plans/{plan_id}/start/progress").text
    assert "Đã bắt đầu 0 trên 3 dòng" in words(under_way)
    assert '<meta http-equiv="refresh"' in under_way
    office.system.tick()
    done = clerk.get(f"/plans/{plan_id}/start/progress").text
    assert "Đã bắt đầu cả 3 dòng" in words(done)
    assert "http-equiv" not in done
    assert {row.state for row in rows(office, plan_id).values()} == {"started"}
    assert plans(office)[0].state == "active"


def test_two_clicks_on_start_make_one_batch(office: Office, clerk: Browser) -> None:
    plan_id = upload(clerk, clear_paper())
    for _ in range(2):
        assert clerk.post(f"/plans/{plan_id}/start").status_code == 303
    with reading(office.system.database) as work:
        assert len(work.batches.of_subject(plan_id)) == 1


def test_a_start_is_stopped_and_goes_on(office: Office, clerk: Browser) -> None:
    plan_id = upload(clerk, clear_paper())
    clerk.post(f"/plans/{plan_id}/start")
    clerk.post(f"/plans/{plan_id}/start/stop")
    office.system.tick()
    assert "Đã dừng ở 0 trên 3 dòng" in words(clerk.get(f"/plans/{plan_id}/start/progress").text)
    clerk.post(f"/plans/{plan_id}/start/resume")
    office.system.tick()
    assert "Đã bắt đầu cả 3 dòng" in words(clerk.get(f"/plans/{plan_id}/start/progress").text)


def test_rows_that_failed_are_named_with_their_reason(office: Office, clerk: Browser) -> None:
    plan_id = upload(clerk)  # nobody leads its row 2.1 yet

    def begin(work: Work) -> None:
        plan = work.plans.get(plan_id)
        plan.state = "starting"
        items = [Item(row.id) for row in work.activities.of_plan(plan_id)]
        create_batch(work, START_PLAN, "Bắt đầu", items, subject_id=plan_id, now=NOW)

    office.system.run(begin)
    office.system.tick()
    assert (batch_of(office, plan_id).done, batch_of(office, plan_id).failed) == (3, 1)
    read = words(clerk.get(f"/plans/{plan_id}/start/progress").text)
    assert "Xong 3 dòng, 1 dòng lỗi" in read
    assert "Đối chiếu thời gian ghi trên cổng Chưa rõ đơn vị chủ trì" in read


def test_who_may_not_start_is_refused(office: Office, clerk: Browser) -> None:
    plan_id = upload(clerk, clear_paper())
    head = office.sign_in("khoat")
    assert head.get(f"/plans/{plan_id}/start").status_code == 403
    assert head.post(f"/plans/{plan_id}/start").status_code == 403
    assert plans(office)[0].state == "draft"


# the page


def test_the_page_shows_rows_with_units_due_and_case(office: Office, clerk: Browser) -> None:
    plan_id = started(office)
    page = clerk.get(f"/plans/{plan_id}").text
    read = words(page)
    assert "Tiến độ: 0 trên 3 dòng đã xong" in read
    assert "1 Việc số 1 Văn bản Phòng Tổ chức và Pháp chế Phối hợp: Phòng Quan trắc và Thống kê" in read
    assert "hạn 29/5/2026" in read
    assert "hạn là ngày làm việc cuối cùng" in read
    with reading(office.system.database) as work:
        cases = [each.instance_id for each in work.occurrences.of_plan(plan_id)]
    opened = [case for case in cases if case is not None]
    assert opened
    assert all(f"/cases/{case}" in page for case in opened)
    official = office.sign_in("lua").get(f"/plans/{plan_id}")
    assert official.status_code == 200


def test_done_late_and_undated_rows_are_counted_by_section(office: Office, clerk: Browser) -> None:
    plan_id = started(office, clear_paper(4))

    def change(work: Work) -> None:
        found = {each.activity_id: each for each in work.occurrences.of_plan(plan_id)}
        first, second, third, fourth = work.activities.of_plan(plan_id)
        found[first.id].closed_at, found[first.id].outcome = NOW, "recorded"
        found[second.id].due_date = NOW.date().replace(day=4)
        found[third.id].due_date = None
        fourth.state = "cancelled"

    office.system.run(change)
    read = words(clerk.get(f"/plans/{plan_id}").text)
    assert "Tiến độ: 1 trên 4 dòng đã xong" in read
    assert "Đã xong 1 Quá hạn 1 Không có thời hạn 1 Đã hủy 1" in read
    assert "Quá hạn 6 ngày" in read
    assert "Xong đúng hạn" in read


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["1", "2", "3"]),
        ("q=viec+so+2", ["2"]),
        ("q=VI%E1%BB%86C+S%E1%BB%90+3", ["3"]),
        ("unit={TC}", ["1", "3"]),
        ("unit={TC}&part=lead", ["1"]),
        ("unit={TC}&part=coordinating", ["3"]),
        ("state=late", []),
        ("state=open", ["1", "2", "3"]),
        ("state=nonsense&unit=nonsense&part=x", ["1", "2", "3"]),
    ],
)
def test_rows_are_filtered(office: Office, clerk: Browser, query: str, shown: list[str]) -> None:
    plan_id = started(office)
    page = clerk.get(f"/plans/{plan_id}?{query.format(TC=office.units['TC'])}").text
    table = page[page.index('id="h-r"') :]
    found = re.findall(r'<tr data-row[^>]*><td><span class="rowno">.*?</span>(\d)</span>', table)
    assert found == shown
    assert f"Đang hiện {len(shown)} trên 3 dòng" in words(table)


def test_the_excel_link_keeps_the_filters_and_nothing_else_of_the_address(office: Office, clerk: Browser) -> None:
    plan_id = started(office)
    page = clerk.get(f"/plans/{plan_id}?q=so+2&plan_id=x&_scheme=javascript&_external=1&lang=vi")
    assert page.status_code == 200
    assert f'href="/plans/{plan_id}/export.xlsx?q=so+2"' in page.text


def test_a_page_takes_as_many_statements_for_many_rows_as_for_few(office: Office, clerk: Browser) -> None:
    few, many = started(office, clear_paper(3)), started(office, clear_paper(24))
    clerk.get(f"/plans/{few}")
    for address in ("/plans/{}", "/plans/{}/export.xlsx"):
        count = statements(office, clerk, address.format(few))
        assert statements(office, clerk, address.format(many)) == count <= 20


def test_the_review_takes_as_many_statements_for_many_rows_as_for_few(office: Office, clerk: Browser) -> None:
    few, many = upload(clerk, clear_paper(3)), upload(clerk, clear_paper(300).replace("Tháng 5/2026", "Quý"))
    for address in ("/reviews/{}", "/reviews/{}?section=all", "/plans/{}/start"):
        clerk.get(address.format(few)), clerk.get(address.format(many))
        count = statements(office, clerk, address.format(few))
        assert statements(office, clerk, address.format(many)) == count <= 24, address


def test_the_load_marks_months_with_too_much(office: Office, clerk: Browser) -> None:
    plan_id = started(office, clear_paper(24))

    def crowd(work: Work) -> None:
        for each in work.occurrences.of_plan(plan_id):
            each.due_date = NOW.date().replace(month=11)

    office.system.run(crowd)
    page = clerk.get(f"/plans/{plan_id}").text
    heat = page[page.index('class="table heat"') :]
    assert "8 việc, quá sức" in words(heat)
    assert heat.count('class="ht4"') == 3
    assert "·" in heat


# Excel, paper, printing, due days


def test_the_excel_file_holds_the_rows_shown_and_no_formula(office: Office, clerk: Browser) -> None:
    plan_id = started(office)

    def attack(work: Work) -> None:
        row = work.activities.of_plan(plan_id)[0]
        row.task, row.products = '=HYPERLINK("http://x","y")', ["+1+1", "@SUM(A1)", "https://x"]

    office.system.run(attack)
    answer = clerk.get(f"/plans/{plan_id}/export.xlsx")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="18-kh-snnmt.xlsx"')
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [row[0] for row in found] == ["1", "2", "3"]
    assert found[0][2] == '=HYPERLINK("http://x","y")'
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} <= {"s", "d"}
    assert str(found[1][7]) == "2026-06-30 00:00:00"
    filtered = load_workbook(BytesIO(clerk.get(f"/plans/{plan_id}/export.xlsx?q=viec+so+2").data)).active
    assert filtered is not None
    assert filtered.max_row == 4


def test_the_paper_is_handed_out_under_its_name(office: Office, clerk: Browser) -> None:
    plan_id = upload(clerk, name="Kế hoạch năm.txt")
    answer = clerk.get(f"/plans/{plan_id}/paper")
    assert answer.data == PAPER.encode()
    said = answer.headers["Content-Disposition"]
    assert said.encode("latin-1")
    assert "filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20n%C4%83m.txt" in said
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_printed_annex_names_department_plan_and_day(office: Office, clerk: Browser) -> None:
    page = clerk.get(f"/plans/{started(office)}").text
    head = words(page[page.index("print-only") : page.index('class="crumb"')])
    assert "UBND TỈNH YÊN HÀ" in head
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head
    assert "Tình hình thực hiện đến ngày 12 tháng 3 năm 2026" in head
    assert "số 18/KH-SNNMT ngày 15/1/2026" in head


def test_the_due_days_of_a_month_over_all_plans(office: Office, clerk: Browser) -> None:
    started(office)
    assert "2 việc đến hạn" not in words(clerk.get("/plans/due-days?month=2026-05").text)
    page = clerk.get("/plans/due-days?month=2026-05").text
    assert "Tháng 5/2026: 1 việc đến hạn" in words(page)
    assert "Việc số 1" in words(page)
    other = clerk.get(f"/plans/due-days?month=2026-05&unit={office.units['VP']}").text
    assert "Tháng 5/2026: 0 việc đến hạn" in words(other)
    assert "Tháng 3/2026" in words(clerk.get("/plans/due-days?month=2026-13").text)


def test_a_plan_that_is_not_there_is_not_found(clerk: Browser) -> None:
    nobody = UUID(int=7)
    for address in (f"/plans/{nobody}", f"/reviews/{nobody}", f"/plans/{nobody}/start", f"/plans/{nobody}/export.xlsx"):
        assert clerk.get(address).status_code == 404


def test_a_draft_and_its_rows_send_each_other_on(office: Office, clerk: Browser) -> None:
    draft, running = upload(clerk), started(office)
    assert clerk.get(f"/plans/{draft}").headers["Location"] == f"/reviews/{draft}"
    assert clerk.get(f"/reviews/{running}").headers["Location"] == f"/plans/{running}"
    row: Activity = rows(office, running)["1"]
    assert clerk.get(f"/reviews/{running}/rows/{row.id}").status_code == 409
