"""On an English page all that the program itself says is English; Vietnamese is what people and papers said."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from lxml import html
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from storage.tables import metadata
from storage.tables.base import Said
from storage.transactions import reading
from tests.unit.web.conftest import Browser, Office
from tests.unit.web.lived_in import TYPED, live_in

VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
READ_OUT = ("title", "aria-label", "placeholder", "alt", "content")
OURS = frozenset({"plan.reading", "activity.doubts", "instance.title_folded"})
"""Columns with sentences of the program beside those of type `Said`; all others hold what people and papers said."""
NAMES = ("Bàn Giao", "Yên Hà", "Tết", "Sở A", "45/QĐ-SNNMT")
AS_PAPERS_SAY = ("Quý II/2026, Tháng 6, Trước ngày 31/3/2026, Hàng quý, Thường xuyên",)
"""An example of what to type: times are read as papers print them."""
OF_EACH_KIND = 2
READERS = ("quantri", "hac", "khoat", "lua", "nhuan")


def pages(office: Office, browser: Browser, kinds: Counter[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Address and text of the pages that links lead to; of each of the `kinds` a few, whoever reads them."""
    waiting, seen = deque(["/desk", "/notices"]), {"/desk", "/notices"}
    while waiting:
        address = waiting.popleft()
        answer = browser.get(address, follow_redirects=True)
        if answer.mimetype != "text/html":
            continue
        yield address, answer.text
        for link in html.fromstring(answer.text).iterfind(".//a[@href]"):
            target = urlsplit(urldefrag(urljoin(f"http://localhost{address}", link.get("href")))[0])
            whole = f"{target.path}?{target.query}" if target.query else target.path
            kind = kind_of(office, target.path, target.query)
            if target.netloc != "localhost" or whole in seen or kind is None:
                continue
            seen.add(whole)
            kinds[kind] += 1
            if kinds[kind] <= OF_EACH_KIND:
                waiting.append(whole)


def kind_of(office: Office, path: str, query: str) -> tuple[str, ...] | None:
    """The endpoint with the names of what is asked beside it; None for no page, and for the other language."""
    asked = sorted(dict(parse_qsl(query)))
    try:
        endpoint, _values = office.app.url_map.bind("localhost").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return None if "lang" in asked else (str(endpoint), *asked)


def spoken(page: str) -> Iterator[str]:
    """The texts of a page, and the attributes that are read out, that are not marked as Vietnamese."""
    for element in html.fromstring(page).iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "svg"):
            continue
        if language_of(element) != "vi":
            yield from (tidied(text) for text in (element.text, *map(element.get, READ_OUT)) if text)
        parent = element.getparent()
        if element.tail and parent is not None and language_of(parent) != "vi":
            yield tidied(element.tail)


def language_of(element: html.HtmlElement) -> str:
    return next(each.get("lang") for each in (element, *element.iterancestors()) if each.get("lang"))


def tidied(text: str) -> str:
    return " ".join(text.split())


def what_was_said(office: Office) -> re.Pattern[str]:
    """Everything people and papers said, as one pattern, longest first."""
    found = {*TYPED, *NAMES, *AS_PAPERS_SAY}
    with reading(office.system.database) as work:
        for table in metadata.tables.values():
            theirs = [each for each in table.columns if f"{table.name}.{each.name}" not in OURS]
            for row in work.session.execute(select(*(each for each in theirs if not isinstance(each.type, Said)))):
                found.update(texts_in(row))
    texts = sorted({tidied(text) for text in found if VIETNAMESE.search(text)}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, texts))})(?!\w)", re.IGNORECASE)


def texts_in(value: object) -> Iterator[str]:
    """The texts a column holds: its own, those of JSON, those of a drawing."""
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
    elif isinstance(value, bytes) and value.lstrip().startswith(b"<"):
        for element in html.fromstring(value).iter():
            yield from map(str, element.attrib.values())
            yield element.text or ""
    elif isinstance(value, dict):
        yield from texts_in(tuple(value.values()))
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for each in value:
            yield from texts_in(each)


def test_on_english_pages_the_program_says_no_vietnamese(office: Office) -> None:
    live_in(office)
    theirs = what_was_said(office)
    wrong: dict[str, str] = {}
    kinds = Counter[tuple[str, ...]]()
    for login in READERS:
        browser = office.sign_in(login)
        browser.get("/desk?lang=en")
        for address, page in pages(office, browser, kinds):
            said = [text for text in spoken(page) if VIETNAMESE.search(theirs.sub("", text))]
            wrong.update(dict.fromkeys(said, f"{login} {address}"))
    assert not wrong
    assert len({endpoint for endpoint, *_asked in kinds}) > 50  # the links still lead through the house
