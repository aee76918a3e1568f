"""Office files are zip archives: checked for size and shape before anything opens them."""

from __future__ import annotations

import io
import zipfile

from domain.errors import DocumentUnreadable

LARGEST_UNPACKED = 150_000_000
LARGEST_PART = 60_000_000
LARGEST_XML = 25_000_000
MOST_PARTS = 4_000
_FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")


def check_archive(content: bytes, expected_part: str, kind: str) -> None:
    """Raise DocumentUnreadable unless `content` is a whole, modest archive holding `expected_part`.

    Refused: archives that unpack to far more than a document needs, and XML with a document type, which no office
    program writes and which only serves to pull in other files or to swell.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_sizes(parts, kind)
            if expected_part not in archive.namelist():
                raise _damaged(kind, f"thiếu {expected_part}", f"{expected_part} is missing")
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_part(_unpacked(archive, part, kind), part.filename, kind)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise _damaged(kind, "tệp nén hỏng", str(error)) from error


def _check_sizes(parts: list[zipfile.ZipInfo], kind: str) -> None:
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or total > LARGEST_UNPACKED or any(part.file_size > LARGEST_PART for part in parts):
        raise _damaged(
            kind,
            f"giải nén ra {total // 1_000_000} MB, {len(parts)} phần",
            f"it unpacks to {total // 1_000_000} MB in {len(parts)} parts",
        )


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, kind: str) -> bytes:
    """The part, read no further than a plan's XML may go, whatever its entry declares."""
    with archive.open(part) as stream:
        content = stream.read(LARGEST_XML + 1)
    if len(content) > LARGEST_XML:
        raise _damaged(kind, f"{part.filename} quá lớn", f"{part.filename} is too large")
    return content


def _check_part(content: bytes, name: str, kind: str) -> None:
    for word in _FORBIDDEN:
        if any(word.encode(encoding) in content for encoding in ("utf-8", "utf-16-le", "utf-16-be")):
            raise _damaged(kind, f"{name} khai báo kiểu tài liệu hoặc thực thể", f"{name} declares a document type")


def _damaged(kind: str, found: str, english: str) -> DocumentUnreadable:
    return DocumentUnreadable(
        f"Cần tệp {kind} nguyên vẹn; tệp này: {found}", f"expected a whole {kind} file: {english}"
    )
