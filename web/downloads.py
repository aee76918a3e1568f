"""The header that names a file sent to a browser, whatever letters its name has (RFC 6266)."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from domain.text import fold


def disposition(kind: Literal["inline", "attachment"], name: str) -> str:
    """`attachment; filename="ke-hoach.txt"; filename*=…`: a plain name for old programs, the true one for all."""
    plain = "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in fold(name))
    plain = plain.encode("ascii", "ignore").decode() or "tep"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
