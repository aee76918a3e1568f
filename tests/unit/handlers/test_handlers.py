"""What service tasks do: numbers, notices, letters, calls."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.errors import BpmnError, Conflict, Invalid, NotAllowed
from engine.definitions import deploy
from engine.instances import start_instance
from engine.jobs import Job
from handlers import build
from handlers.http import call
from handlers.mail import send_mail
from handlers.notice_mail import patient
from handlers.numbering import symbol
from office.units import add_unit
from storage.database import Database
from storage.transactions import reading, run_command
from tests.mailbox import Mailbox, body, closed_port, open_mailbox
from tests.unit.office.conftest import NOW

DRAWING = b"""<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d">
  <process id="waits" name="Waits" isExecutable="true">
    <startEvent id="s"><outgoing>a</outgoing></startEvent>
    <sequenceFlow id="a" sourceRef="s" targetRef="t"/>
    <userTask id="t" name="Do it"><incoming>a</incoming><outgoing>b</outgoing></userTask>
    <sequenceFlow id="b" sourceRef="t" targetRef="e"/>
    <endEvent id="e"><incoming>b</incoming></endEvent>
  </process>
</definitions>"""


def job(topic: str, payload: dict[str, Any], instance_id: UUID | None = None, id: UUID | None = None) -> Job:
    return Job(id or uuid4(), instance_id, topic, payload, 1, "step")


@pytest.fixture
def case(database: Database) -> UUID:
    run_command(database, lambda work: add_unit(work, "SNNMT", "Sở Nông nghiệp và Môi trường", kind="department"))
    run_command(database, lambda work: deploy(work, DRAWING, now=NOW))
    return run_command(database, lambda work: start_instance(work, "waits", {}, title="Việc thử", now=NOW).id)


def test_numbers_run_without_gap_and_a_repeated_job_gets_its_own_again(database: Database, case: UUID) -> None:
    number = build(database, now=lambda: NOW)["document.number"]
    first = job("document.number", {"activity_id": "không có"}, case)
    assert number(first) == {"number": "01/CV-SNNMT", "date": "2026-01-05"}
    assert number(job("document.number", {}, case)) == {"number": "02/CV-SNNMT", "date": "2026-01-05"}
    assert number(first) == {"number": "01/CV-SNNMT", "date": "2026-01-05"}
    with pytest.raises(Conflict):
        number(job("document.number", {}))


def test_numbers_taken_at_once_are_different(database: Database, case: UUID, at_once: Any) -> None:
    number = build(database, now=lambda: NOW)["document.number"]
    given = at_once([lambda: number(job("document.number", {}, case)) for _ in range(6)])
    assert sorted(each["number"] for each in given) == [f"{n:02d}/CV-SNNMT" for n in range(1, 7)]


def test_the_symbol_is_the_kind_of_the_first_paper() -> None:
    assert symbol(["Tờ trình UBND tỉnh", "Quyết định"]) == "TTr"
    assert symbol(["Lớp tập huấn", "Báo cáo"]) == "BC"
    assert symbol([]) == "CV"


def test_a_repeated_urging_leaves_one_notice(database: Database, case: UUID) -> None:
    handlers = build(database, now=lambda: NOW)
    urging = job("notice.urge", {"kind": "late", "due_date": "2026-01-02"}, case)
    assert handlers["notice.urge"](urging) == {"notices": 1}
    assert handlers["notice.urge"](urging) == {"notices": 0}
    assert handlers["notice.escalate"](job("notice.escalate", {"kind": "late"}, case)) == {"notices": 1}
    with reading(database) as work:
        assert {each.text for each in work.notices.of_instance(case)} == {
            "Đã quá hạn (2/1/2026): Việc thử",
            "Đã quá hạn: Việc thử",
        }


def test_a_result_of_a_case_that_is_no_row_is_kept_nowhere(database: Database, case: UUID) -> None:
    handler = build(database, now=lambda: NOW)["result.record"]
    assert handler(job("result.record", {"outcome": "issued"}, case)) == {"recorded": False}


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as opened:
        yield opened


def test_a_letter_goes_out_under_the_jobs_id(mailbox: Mailbox) -> None:
    letter = job("mail", {"to": "a@yenha.example", "subject": "Nhắc\nviệc", "text": "Đến hạn"})
    assert send_mail(mailbox.settings)(letter) == {"sent": True}
    (received,) = mailbox.letters
    assert received["Message-ID"] == f"<{letter.id}@bangiao>"
    assert received["Subject"] == "Nhắc việc"
    assert "Đến hạn" in body(received)


def test_after_a_failure_others_do_not_wait_for_the_same_server() -> None:
    seconds, tried = [0.0], []

    def refuse(letter: EmailMessage) -> None:
        tried.append(letter)
        raise Conflict("Máy chủ thư không trả lời", "the mail server does not answer")

    post = patient(refuse, clock=lambda: seconds[0])
    for at in (0.0, 1.0, 19.0, 21.0, 22.0):
        seconds[0] = at
        with pytest.raises(Conflict, match="Máy chủ thư không trả lời") as caught:
            post(EmailMessage())
        assert caught.value.english == "the mail server does not answer"
    assert len(tried) == 2


def test_a_server_that_does_not_answer_is_named() -> None:
    with closed_port() as port, pytest.raises(Conflict, match=f"127.0.0.1:{port}"):
        send_mail({"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port)})(job("mail", {"to": "a@yenha.example"}))


def test_without_a_server_nothing_is_sent_and_the_result_says_so() -> None:
    assert send_mail({})(job("mail", {"to": "a@yenha.example"})) == {"sent": False}


def test_a_letter_without_an_address_or_with_a_smuggled_one_is_refused(mailbox: Mailbox) -> None:
    to: Any
    for to in (None, [], "nobody", "a@b.example\nBcc: c@d.example"):
        with pytest.raises(Invalid):
            send_mail(mailbox.settings)(job("mail", {"to": to}))
    assert mailbox.letters == []


class Answers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        status = int(self.path.strip("/"))
        self.send_response(status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(body or b"{}")

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def server() -> Iterator[str]:
    http = HTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{http.server_port}"
    http.shutdown()
    http.server_close()
    thread.join()


def test_nothing_is_called_that_nobody_allowed(server: str) -> None:
    for settings in ({}, {"HTTP_ALLOW": "elsewhere.example:443"}):
        with pytest.raises(NotAllowed):
            call(settings)(job("http", {"url": f"http://{server}/200", "method": "POST"}))
    with pytest.raises(NotAllowed):
        call({"HTTP_ALLOW": server})(job("http", {"url": "file:///etc/passwd"}))


def test_an_allowed_call_gives_the_answer_and_errors_are_told_apart(server: str) -> None:
    send = call({"HTTP_ALLOW": server})

    def post(status: int) -> Any:
        return send(job("http", {"url": f"http://{server}/{status}", "method": "POST", "json": {"a": 1}}))

    assert post(200) == {"status": 200, "body": {"a": 1}}
    assert post(302)["status"] == 302
    with pytest.raises(Conflict):
        post(503)
    with pytest.raises(BpmnError) as caught:
        post(404)
    assert caught.value.code == "HTTP_404"
