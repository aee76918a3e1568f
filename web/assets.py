"""Files of our pages: addresses change with their content, so browsers keep them for a year; packed on the way."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request, url_for
from werkzeug.security import safe_join

FOLDER = Path(__file__).parent / "static"
BYTES = "application/octet-stream"
PACKED = frozenset({".css", ".js", ".svg", ".txt"})
KEPT, SEEN_AGAIN = timedelta(days=365), timedelta(hours=1)


def prepare_assets(app: Flask) -> None:
    app.add_url_rule("/static/<path:filename>", "static", serve)


def asset(path: str) -> str:
    """The address of a static file, with the mark of its content."""
    place = FOLDER / path
    return url_for("static", filename=path, v=_mark(place, place.stat().st_mtime_ns) if place.is_file() else None)


def serve(filename: str) -> Response:
    """The file, packed where the browser unpacks it; under the mark of its content for good."""
    found = safe_join(str(FOLDER), filename)
    place = Path(found) if found is not None else None
    if place is None or not place.is_file():
        abort(404)
    changed = place.stat().st_mtime_ns
    mark = _mark(place, changed)
    packs = place.suffix in PACKED
    packed = packs and request.accept_encodings.best_match(["gzip", "identity"]) == "gzip"
    answer = Response(_content(place, changed, packed=packed), mimetype=mimetypes.guess_type(place.name)[0] or BYTES)
    answer.set_etag(f"{mark}-gzip" if packed else mark)
    if packs:
        answer.vary.add("Accept-Encoding")
    if packed:
        answer.content_encoding = "gzip"
    is_lasting = request.args.get("v") == mark
    answer.cache_control.public = True
    answer.cache_control.max_age = int((KEPT if is_lasting else SEEN_AGAIN).total_seconds())
    answer.cache_control.immutable = is_lasting
    answer.make_conditional(request)
    return answer


@lru_cache(maxsize=256)
def _mark(place: Path, changed: int) -> str:
    return hashlib.sha256(_content(place, changed, packed=False)).hexdigest()[:12]


@lru_cache(maxsize=256)
def _content(place: Path, _changed: int, *, packed: bool) -> bytes:
    content = place.read_bytes()
    return gzip.compress(content, mtime=0) if packed else content
