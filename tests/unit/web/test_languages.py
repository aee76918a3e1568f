"""Every sentence of the pages has an English one, in one catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from tests.unit.web.conftest import Office
from web.translations.build import build, is_stale, languages, read_catalogue

WEB = Path(__file__).parents[3] / "web"
METHODS = [
    ("**/ui/**", "ignore"),
    ("**.py", "python"),
    *((f"templates/**.{form}", "jinja2.ext:babel_extract") for form in ("html", "txt")),
]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PLACE = re.compile(r"%\((\w+)\)s")


def sentences() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for file, _line, message, _comments, _context in extract_from_dir(str(WEB), METHODS, keywords=KEYWORDS):
        yield file, message


def test_every_sentence_of_the_pages_is_translated() -> None:
    catalogue = read_catalogue(WEB / "translations" / "en")
    missing = sorted(
        {
            (file, str(message))
            for file, message in sentences()
            if not (found := catalogue.get(message)) or not found.string
        }
    )
    assert not missing


def test_a_translation_fills_in_the_same_places() -> None:
    for message in read_catalogue(WEB / "translations" / "en"):
        if not message.id:
            continue
        wanted = message.id if isinstance(message.id, str) else message.id[0]
        said = [message.string] if isinstance(message.string, str) else list(message.string)
        for each in said:
            assert set(PLACE.findall(each)) == set(PLACE.findall(wanted)), message.id


def test_a_changed_source_makes_the_catalogue_stale(tmp_path: Path) -> None:
    source = tmp_path / "en" / "page.po"
    source.parent.mkdir()
    source.write_text('msgid "Việc"\nmsgstr "Work"\n', encoding="utf-8")
    assert [place.name for place in languages(tmp_path)] == ["en"]
    assert is_stale(tmp_path)
    build(tmp_path)
    assert not is_stale(tmp_path)


def test_a_sentence_translated_in_two_ways_is_refused(tmp_path: Path) -> None:
    for name, english in (("one", "Work"), ("two", "Task")):
        place = tmp_path / "en" / f"{name}.po"
        place.parent.mkdir(exist_ok=True)
        place.write_text(f'msgid "Việc"\nmsgstr "{english}"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="two ways"):
        read_catalogue(tmp_path / "en")


def test_a_page_follows_the_language_asked_for_and_keeps_it(office: Office) -> None:
    browser = office.guest()
    assert 'lang="vi"' in browser.get("/sign-in").text
    english = browser.get("/sign-in?lang=en").text
    assert 'lang="en"' in english
    assert "Sign in" in english
    assert "Sign in" in browser.get("/sign-in").text


def test_the_account_keeps_language_and_theme(office: Office) -> None:
    browser = office.sign_in("lua")
    assert browser.post("/account/choices", {"language": "en", "theme": "dark"}).status_code == 303
    page = browser.get("/desk").text
    assert 'lang="en"' in page
    assert 'data-bs-theme="dark"' in page
    again = office.sign_in("lua").get("/desk").text
    assert 'lang="en"' in again
    assert 'data-bs-theme="dark"' in again
