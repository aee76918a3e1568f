"""Units, people, substitutions and the working calendar, kept by administrators."""

from __future__ import annotations

from datetime import date

import pytest

from domain.errors import Conflict, NotAllowed
from office.administration import open_account, relieve
from office.organisation import user_of
from storage.transactions import reading
from tests.unit.web.conftest import NOW, PASSWORD, Browser, Office
from tests.unit.web.plan_paper import words


@pytest.fixture
def administrator(office: Office) -> Browser:
    return office.sign_in("quantri")


ANYONE = ("/organisation", "/organisation/people", "/organisation/substitutions", "/working-calendar")


def test_everybody_sees_the_organisation_and_only_administrators_change_it(office: Office) -> None:
    lua, unit, person = office.sign_in("lua"), office.units["TC"], office.people["khoat"]
    for address in (*ANYONE, f"/organisation/units/{unit}", f"/organisation/people/{person}"):
        page = lua.get(address)
        assert page.status_code == 200
        posts = [part for part in page.text.split("<form")[1:] if 'method="post"' in part.split(">")[0]]
        allowed = "/organisation/substitutions"  # for oneself
        assert all(allowed in part.split(">")[0] for part in posts), address
    for address in (
        "/organisation/units/new",
        f"/organisation/units/{unit}",
        f"/organisation/units/{unit}/names",
        f"/organisation/units/{unit}/aliases",
        f"/organisation/units/{unit}/merge",
        "/organisation/people/new",
        f"/organisation/people/{person}",
        f"/organisation/people/{person}/posts",
        f"/organisation/people/{person}/account",
        f"/organisation/people/{person}/password",
        "/working-calendar",
        "/working-calendar/2026-03-12/forget",
    ):
        assert lua.post(address, {"name": "x", "password": "x" * 9}).status_code == 403, address


# units


def test_a_unit_is_added_renamed_and_keeps_its_old_name(office: Office, administrator: Browser) -> None:
    form = {
        "code": "KL",
        "name": "Chi cục Kiểm lâm",
        "short_name": "CC Kiểm lâm",
        "kind": "subordinate",
        "accounts": "1",
    }
    answer = administrator.post("/organisation/units/new", {**form, "parent": str(office.units["SO"])})
    assert answer.status_code == 303
    place = answer.headers["Location"]
    assert "Chi cục Kiểm lâm" in words(administrator.get("/organisation").text)
    twice = administrator.post("/organisation/units/new", form)
    assert twice.status_code == 409
    assert "đã có" in words(twice.text)
    assert 'value="Chi cục Kiểm lâm"' in twice.text
    renamed = {"name": "Chi cục Lâm nghiệp", "short_name": "", "on": "2026-03-01"}
    administrator.post(f"{place}/names", renamed)
    page = words(administrator.get(place).text)
    assert "Đã đổi tên" in page
    assert "Chi cục Lâm nghiệp từ 1/3/2026" in page
    assert "Chi cục Kiểm lâm (CC Kiểm lâm) đến 28/2/2026" in page


def test_a_unit_loses_its_accounts_and_is_asked_by_letter(office: Office, administrator: Browser) -> None:
    place = f"/organisation/units/{office.units['QT']}"
    administrator.post(place, {"kind": "division", "parent": str(office.units["SO"]), "valid_to": ""})
    assert "hỏi bằng công văn" in words(administrator.get(place).text)
    administrator.post(place, {"kind": "division", "parent": str(office.units["QT"])})
    assert "không thể thuộc chính nó" in words(administrator.get(place).text)
    administrator.post(place, {"kind": "division", "valid_to": "hôm nào"})
    assert "không phải là ngày" in words(administrator.get(place).text)


def test_aliases_are_added_and_dropped(office: Office, administrator: Browser) -> None:
    place = f"/organisation/units/{office.units['TC']}"
    administrator.post(f"{place}/aliases", {"text": "Phòng TC&PC"})
    assert "Phòng TC&amp;PC" in administrator.get(place).text
    administrator.post(f"{place}/aliases/drop", {"text": "Phòng TC&PC"})
    assert "Chưa có tên gọi nào khác" in words(administrator.get(place).text)


def test_a_merged_unit_hands_its_work_on(office: Office, administrator: Browser) -> None:
    place = f"/organisation/units/{office.units['QT']}"
    administrator.post(f"{place}/merge", {"into": str(office.units["QT"]), "on": "2026-03-01"})
    assert "không thể nhập vào chính nó" in words(administrator.get(place).text)
    administrator.post(f"{place}/merge", {"into": str(office.units["TC"]), "on": "2026-03-01"})
    listed = words(administrator.get("/organisation").text)
    assert "Phòng Quan trắc và Thống kê việc do Phòng Tổ chức và Pháp chế làm" in listed


# people


def test_a_person_is_added_with_a_post_and_can_sign_in(office: Office, administrator: Browser) -> None:
    form = {"name": "Bế Văn Đàn", "login": "danbv", "email": "", "password": PASSWORD, "role": "official"}
    missing = administrator.post("/organisation/people/new", form)
    assert missing.status_code == 422
    assert 'value="Bế Văn Đàn"' in missing.text
    answer = administrator.post("/organisation/people/new", {**form, "unit": str(office.units["QT"])})
    assert answer.status_code == 303
    assert office.sign_in("danbv").get("/desk").status_code == 200
    found = words(administrator.get("/organisation/people?q=be+van+dan").text)
    assert "Bế Văn Đàn" in found
    assert "Đang hiện 1 trên 9 người" in found
    nobody = administrator.get("/organisation/people?q=khong+co+ai").text
    assert "Không có ai khớp bộ lọc" in words(nobody)
    again = administrator.post("/organisation/people/new", {**form, "unit": str(office.units["QT"])})
    assert again.status_code == 409


def test_a_post_is_given_and_ended(office: Office, administrator: Browser) -> None:
    place = f"/organisation/people/{office.people['hien']}"
    post = {"unit": str(office.units["TC"]), "role": "head", "title": "Phó Trưởng phòng", "valid_from": "2026-03-01"}
    administrator.post(f"{place}/posts", post)
    assert "Phó Trưởng phòng (Lãnh đạo đơn vị)" in words(administrator.get(place).text)
    with reading(office.system.database) as work:
        made = next(each for each in work.posts.all_of(office.people["hien"]) if each.role == "head")
    administrator.post(f"{place}/posts/{made.id}/end", {"on": "2026-03-12"})
    assert "đến 11/3/2026 Đã thôi" in words(administrator.get(place).text)
    with reading(office.system.database) as work:
        assert "head" not in user_of(work, office.people["hien"], NOW.date()).roles


def test_a_closed_account_ends_its_session_at_once(office: Office, administrator: Browser) -> None:
    lua, place = office.sign_in("lua"), f"/organisation/people/{office.people['lua']}"
    administrator.post(f"{place}/account", {"active": "0"})
    assert lua.get("/desk").status_code == 303
    administrator.post(f"{place}/account", {"active": "1"})
    assert office.sign_in("lua").get("/desk").status_code == 200


def test_a_reset_password_is_the_only_one_that_works(office: Office, administrator: Browser) -> None:
    lua, place = office.sign_in("lua"), f"/organisation/people/{office.people['lua']}"
    administrator.post(f"{place}/password", {"password": "ngan"})
    assert "ít nhất 8 ký tự" in words(administrator.get(place).text)
    administrator.post(f"{place}/password", {"password": "mat-khau-moi-2026"})
    assert lua.get("/desk").status_code == 303
    guest = office.guest()
    guest.get("/sign-in")
    assert guest.post("/sign-in", {"login": "lua", "password": PASSWORD}).status_code != 303
    assert guest.post("/sign-in", {"login": "lua", "password": "mat-khau-moi-2026"}).status_code == 303


def test_the_last_administrator_stays(office: Office, administrator: Browser) -> None:
    own = office.people["quantri"]
    administrator.post(f"/organisation/people/{own}/account", {"active": "0"})
    assert "tài khoản của chính mình" in words(administrator.get("/organisation").text)
    with reading(office.system.database) as work:
        user = user_of(work, own, NOW.date())
        (post,) = work.posts.all_of(own)
    with pytest.raises(Conflict, match="ít nhất một quản trị"):
        office.system.run(lambda work: relieve(work, own, post.id, NOW.date(), user, NOW))


def test_the_table_is_asked_below_the_pages_too(office: Office) -> None:
    with reading(office.system.database) as work:
        lua = user_of(work, office.people["lua"], NOW.date())
    with pytest.raises(NotAllowed):
        office.system.run(lambda work: open_account(work, office.people["khoat"], False, lua, NOW))


# substitutions


def arrangement(office: Office, person: str, substitute: str) -> dict[str, str]:
    ids = {"person": str(office.people[person]), "substitute": str(office.people[substitute])}
    return {**ids, "from": "2026-03-12", "to": "2026-03-20", "reason": "Nghỉ phép"}


def test_an_official_names_a_substitute_for_themselves_only(office: Office) -> None:
    lua = office.sign_in("lua")
    lua.post("/organisation/substitutions", arrangement(office, "lua", "thuan"))
    assert "Hoàng Diệu Thuần làm thay Vi Thị Lụa" in words(lua.get("/organisation/substitutions").text)
    lua.post("/organisation/substitutions", arrangement(office, "khoat", "lua"))
    page = words(lua.get("/organisation/substitutions").text)
    assert "được làm việc này; Vi Thị Lụa không thuộc số đó" in page
    assert "làm thay Trịnh Hữu Khoát" not in page


def test_a_head_names_and_ends_substitutes_in_the_unit(office: Office) -> None:
    head, stranger = office.sign_in("khoat"), office.sign_in("hien")
    head.post("/organisation/substitutions", arrangement(office, "lua", "thuan"))
    with reading(office.system.database) as work:
        (made,) = work.substitutions.around(office.people["lua"])
    stranger.post(f"/organisation/substitutions/{made.id}/end")
    assert "làm thay Vi Thị Lụa" in words(head.get("/organisation/substitutions").text)
    head.post(f"/organisation/substitutions/{made.id}/end")
    assert "Không ai đang được làm thay" in words(head.get("/organisation/substitutions").text)


def test_a_substitution_without_sense_is_refused(office: Office, administrator: Browser) -> None:
    wrong = {
        "tự thay mình": arrangement(office, "lua", "lua"),
        "trước ngày bắt đầu": {**arrangement(office, "lua", "thuan"), "to": "2026-03-01"},
        "Cần chọn ngày": {**arrangement(office, "lua", "thuan"), "to": ""},
        "Chọn người vắng": {**arrangement(office, "lua", "thuan"), "substitute": ""},
    }
    for sentence, fields in wrong.items():
        administrator.post("/organisation/substitutions", fields)
        assert sentence in words(administrator.get("/organisation/substitutions").text)


# calendar


def test_the_calendar_shows_the_known_swap_with_its_order(office: Office) -> None:
    page = words(office.sign_in("lua").get("/working-calendar").text)
    assert "Nghỉ Thứ Sáu, ngày 2/1/2026 Văn bản 12729/VPCP-KGVX" in page
    assert "Làm bù Thứ Bảy, ngày 10/1/2026" in page


def test_a_day_decided_by_order_changes_the_count_and_can_be_taken_back(office: Office, administrator: Browser) -> None:
    day = date(2026, 3, 13)
    fields = {"day": day.isoformat(), "kind": "off", "document": "05/TB-UBND", "note": "Lễ của tỉnh"}
    administrator.post("/working-calendar", fields)
    page = words(administrator.get("/working-calendar?year=2026").text)
    assert "Nghỉ Thứ Sáu, ngày 13/3/2026 Văn bản 05/TB-UBND. Lễ của tỉnh" in page
    with reading(office.system.database) as work:
        assert not office.system.calendar(work).is_working(day)
    administrator.post("/working-calendar", {**fields, "kind": "half"})
    with reading(office.system.database) as work:
        assert office.system.calendar(work).is_half_day(day)
    administrator.post(f"/working-calendar/{day.isoformat()}/forget")
    with reading(office.system.database) as work:
        assert office.system.calendar(work).is_working(day)
        assert not office.system.calendar(work).is_half_day(day)


def test_a_day_without_its_order_is_refused(office: Office, administrator: Browser) -> None:
    for fields in (
        {"day": "2026-03-13", "kind": "off", "document": " "},
        {"day": "", "kind": "off", "document": "1/TB"},
        {"day": "1890-01-01", "kind": "off", "document": "1/TB"},
        {"day": "2026-03-13", "kind": "party", "document": "1/TB"},
    ):
        administrator.post("/working-calendar", fields)
        administrator.get("/working-calendar")
    with reading(office.system.database) as work:
        assert not work.calendar_overrides.of_year(2026)
    assert administrator.get("/working-calendar?year=99999").status_code == 200
    assert administrator.post("/working-calendar/hom-nay/forget").status_code == 303
