"""Sentences come back from the database in both languages."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import text

from domain.words import Words, english_of
from storage.database import Database
from storage.tables import Notice, Plan
from storage.transactions import Work, reading, run_command

NOW = datetime(2026, 3, 12, tzinfo=UTC)
SAID = Words("Đến hạn hôm nay", "Due today")
AS_WE_STORE = '{"@en": dở dang'
"""What a person wrote may begin as our own storing does."""


def test_a_sentence_comes_back_in_both_languages_and_plain_text_as_it_was(database: Database) -> None:
    def command(work: Work) -> None:
        for said in (SAID, "Dân viết {thế này}", AS_WE_STORE):
            work.notices.add(Notice(id=uuid4(), kind="due", text=said, cause=said, created_at=NOW))

    run_command(database, command)
    with reading(database) as work:
        found = [work.notices.by_cause(each) for each in (SAID, "Dân viết {thế này}", AS_WE_STORE)]
        stored = work.session.scalars(text("SELECT text FROM notice ORDER BY text")).all()
    assert [(each.text, english_of(each.text)) for each in found if each] == [
        ("Đến hạn hôm nay", "Due today"),
        ("Dân viết {thế này}", "Dân viết {thế này}"),
        (AS_WE_STORE, AS_WE_STORE),
    ]
    assert "Dân viết {thế này}" in stored


def test_sentences_inside_json_stay_such(database: Database) -> None:
    kept = {"warnings": [SAID, "như in"], "vi": {"@en": 1}}
    plan = Plan(id=uuid4(), title="Kế hoạch", year=2026, reading=kept, created_at=NOW)
    run_command(database, lambda work: work.plans.add(plan))
    with reading(database) as work:
        back = work.plans.all()[0].reading
    assert back == kept
    assert [english_of(each) for each in back["warnings"]] == ["Due today", "như in"]
