"""Files by the hash of their content: what is stored, under which type, and what is refused."""

from __future__ import annotations

import hashlib
from datetime import datetime
from io import BytesIO
from uuid import UUID, uuid4
from zipfile import BadZipFile, ZipFile

from domain.errors import Invalid, NotFound
from storage.tables import File
from storage.transactions import Work

LARGEST_BYTES = 30_000_000
OCTETS = "application/octet-stream"
OFFICE = "application/vnd.openxmlformats-officedocument."
SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
)
INSIDE_ZIP = (
    ("word/", OFFICE + "wordprocessingml.document"),
    ("xl/", OFFICE + "spreadsheetml.sheet"),
    ("ppt/", OFFICE + "presentationml.presentation"),
)
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
SHOWN_IN_BROWSER = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "text/plain"})
"""Types a page may show; everything else is downloaded."""


def store_file(work: Work, content: bytes, name: str, person_id: UUID | None, now: datetime) -> File:
    """Keep the bytes and say what they are. Raises Invalid for an empty file, one too large, or a program."""
    if not content:
        raise Invalid("Tệp trống", "the file is empty")
    if len(content) > LARGEST_BYTES:
        limit = LARGEST_BYTES // 1_000_000
        raise Invalid(f"Tệp lớn hơn {limit} MB", f"the file is larger than {limit} MB")
    if content.startswith(PROGRAMS):
        raise Invalid("Không nhận tệp chương trình", "programs are not accepted")
    digest = hashlib.sha256(content).hexdigest()
    work.files.add_content(digest, content)
    file = File(
        id=uuid4(),
        sha256=digest,
        name=clean_name(name),
        media_type=media_type(content),
        size_bytes=len(content),
        created_at=now,
        created_by=person_id,
    )
    work.files.add(file)
    work.flush()
    return file


def content_of(work: Work, file_id: UUID) -> tuple[File, bytes]:
    """A file with its bytes. Raises NotFound."""
    file = work.files.get(file_id)
    content = work.files.content(file.sha256)
    if content is None:
        raise NotFound("Nội dung tệp không còn", f"no content for {file.sha256}")
    return file, content


def media_type(content: bytes) -> str:
    """The type the bytes show; the name is not asked."""
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _zip_type(content)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return OCTETS
    return OCTETS if "\x00" in text else "text/plain"


def clean_name(name: str) -> str:
    """The last part of a path without what could mislead; never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*').strip(" .")
    return kept[:200] or "tep"


def _zip_type(content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except BadZipFile:
        return OCTETS
    return next((kind for part, kind in INSIDE_ZIP if any(name.startswith(part) for name in names)), "application/zip")
