"""Việc của tôi: whose work, in which order, how much of it, and what a click does."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest

from engine.user_tasks import claim_user_task, complete_user_task
from office.organisation import user_of
from storage.tables import Substitution
from storage.transactions import Work
from tests.unit.web.conftest import NOW, Office


def titles(page: str) -> list[str]:
    return re.findall(r'<a class="t"[^>]*>([^<]*)</a>', page)


def heads(page: str) -> list[str]:
    return [" ".join(re.sub(r"<[^>]+>", " ", head).split()) for head in re.findall(r'<h2 class="grp.*?</h2>', page)]


def complete(office: Office, task_id: UUID, login: str, **variables: object) -> None:
    def command(work: Work) -> None:
        user = user_of(work, office.people[login], NOW.date())
        complete_user_task(work, task_id, user, variables, NOW)

    office.system.run(command)


def test_work_stands_under_its_time_class_overdue_first_with_exact_counts(office: Office) -> None:
    for number, title, due in (
        ("1.1", "Theo dõi quy định nội bộ", None),
        ("4.4", "Danh mục mẫu đơn", "2026-03-30"),
        ("2.3", "Rút gọn thủ tục", "2026-03-16"),
        ("7.2", "Giải trình phần chưa khớp", "2026-03-09"),
        ("7.3", "Số hóa kết quả", "2026-03-12"),
    ):
        office.start(number=number, title=title, due_date=due)
    page = office.sign_in("lua").get("/desk").text
    assert titles(page) == [
        "Giải trình phần chưa khớp",
        "Số hóa kết quả",
        "Rút gọn thủ tục",
        "Danh mục mẫu đơn",
        "Theo dõi quy định nội bộ",
    ]
    assert heads(page) == [
        "Quá hạn 1 việc",
        "Đến hạn trong 3 ngày làm việc 2 việc",
        "Còn thời gian 1 việc",
        "Không có thời hạn 1 việc",
    ]
    assert "Quá hạn 3 ngày" in page
    assert page.count("btn-primary") == 1 + 1  # the overdue row, and the filter's own button


def test_a_row_says_number_part_plan_and_what_to_press(office: Office) -> None:
    office.start(number="2.3")
    page = office.sign_in("lua").get("/desk").text
    assert '<span class="visually-hidden">Dòng </span>2.3' in page
    assert "Chủ trì" in page
    assert "Kế hoạch 18/KH-SNNMT" in page
    assert ">Soạn dự thảo</a>" in page


def test_a_contribution_is_coordinating_work_and_names_who_handed_it_over(office: Office) -> None:
    instance_id = office.start(coordinating=[{"unit": str(office.units["QT"]), "by_letter": False}])
    complete(office, office.task(instance_id).id, "lua")
    page = office.sign_in("hien").get("/desk").text
    assert "Phối hợp" in page
    assert "Vi Thị Lụa" in page
    assert ">Gửi ý kiến</a>" in page
    assert "hạn 19/3/2026" in page


def test_only_those_of_the_unit_and_role_have_the_work_on_their_desk(office: Office) -> None:
    office.start()
    assert len(titles(office.sign_in("lua").get("/desk").text)) == 1
    assert len(titles(office.sign_in("thuan").get("/desk").text)) == 1
    for login in ("hien", "khoat", "nhuan", "quantri"):
        assert "Bàn làm việc đang trống" in office.sign_in(login).get("/desk").text, login


def test_work_somebody_claimed_leaves_the_desks_of_the_others(office: Office) -> None:
    instance_id = office.start()
    task = office.task(instance_id)
    office.system.run(lambda work: claim_user_task(work, task.id, user_of(work, office.people["lua"], NOW.date()), NOW))
    assert len(titles(office.sign_in("lua").get("/desk").text)) == 1
    assert titles(office.sign_in("thuan").get("/desk").text) == []
    of_unit = office.sign_in("thuan").get("/desk/unit").text
    assert len(titles(of_unit)) == 1
    assert "Vi Thị Lụa đang làm" in of_unit


def test_search_finds_titles_without_accents_and_by_row_number(office: Office) -> None:
    office.start(number="3.6", title="Đôn đốc số hóa kết quả")
    office.start(number="5.1", title="Cử người dự lớp tập huấn")
    browser = office.sign_in("lua")
    assert titles(browser.get("/desk?q=don doc").text) == ["Đôn đốc số hóa kết quả"]
    assert titles(browser.get("/desk?q=Đôn đốc").text) == ["Đôn đốc số hóa kết quả"]
    assert titles(browser.get("/desk?q=5.1").text) == ["Cử người dự lớp tập huấn"]
    assert set(titles(browser.get("/desk/search?q=18/kh").text)) == {
        "Cử người dự lớp tập huấn",
        "Đôn đốc số hóa kết quả",
    }
    assert "Không có việc nào khớp bộ lọc" in browser.get("/desk?q=%25").text


def test_a_search_shows_no_case_of_others(office: Office) -> None:
    office.start(title="Đôn đốc số hóa kết quả")
    assert titles(office.sign_in("hien").get("/desk/search?q=don").text) == []
    assert len(titles(office.sign_in("nhuan").get("/desk/search?q=don").text)) == 1


def test_filters_narrow_by_part_state_and_plan(office: Office) -> None:
    office.start(number="1", title="Của mình", due_date="2026-03-09")
    other = office.start(
        number="2", title="Của đơn vị khác", coordinating=[{"unit": str(office.units["TC"]), "by_letter": False}]
    )
    complete(office, office.task(other).id, "lua")
    browser = office.sign_in("lua")
    assert titles(browser.get("/desk?part=coordinating").text) == ["Của đơn vị khác"]
    assert titles(browser.get("/desk?part=lead").text) == ["Của mình"]
    assert titles(browser.get("/desk?state=late").text) == ["Của mình"]
    assert titles(browser.get(f"/desk?plan={office.people['lua']}").text) == []
    assert len(titles(browser.get("/desk?part=nonsense&plan=nonsense&after=nonsense").text)) == 2


def test_a_long_desk_comes_in_pages_that_miss_and_repeat_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.desk.PAGE", 3)
    for number in range(8):
        office.start(number=str(number), title=f"Việc {number}", due_date=None if number > 5 else "2026-03-16")
    browser, address, seen = office.sign_in("lua"), "/desk", list[str]()
    for _ in range(5):
        page = browser.get(address).text
        seen += titles(page)
        more = re.search(r'href="([^"]+)" rel="next"', page)
        if more is None:
            break
        address = more[1].replace("&amp;", "&")
    assert sorted(seen) == [f"Việc {number}" for number in range(8)]


def test_several_tasks_are_claimed_at_once_and_the_missed_ones_are_told(office: Office) -> None:
    first, second, third = (office.task(office.start(number=str(number))) for number in range(3))
    colleague = office.people["thuan"]
    office.system.run(lambda work: claim_user_task(work, third.id, user_of(work, colleague, NOW.date()), NOW))
    browser = office.sign_in("lua")
    answer = browser.post("/desk/claim", {"task": [str(first.id), str(second.id), str(third.id)], "back": "/desk"})
    assert answer.headers["Location"] == "/desk"
    page = browser.get("/desk").text
    assert "Đã nhận 2 việc" in page
    assert "1 việc không nhận được" in page


def test_a_substitute_sees_the_absent_persons_work_and_for_how_long(office: Office) -> None:
    office.start(title="Việc của Phòng Tổ chức")
    today = NOW.date()
    office.system.run(
        lambda work: work.substitutions.add(
            Substitution(
                person_id=office.people["lua"],
                substitute_id=office.people["hien"],
                from_date=today,
                to_date=today + timedelta(days=2),
                reason="Đi công tác",
                created_at=NOW,
            )
        )
    )
    page = office.sign_in("hien").get("/desk").text
    assert titles(page) == ["Việc của Phòng Tổ chức"]
    assert "Đang làm thay <b>Vi Thị Lụa</b><br>đến hết 14/3/2026" in page
    address = re.search(r'href="(/desk\?for_person=[^"]+)"', page)
    assert address is not None
    assert titles(office.sign_in("hien").get(address[1]).text) == ["Việc của Phòng Tổ chức"]
    assert titles(office.sign_in("ve").get(address[1]).text) == []


def test_finished_work_and_work_with_others_have_their_own_lists(office: Office) -> None:
    instance_id = office.start(title="Tờ trình")
    complete(office, office.task(instance_id).id, "lua")
    browser = office.sign_in("lua")
    assert titles(browser.get("/desk/done").text) == ["Tờ trình"]
    assert "Xong đúng hạn" in browser.get("/desk/done").text
    assert titles(browser.get("/desk/given").text) == ["Tờ trình"]
    assert titles(browser.get("/desk").text) == []


def test_what_is_to_be_approved_waits_for_the_head_alone(office: Office) -> None:
    instance_id = office.start(title="Tờ trình")
    complete(office, office.task(instance_id).id, "lua")
    assert titles(office.sign_in("khoat").get("/desk/decisions").text) == ["Tờ trình"]
    assert "Không có việc nào chờ quyết định" in office.sign_in("lua").get("/desk/decisions").text


def test_what_names_no_task_is_not_claimed_and_the_rest_is(office: Office) -> None:
    task = office.task(office.start())
    lua = office.sign_in("lua")
    assert lua.post("/desk/claim", {"task": ["x", ""]}).status_code == 422
    lua.post("/desk/claim", {"task": [str(task.id), str(office.people["lua"]), str(task.id)]})
    page = lua.get("/desk").text
    assert "Đã nhận 1 việc" in page
    assert "1 việc không nhận được: Không có việc với mã" in page
