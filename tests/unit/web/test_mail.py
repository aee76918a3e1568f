"""Mail to people: digests in the morning, notices at once, to whom they are meant for, in their language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event
from werkzeug.routing import RequestRedirect

from domain.calendars import ZONE
from domain.errors import Invalid
from domain.people import candidate_key
from domain.words import Words
from engine.clock import wall_clock
from engine.due import JobsDue
from engine.incidents import resolve_incident, retry_incident
from engine.jobs import claim_job, run_job
from engine.user_tasks import assign_user_task, complete_user_task
from handlers import build
from office.digest_schedule import DIGEST_MAIL, DigestSource, set_digest_time
from office.digests import Desks
from office.letters import NOTICE_MAIL, is_meant
from office.notices import add_notice
from office.organisation import user_of, users_of
from office.people import add_person, give_post, stand_in
from storage import mailing, notice_board
from storage.database import Database
from storage.tables import Incident, Job
from storage.transactions import Work, reading, run_command
from storage.worklists import mine, worklist
from tests.mailbox import Mailbox, body, closed_port, open_mailbox
from tests.unit.web.conftest import NOW, Office, opened_office
from web.letters import LISTS, LetterWriter

PUBLIC = "https://bangiao.yenha.example"
TODAY = NOW.date()


@dataclass
class Posted:
    """An office with a mail server."""

    office: Office
    box: Mailbox

    def advance(self, day: int, hour: int) -> list[Any]:
        """Let it become that hour of a day in March 2026; the letters that came meanwhile."""
        before, system = len(self.box.letters), self.office.system
        system.advance(datetime(2026, 3, day, hour, tzinfo=ZONE) - system.now())
        return self.box.letters[before:]

    def address(self, login: str, choice: str | None = None, language: str = "vi") -> str:
        """Give somebody an address and a choice."""
        address = f"{login}@yenha.example"

        def command(work: Work) -> None:
            person = work.people.get(self.office.people[login])
            person.email, person.mail_choice, person.language = address, choice, language

        self.office.system.run(command)
        return address

    def jobs(self, topic: str = NOTICE_MAIL) -> list[Job]:
        with reading(self.office.system.database) as work:
            return [each for each in work.jobs.page() if each.topic == topic]

    def tell(self, text: str = "Đã quá hạn", kind: str = "late", **to: Any) -> None:
        system = self.office.system
        system.run(lambda work: add_notice(work, kind=kind, text=text, cause=str(uuid4()), now=system.now(), **to))

    def incidents(self) -> list[Incident]:
        with reading(self.office.system.database) as work:
            return list(work.incidents.page(only_open=False))


@pytest.fixture
def away() -> Iterator[dict[str, str]]:
    """Settings of a server that does not answer."""
    with closed_port() as port:
        yield {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port)}


@pytest.fixture
def posted(new_sqlite_url: str, tmp_path: Path) -> Iterator[Posted]:
    with opened_post(new_sqlite_url, tmp_path) as opened:
        yield opened


@contextmanager
def opened_post(url: str, home: Path) -> Iterator[Posted]:
    with open_mailbox() as box:
        environment = {f"BANGIAO_{name}": value for name, value in box.settings.items()}
        with opened_office(url, home, {**environment, "BANGIAO_PUBLIC_URL": f"{PUBLIC}/"}) as office:
            yield Posted(office, box)


def official_key(office: Office) -> str:
    return candidate_key(office.units["TC"], "official")


def test_a_digest_comes_each_working_morning_and_says_what_waits(posted: Posted) -> None:
    address = posted.address("lua")
    office = posted.office
    late = office.start(number="2.3", title="Phương án rút gọn", due_date="2026-03-16")
    office.start(number="2.4", title="Sổ theo dõi", due_date="2026-12-01")
    assert posted.advance(12, 23) == []
    (letter,) = posted.advance(13, 8)
    assert letter["To"] == address
    assert letter["Subject"] == (
        "Bàn Giao: 1 việc đến hạn trong 3 ngày làm việc, 1 việc mới nhận (Thứ Sáu, ngày 13/3/2026)"
    )
    assert "=?utf-8?" in letter.as_bytes().decode("ascii")
    task = office.task(late)
    text, html = body(letter), body(letter, "html")
    assert "2.3. Phương án rút gọn" in text
    assert f"{PUBLIC}/tasks/{task.id}" in text
    assert f'<a href="{PUBLIC}/tasks/{task.id}">Phương án rút gọn</a>' in html
    assert letter["List-Unsubscribe"] == f"<{PUBLIC}/account#thu>"
    assert f"đổi cách nhận tại {PUBLIC}/account#thu" in text
    assert posted.advance(15, 23) == []  # the weekend
    (monday,) = posted.advance(16, 8)
    assert "1 việc đến hạn hôm nay" in monday["Subject"]
    assert "mới nhận" not in monday["Subject"]
    (tuesday,) = posted.advance(17, 8)
    assert "1 việc quá hạn" in tuesday["Subject"]
    assert "Quá hạn 1 ngày" in body(tuesday)


def test_a_digest_is_in_the_persons_language(posted: Posted) -> None:
    posted.address("lua", language="en")
    posted.office.start()
    posted.tell(Words("Đã hỏi", "Was asked"), person_id=posted.office.people["lua"])
    (letter,) = posted.advance(13, 8)
    assert letter["Subject"] == ("Bàn Giao: 1 task due within 3 working days, 1 unread notice (Friday, 13 Mar 2026)")
    assert "- Was asked" in body(letter)
    assert "change which mail you get" in body(letter)


def test_decisions_are_a_section_of_their_own(posted: Posted) -> None:
    posted.address("khoat")
    office = posted.office
    case = office.start("simple", due_date="2026-12-01")
    task = office.task(case)

    def command(work: Work) -> None:
        row = work.user_tasks.get(task.id)
        row.purpose, row.candidate_key = "review", candidate_key(office.units["TC"], "head")

    office.system.run(command)
    posted.advance(13, 8)
    (letter,) = posted.advance(16, 8)  # new no more, still to be decided
    assert "1 việc chờ quyết định" in letter["Subject"]
    assert f"{PUBLIC}/desk/decisions" in body(letter)


def test_nobody_without_work_address_or_wish_gets_a_digest(posted: Posted) -> None:
    posted.office.start()
    posted.address("thuan", "none")
    posted.address("hien")  # another unit, nothing on the desk
    assert posted.advance(13, 8) == []


def test_a_digest_tells_unread_notices_once(posted: Posted) -> None:
    address = posted.address("nhuan")
    posted.tell("Đã quá hạn: Phương án", person_id=posted.office.people["nhuan"])
    (letter,) = posted.advance(13, 8)
    assert letter["To"] == address
    assert "1 thông báo chưa đọc" in letter["Subject"]
    assert "Đã quá hạn: Phương án" in body(letter)
    assert posted.advance(16, 8) == []
    posted.tell("Chuyện khác", person_id=posted.office.people["nhuan"])
    posted.office.sign_in("nhuan").post("/notices/read")
    assert posted.advance(17, 8) == []


def test_who_stands_in_reads_what_is_on_both_desks(posted: Posted) -> None:
    address = posted.address("hien")
    office = posted.office
    case = office.start()
    absent, present = office.people["lua"], office.people["hien"]
    office.system.run(lambda work: stand_in(work, absent, present, TODAY, date(2026, 3, 13), "Nghỉ phép", NOW))
    (letter,) = posted.advance(13, 8)
    assert letter["To"] == address
    assert str(office.task(case).id) in body(letter)
    assert posted.advance(16, 8) == []  # the leave is over


def test_three_tickers_make_the_digests_once(database_url: str, tmp_path: Path, at_once: Any) -> None:
    with opened_post(database_url, tmp_path) as posted:
        posted.address("lua")
        posted.address("thuan")
        posted.office.start()
        morning = datetime(2026, 3, 13, 7, tzinfo=ZONE)
        databases = [Database(database_url, sends_mail=True) for _ in range(3)]
        try:
            first = at_once([lambda each=each: DigestSource().run(each, NOW) for each in databases])
            made = at_once([lambda each=each: DigestSource().run(each, morning) for each in databases])
        finally:
            for each in databases:
                each.close()
        assert first == [0, 0, 0]
        assert sorted(made) == [0, 0, 2]
        assert len(posted.jobs(DIGEST_MAIL)) == 2


def test_a_morning_that_was_missed_is_left_out(posted: Posted) -> None:
    posted.address("lua")
    posted.office.start()
    posted.advance(12, 11)
    system = posted.office.system
    source = DigestSource()
    assert source.run(system.database, datetime(2026, 3, 13, 15, tzinfo=ZONE)) == 0
    assert source.run(system.database, datetime(2026, 3, 16, 10, tzinfo=ZONE)) == 1
    assert source.run(system.database, datetime(2026, 3, 16, 11, tzinfo=ZONE)) == 0


def test_two_hundred_people_cost_as_many_statements_as_five(posted: Posted) -> None:
    system = posted.office.system
    for _ in range(3):
        posted.office.start()
    posted.tell(candidate=official_key(posted.office))
    posted.advance(12, 11)

    def employ(first: int, last: int) -> None:
        def command(work: Work) -> None:
            for number in range(first, last):
                person = add_person(work, f"nguoi{number}", f"Người {number}", NOW, email=f"n{number}@yenha.example")
                give_post(work, person.id, posted.office.units["TC"], "official")

        system.run(command)

    def statements(day: int) -> tuple[int, int]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.append(statement)

        event.listen(system.database.engine, "before_cursor_execute", note)
        try:
            made = DigestSource().run(system.database, datetime(2026, 3, day, 7, tzinfo=ZONE))
        finally:
            event.remove(system.database.engine, "before_cursor_execute", note)
        return made, len(seen)

    employ(0, 5)
    assert statements(13)[0] == 5
    few = statements(16)
    employ(5, 200)
    many = statements(17)
    assert (few[0], many[0]) == (5, 200)
    assert many[1] == few[1]
    assert few[1] < 20


def test_a_notice_and_its_letter_are_one(posted: Posted) -> None:
    posted.address("lua", "each")

    def command(work: Work) -> None:
        add_notice(work, kind="late", text="Không có", cause="1", now=NOW, person_id=posted.office.people["lua"])
        work.flush()
        assert [each.topic for each in work.jobs.page()] == [NOTICE_MAIL]
        raise Invalid("thôi")

    with pytest.raises(Invalid):
        posted.office.system.run(command)
    assert posted.jobs() == []
    assert posted.box.letters == []


def test_a_notice_goes_at_once_to_those_who_want_it_and_hold_its_role(posted: Posted) -> None:
    addresses = [posted.address("lua", "each"), posted.address("thuan", "each", "en")]
    posted.address("khoat", "each")
    posted.address("hien", "each")
    case = posted.office.start()
    task = posted.office.task(case)
    said = Words("Đã quá hạn: Phương án", "Overdue: Phương án")
    posted.tell(said, candidate=official_key(posted.office), task_id=task.id, instance_id=case)
    letters = posted.advance(12, 11)
    assert sorted(each["To"] for each in letters) == sorted(addresses)
    (mine,) = posted.box.to(addresses[0])
    assert mine["Subject"] == "Bàn Giao: Đã quá hạn: Phương án"
    assert f"{PUBLIC}/tasks/{task.id}" in body(mine)
    (english,) = posted.box.to(addresses[1])
    assert english["Subject"] == "Bàn Giao: Overdue: Phương án"
    assert 'lang="en"' in body(english, "html")
    assert posted.advance(13, 12) == []  # no digest besides


def test_what_was_read_done_or_wanted_no_more_is_not_sent(posted: Posted) -> None:
    office = posted.office
    posted.address("lua", "each")
    lua = office.people["lua"]
    case = office.start()
    task = office.task(case)
    posted.tell("Được đọc", person_id=lua)
    office.sign_in("lua").post("/notices/read")
    posted.tell("Việc đã xong", person_id=lua, task_id=task.id, instance_id=case)
    run_command(
        office.system.database,
        lambda work: complete_user_task(work, task.id, user_of(work, office.people["quantri"], TODAY), {}, NOW),
    )
    assert posted.advance(12, 11) == []
    posted.tell("Không nhận nữa", person_id=lua)
    office.sign_in("lua").post("/account/mail", {"mail": "none"})
    assert posted.advance(12, 12) == []
    assert {str(each.result["reason"]) for each in posted.jobs() if each.result} == {"read or over", "wants other mail"}


def test_who_stands_in_is_told_what_the_absent_person_is_told(posted: Posted) -> None:
    address = posted.address("hien", "each")
    office = posted.office
    absent, present = office.people["lua"], office.people["hien"]
    office.system.run(lambda work: stand_in(work, absent, present, TODAY, TODAY, "Nghỉ phép", NOW))
    posted.tell("Cho người vắng", person_id=absent)
    posted.tell("Cho vai trò", candidate=official_key(office))
    posted.tell("Cho người khác", person_id=office.people["thuan"])
    texts = {each["Subject"] for each in posted.advance(12, 11)}
    assert texts == {"Bàn Giao: Cho người vắng", "Bàn Giao: Cho vai trò"}
    assert [each["To"] for each in posted.box.letters] == [address, address]
    assert "Cho người vắng" in office.sign_in("hien").get("/notices").text


def test_desk_and_mail_agree_on_whose_work_and_notices_are(posted: Posted) -> None:
    """Whole and limited standing in, taken and offered work: the same as the pages show."""
    office = posted.office
    cases = [office.start(), office.start("simple"), office.start("simple"), office.start()]
    office.system.run(lambda work: stand_in(work, office.people["khoat"], office.people["hac"], TODAY, TODAY, "x", NOW))
    office.system.run(
        lambda work: stand_in(
            work, office.people["lua"], office.people["hien"], TODAY, TODAY, "x", NOW, definition_key="simple"
        )
    )
    taken = [office.task(cases[1]), office.task(cases[3])]

    def assign(work: Work) -> None:
        administrator = user_of(work, office.people["quantri"], TODAY)
        for task in taken:
            assign_user_task(work, task.id, office.people["lua"], administrator, NOW)

    office.system.run(assign)
    for case in cases:
        posted.tell("vai trò", candidate=official_key(office), instance_id=case)
        posted.tell("người", person_id=office.people["lua"], instance_id=case)
        posted.tell("trưởng phòng", candidate=candidate_key(office.units["TC"], "head"), instance_id=case)
    with reading(office.system.database) as work:
        users = users_of(work, list(work.people.all()), TODAY)
        assert users == [user_of(work, user.person_id, TODAY) for user in users]
        news = mailing.news(work, NOW - timedelta(days=1))
        open_work = mailing.open_work(work, NOW + timedelta(days=999), NOW - timedelta(days=1))
        assert len(news) == 12
        for user in users:
            shown = {each.notice.id for each in notice_board.for_user(work, user, NOW)}
            assert {each.notice.id for each in news if is_meant(user, each.notice, each.definition_key)} == shown
            desk = {each.task_id for each in Desks(open_work).of(user)}
            assert desk == {task.id for task in worklist(work, mine(user))}


def test_without_a_server_nothing_is_queued_and_the_pages_say_so(office: Office) -> None:
    def command(work: Work) -> None:
        for person in work.people.all():
            person.email, person.mail_choice = f"{person.login}@yenha.example", "each"

    office.system.run(command)
    office.start()
    add = {"kind": "late", "text": "x", "cause": "1", "now": NOW, "person_id": office.people["lua"]}
    office.system.run(lambda work: add_notice(work, **add))  # type: ignore[arg-type]
    office.system.advance(timedelta(days=3))
    with reading(office.system.database) as work:
        assert [each.topic for each in work.jobs.page() if each.topic in (NOTICE_MAIL, DIGEST_MAIL)] == []
    page = office.sign_in("lua").get("/account").text
    assert "Hệ thống chưa nối máy chủ thư" in page
    assert 'name="mail"' not in page


def test_the_account_keeps_the_choice_of_mail(posted: Posted) -> None:
    lua = posted.office.sign_in("lua")
    assert "chưa có địa chỉ thư" in lua.get("/account").text
    posted.address("lua")
    assert 'value="digest" aria-describedby="mail-digest-n" checked' in lua.get("/account").text
    assert lua.post("/account/mail", {"mail": "each"}).status_code == 303
    assert 'value="each" aria-describedby="mail-each-n" checked' in lua.get("/account").text
    assert lua.post("/account/mail", {"mail": "daily"}).status_code == 422
    assert lua.post("/account/mail", {"mail": "digest"}).status_code == 303
    with reading(posted.office.system.database) as work:
        assert work.people.get(posted.office.people["lua"]).mail_choice is None
    assert "7h00" in lua.get("/account").text


def test_the_office_sets_the_hour(posted: Posted) -> None:
    posted.address("lua")
    office = posted.office
    office.start()
    posted.advance(12, 11)
    assert office.sign_in("lua").post("/working-calendar/digest", {"at": "09:30"}).status_code == 403
    administrator = office.sign_in("quantri")
    for typed, said in (("14:00", "buổi sáng"), ("x", "không phải là giờ")):
        administrator.post("/working-calendar/digest", {"at": typed})
        assert said in administrator.get("/working-calendar").text
    administrator.post("/working-calendar/digest", {"at": "09:30"})
    assert 'value="09:30"' in administrator.get("/working-calendar").text
    assert posted.advance(13, 9) == []
    assert len(posted.advance(13, 10)) == 1

    def earlier(work: Work) -> None:
        user = user_of(work, office.people["quantri"], TODAY)
        set_digest_time(work, datetime(2026, 1, 1, 6).time(), user, office.system.now())

    office.system.run(earlier)
    assert posted.advance(13, 23) == []  # today's has been sent
    assert len(posted.advance(16, 7)) == 1


def test_every_list_a_letter_leads_to_is_a_page(office: Office) -> None:
    pages = office.app.url_map.bind("yenha.example")
    for path in (*LISTS.values(), "/account", f"/tasks/{uuid4()}", f"/cases/{uuid4()}"):
        try:
            assert pages.match(path.partition("?")[0])
        except RequestRedirect:
            pytest.fail(path)


def wall_after(minutes: int) -> Any:
    return lambda: wall_clock() + timedelta(minutes=minutes)


def test_a_server_that_is_away_is_one_line_then_one_incident_and_one_retry(
    posted: Posted, away: dict[str, str]
) -> None:
    office, system = posted.office, posted.office.system
    posted.address("lua", "each")
    lua = office.people["lua"]
    for number in range(3):
        posted.tell(f"Thông báo {number}", person_id=lua)

    def try_all(settings: Any, minutes: int) -> int:
        handlers = build(system.database, settings, writer=LetterWriter(PUBLIC), now=system.now)
        return JobsDue(handlers, wall=wall_after(minutes)).run(system.database, system.now())

    assert try_all(away, 0) == 3
    assert try_all(away, 0) == 0  # they wait before they try again
    administrator = office.sign_in("quantri")
    page = administrator.get("/watch").text
    assert "3 thư chờ gửi lại, 0 thư đã thôi thử" in page
    for attempt in range(1, 8):
        assert try_all(away, 100 * attempt) == 3
    assert [each.state for each in posted.jobs()] == ["failed"] * 3
    (incident,) = posted.incidents()
    assert "Máy chủ thư 127.0.0.1" in incident.message
    assert "0 thư chờ gửi lại, 3 thư đã thôi thử" in administrator.get("/watch").text
    run_command(system.database, lambda work: retry_incident(work, incident.id, None, NOW))
    assert try_all(posted.box.settings, 1000) == 3
    assert len(posted.box.letters) == 3
    assert "thư chờ gửi lại" not in administrator.get("/watch").text


def test_an_address_nobody_knows_is_one_incident_until_it_is_settled(posted: Posted) -> None:
    system = posted.office.system
    posted.box.refused.add(posted.address("lua", "each"))

    def fail_once_more() -> None:
        posted.tell("Thông báo", person_id=posted.office.people["lua"])
        handlers = build(system.database, posted.box.settings, writer=LetterWriter(None), now=system.now)
        for attempt in range(8):
            JobsDue(handlers, wall=wall_after(100 * attempt)).run(system.database, system.now())

    fail_once_more()
    fail_once_more()
    (incident,) = posted.incidents()
    run_command(system.database, lambda work: resolve_incident(work, incident.id, None, NOW, reason="Sửa địa chỉ"))
    assert {each.state for each in posted.jobs()} == {"cancelled"}
    fail_once_more()
    assert sorted(each.resolved_at is None for each in posted.incidents()) == [False, True]


def test_workers_that_give_up_at_once_open_one_incident(
    database_url: str, tmp_path: Path, away: dict[str, str], at_once: Any
) -> None:
    with opened_post(database_url, tmp_path) as posted:
        posted.address("lua", "each")
        system = posted.office.system
        for number in range(4):
            posted.tell(f"Thông báo {number}", person_id=posted.office.people["lua"])

        def last_try(work: Work) -> None:
            for row in work.jobs.page(state="ready"):
                row.retries = 1

        system.run(last_try)
        claimed = [run_command(system.database, lambda work: claim_job(work, "w", wall_clock())) for _ in range(4)]
        handlers = build(system.database, away, writer=LetterWriter(None), now=system.now)
        at_once(
            [
                lambda job=job: run_job(system.database, handlers, job, clock=system.now, wall=wall_clock)
                for job in claimed
            ]
        )
        assert [each.state for each in posted.jobs()] == ["failed"] * 4
        assert len(posted.incidents()) == 1


def test_yesterdays_digest_is_not_sent_today(posted: Posted) -> None:
    posted.address("lua")
    posted.office.start()
    system = posted.office.system
    posted.advance(12, 11)
    assert DigestSource().run(system.database, datetime(2026, 3, 13, 7, tzinfo=ZONE)) == 1
    handlers = build(
        system.database,
        posted.box.settings,
        writer=LetterWriter(None),
        now=lambda: datetime(2026, 3, 14, 7, tzinfo=ZONE),
    )
    assert JobsDue(handlers).run(system.database, system.now()) == 1
    assert posted.box.letters == []
    (job,) = posted.jobs(DIGEST_MAIL)
    assert job.result == {"sent": False, "reason": "its day is over"}
