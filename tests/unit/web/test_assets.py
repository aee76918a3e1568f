"""Style sheets, scripts and pictures: kept by browsers as long as they are the same, packed for those who unpack."""

from __future__ import annotations

import gzip
import re

import pytest

from tests.unit.web.conftest import Office
from web.assets import FOLDER

LOOK = FOLDER / "look.css"


def test_a_page_names_its_files_by_their_content_and_they_are_kept_for_a_year(office: Office) -> None:
    address = re.search(r'href="(/static/look\.css\?v=[0-9a-f]{12})"', office.guest().get("/sign-in").text)
    assert address is not None
    answer = office.guest().get(address[1])
    assert answer.data == LOOK.read_bytes()
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    other = office.guest().get("/static/look.css?v=000000000000")
    assert other.headers["Cache-Control"] == "public, max-age=3600"


def test_text_is_packed_for_those_who_unpack_it(office: Office) -> None:
    plain = office.guest().get("/static/look.css")
    packed = office.guest().get("/static/look.css", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert "Content-Encoding" not in plain.headers
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert packed.mimetype == plain.mimetype == "text/css"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) * 3 < len(plain.data)
    assert int(packed.headers["Content-Length"]) == len(packed.data)


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_has_not_changed_is_not_sent_again(office: Office, encoding: str) -> None:
    first = office.guest().get("/static/look.css", headers={"Accept-Encoding": encoding})
    mark = {"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]}
    again = office.guest().get("/static/look.css", headers=mark)
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["nothing.css", "../app.py", "%2e%2e/app.py", "fonts", "bundle/../../app.py"])
def test_nothing_else_is_handed_out(office: Office, path: str) -> None:
    assert office.guest().get(f"/static/{path}").status_code == 404
