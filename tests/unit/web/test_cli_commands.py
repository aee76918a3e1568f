"""The command line: exit 0 done, 1 with one sentence on stderr, 2 wrong usage; each command upgrades an empty file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess, run
from sys import executable
from typing import Any

import pytest
from click.testing import CliRunner

from domain.errors import Conflict, Invalid, NotFound
from office.plans import create_draft
from storage.transactions import reading
from tests.unit.web.plan_paper import clear_paper
from web.cli import PLACES, Commands, commands
from web.settings import read_settings
from web.system import open_system

DRAWINGS = Path(__file__).parents[2] / "bpmn"
Called = Callable[..., Any]


@pytest.fixture
def bangiao(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Called:
    """Calls the command line in this process, on an empty BANGIAO_HOME."""
    monkeypatch.setenv("BANGIAO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, fails: type[Exception] | None = None) -> Any:
        result = CliRunner().invoke(commands, arguments)
        if fails is not None:
            assert isinstance(result.exception, fails), (result.output, result.exception)
        elif result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


def in_process(folder: Path, *arguments: str, **environment: str) -> CompletedProcess[str]:
    """The real program in a process of its own."""
    return run(
        [executable, "-m", "web.cli", *arguments],
        cwd=Path(__file__).parents[3],
        env={"BANGIAO_HOME": str(folder), "PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_every_command_is_there_and_says_what_it_does(bangiao: Called) -> None:
    group = commands
    assert isinstance(group, Commands)
    for name in PLACES:
        answer = bangiao(name, "--help")
        assert answer.exit_code == 0
        assert "Usage:" in answer.output
    assert bangiao("nothing").exit_code == 2


def test_an_account_a_token_and_a_process_on_an_empty_file(bangiao: Called) -> None:
    made = bangiao("person", "add", "--login", "Quantri", "--name", "Quản trị", "--role", "administrator")
    assert made.exit_code == 0, made.output
    token = bangiao("token", "create", "--person", "quantri").output
    assert re.fullmatch(r"bgt_[\w-]{43}\n", token)
    listed = bangiao("token", "list", "--person", "quantri").output
    assert listed.endswith("  -  bangiao token create\n")
    bangiao("token", "revoke", listed.split()[0])
    assert bangiao("token", "list", "--person", "quantri").output == ""
    assert bangiao("definition", "deploy", str(DRAWINGS / "two_steps.bpmn")).output == "two_steps 1\n"
    assert bangiao("reconcile").exit_code == 0
    assert bangiao("tick").output.strip() == "0"
    assert bangiao("doctor").exit_code == 0
    assert bangiao("db", "upgrade").exit_code == 0
    system = open_system(read_settings())
    with reading(system.database) as work:
        (post,) = work.posts.all_of(next(iter(work.people.all())).id)
        assert post.role == "administrator"
        assert [each.code for each in work.units.all()] == ["SO"]
    system.close()


def test_what_fails_says_why_in_one_sentence(tmp_path: Path) -> None:
    answer = in_process(tmp_path, "token", "create", "--person", "khong-co")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == "Không có tài khoản “khong-co”\n"
    answer = in_process(tmp_path, "definition", "deploy", str(DRAWINGS / "error_no_process.bpmn"))
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    answer = in_process(tmp_path, "instance", "explain", "00000000-0000-4000-8000-000000000001")
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert in_process(tmp_path, "instance", "explain", "x").returncode == 2
    assert in_process(tmp_path, "serve", "--port", "x").returncode == 2


def test_what_is_unsafe_is_not_served_to_others(tmp_path: Path) -> None:
    virtual = in_process(tmp_path, "serve", "--host", "0.0.0.0", BANGIAO_CLOCK="virtual")
    assert (virtual.returncode, virtual.stderr.count("\n")) == (1, 1)
    assert "BANGIAO_CLOCK" in virtual.stderr
    weak = in_process(tmp_path, "web", "--host", "0.0.0.0", BANGIAO_SECRET_KEY="abc")
    assert weak.returncode == 1
    assert "BANGIAO_SECRET_KEY" in weak.stderr
    assert in_process(tmp_path, "demo", "--host", "0.0.0.0").returncode == 1


def test_doctor_says_what_is_unsafe_and_keeps_secrets(bangiao: Called, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANGIAO_SECRET_KEY", "ngan")
    monkeypatch.setenv("BANGIAO_SMTP_PASSWORD", "rat-kin")
    answer = bangiao("doctor")
    assert answer.exit_code == 1
    assert "BANGIAO_SECRET_KEY" in answer.output
    assert "rat-kin" not in answer.output
    assert "ngan" not in answer.output.replace("ngang", "")


def test_doctor_says_what_mail_needs(bangiao: Called, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "không xếp và không gửi thư" in bangiao("doctor").output
    monkeypatch.setenv("BANGIAO_SMTP_HOST", "thu.yenha.example")
    found = bangiao("doctor").output
    assert "không xếp" not in found
    assert "BANGIAO_PUBLIC_URL chưa đặt" in found
    assert "bangiao@thu.yenha.example" in found
    monkeypatch.setenv("BANGIAO_PUBLIC_URL", "bangiao.yenha.example")
    bangiao("doctor", fails=Invalid)


def test_a_weak_unit_or_login_is_refused(bangiao: Called) -> None:
    bangiao("person", "add", "--login", "an", "--name", "An", fails=Invalid)
    bangiao("person", "add", "--login", "quantri", "--name", "Quản trị", "--role", "administrator")
    bangiao("person", "add", "--login", "an", "--name", "An", "--unit", "KHONG", fails=NotFound)
    bangiao("person", "add", "--login", "quantri", "--name", "Lại", "--role", "designer", fails=Conflict)
    assert bangiao("person", "add", "--login", "an", "--name", "An", "--role", "boss").exit_code == 2


def test_a_virtual_database_is_worked_on_but_not_served_by_the_wall_clock(
    bangiao: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANGIAO_CLOCK", "virtual")
    assert bangiao("tick").exit_code == 0
    monkeypatch.delenv("BANGIAO_CLOCK")
    assert bangiao("reconcile").exit_code == 0
    bangiao("serve", fails=Invalid)


def test_what_a_reader_mended_is_accepted_in_a_persons_name_before_the_start(bangiao: Called) -> None:
    bangiao("person", "add", "--login", "quantri", "--name", "Quản trị", "--role", "administrator")
    system = open_system(read_settings())
    content = clear_paper(2).replace("Số: 18/KH-SNNMT", "Số:       /KH-SNNMT").encode()
    plan = system.run(lambda work: create_draft(work, content, "k.txt", None, system.now()))
    system.close()
    assert "Chưa thể bắt đầu" in str(bangiao("plan", "start", str(plan.id), fails=Conflict).exception)
    bangiao("plan", "accept", str(plan.id), "--person", "khong-co", fails=NotFound)
    said = bangiao("plan", "accept", str(plan.id), "--person", "quantri", "--kind", "warnings").output.splitlines()
    assert said[0] == "1"
    assert not any("điều cần xem" in line for line in said)
    assert any("văn thư" in line for line in said)  # this office has no clerk yet
