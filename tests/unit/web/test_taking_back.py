"""Rút lại: who has just handed over takes it back on the pages, until the receiver has begun."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from engine.reconcile import reconcile
from office.comments import add_comment
from office.drafts import save_draft
from office.organisation import user_of
from storage.tables import Assignment, Contribution, Draft, Notice
from storage.transactions import Work, reading
from tests.unit.web.conftest import NOW, Office

SENT = {"draft_summary": "Phương án đã lập"}


def test_the_line_that_says_done_takes_it_back_and_the_form_holds_what_was_sent(office: Office) -> None:
    instance_id = office.start("simple")
    lua, task = office.sign_in("lua"), office.task(instance_id)
    assert lua.post(f"/tasks/{task.id}/complete", SENT).status_code == 303
    page = lua.get("/desk")
    assert f'action="/tasks/{task.id}/take-back"' in page.text
    assert "Rút lại" in page.text
    answer = lua.post(f"/tasks/{task.id}/take-back")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/tasks/{task.id}")
    page = lua.get(f"/tasks/{task.id}")
    assert "Đã rút lại “" in page.text
    assert "Phương án đã lập" in page.text
    assert office.task(instance_id).id == task.id
    with reading(office.system.database) as work:
        assert reconcile(work) == []
    assert lua.post(f"/tasks/{task.id}/take-back").status_code == 409


def test_the_case_page_offers_it_to_the_sender_and_to_an_administrator_alone(office: Office) -> None:
    instance_id = office.start("simple")
    lua, task = office.sign_in("lua"), office.task(instance_id)
    lua.post(f"/tasks/{task.id}/complete", SENT)
    offered = f'action="/tasks/{task.id}/take-back"'
    assert offered in lua.get(f"/cases/{instance_id}").text
    assert offered in lua.get(f"/tasks/{task.id}").text
    assert offered in office.sign_in("quantri").get(f"/cases/{instance_id}").text
    assert offered not in office.sign_in("khoat").get(f"/cases/{instance_id}").text
    assert office.sign_in("khoat").post(f"/tasks/{task.id}/take-back").status_code == 403


def test_a_receiver_who_has_begun_keeps_it_and_the_sender_is_told_who(office: Office) -> None:
    instance_id = office.start("simple")
    lua, task = office.sign_in("lua"), office.task(instance_id)
    lua.post(f"/tasks/{task.id}/complete", SENT)
    office.sign_in("khoat").post(f"/tasks/{office.task(instance_id).id}/claim")
    assert f"/tasks/{task.id}/take-back" not in lua.get(f"/cases/{instance_id}").text
    refused = lua.post(f"/tasks/{task.id}/take-back")
    assert refused.status_code == 409
    assert "Trịnh Hữu Khoát đã nhận “Duyệt kết quả”, không rút lại được nữa" in refused.text


def test_a_draft_or_a_word_of_the_receiver_stands_in_the_way(office: Office) -> None:
    for begin in ("draft", "comment"):
        instance_id = office.start("simple", number=begin)
        lua, task = office.sign_in("lua"), office.task(instance_id)
        lua.post(f"/tasks/{task.id}/complete", SENT)
        review = office.task(instance_id)
        with reading(office.system.database) as work:
            khoat = user_of(work, office.people["khoat"], NOW.date())
        if begin == "draft":
            office.system.run(
                partial(save_draft, task_id=review.id, user=khoat, variables={"review_note": "xem"}, now=NOW)
            )
        else:
            later = NOW + timedelta(minutes=1)
            said = partial(add_comment, instance_id=instance_id, user=khoat, text="Bổ sung phụ lục", now=later)
            office.system.run(said)
        refused = lua.post(f"/tasks/{task.id}/take-back")
        assert refused.status_code == 409
        assert "Trịnh Hữu Khoát đã" in refused.text


def test_units_that_were_asked_are_asked_no_more_and_who_had_looked_is_told(office: Office) -> None:
    units = [{"unit": str(office.units[code]), "by_letter": False} for code in ("QT", "VP")]
    instance_id = office.start(coordinating=units)
    with reading(office.system.database) as work:
        shares = _shares(work)
    lua, task = office.sign_in("lua"), office.task(instance_id)
    lua.post(f"/tasks/{task.id}/complete", SENT)
    asked = next(each for each in office.tasks(instance_id) if each.unit_id == office.units["QT"])
    hien = office.sign_in("hien")
    hien.get(f"/tasks/{asked.id}")  # looked at, not begun
    lua.post(f"/tasks/{task.id}/take-back")
    with reading(office.system.database) as work:
        assert list(work.session.query(Contribution)) == []
        assert _shares(work) == shares
        (notice,) = work.session.query(Notice)
        assert (notice.kind, notice.task_id) == ("taken_back", asked.id)
        assert "Vi Thị Lụa đã rút lại" in notice.text
        assert [draft.person_id for draft in work.session.query(Draft)] == [office.people["lua"]]
    assert "Vi Thị Lụa đã rút lại" in hien.get("/notices").text
    lua.post(f"/tasks/{task.id}/complete", SENT)
    with reading(office.system.database) as work:
        assert {one.round for one in work.session.query(Contribution)} == {1}
        assert reconcile(work) == []


def test_a_leader_takes_a_signature_back_until_the_number_is_given(office: Office) -> None:
    instance_id = office.start()
    for login, fields in (("lua", SENT), ("khoat", {"review_outcome": "approve"})):
        office.sign_in(login).post(f"/tasks/{office.task(instance_id).id}/complete", fields)
    nhuan, sign = office.sign_in("nhuan"), office.task(instance_id)
    signed = {"sign_outcome": "approve", "_back": "/desk/decisions"}
    nhuan.post(f"/tasks/{sign.id}/complete", signed)
    page = nhuan.get("/desk/decisions")
    assert f'action="/tasks/{sign.id}/take-back"' in page.text
    nhuan.post(f"/tasks/{sign.id}/take-back")
    assert office.task(instance_id).id == sign.id
    nhuan.post(f"/tasks/{sign.id}/complete", signed)
    office.system.tick()
    refused = nhuan.post(f"/tasks/{sign.id}/take-back")
    assert refused.status_code == 409
    assert "“Cấp số văn bản” đã chạy" in refused.text


def test_the_history_says_so_in_both_languages(office: Office) -> None:
    instance_id = office.start("simple")
    lua, task = office.sign_in("lua"), office.task(instance_id)
    lua.post(f"/tasks/{task.id}/complete", SENT)
    lua.post(f"/tasks/{task.id}/take-back")
    assert f"rút lại “{task.name}”" in lua.get(f"/cases/{instance_id}/history").text
    lua.post("/account/choices", {"language": "en"})
    assert f"took back “{task.name}”" in lua.get(f"/cases/{instance_id}/history").text


def _shares(work: Work) -> list[tuple[str, str, str]]:
    return sorted((str(share.unit_id), share.part, share.status) for share in work.session.query(Assignment))
