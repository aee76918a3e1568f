"""Which kind of file this is, by its first bytes, and the grid it holds."""

from __future__ import annotations

import io
import zipfile

from domain.errors import DocumentUnreadable
from plans.grid import Grid
from plans.sources.docx import read_docx
from plans.sources.pdf import read_pdf
from plans.sources.text import read_text
from plans.sources.xlsx import read_xlsx

LARGEST_BYTES = 30_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_grid(content: bytes, filename: str) -> Grid:
    """The grid of a file; raises DocumentUnreadable saying what was expected and what was found."""
    if not content.strip():
        raise DocumentUnreadable(
            f"Cần tệp kế hoạch có nội dung; “{filename}” là tệp trống",
            f"expected a plan document; “{filename}” is empty",
        )
    if len(content) > LARGEST_BYTES:
        raise DocumentUnreadable(
            f"Cần tệp không quá {LARGEST_BYTES // 1_000_000} MB; “{filename}” có {len(content) // 1_000_000} MB",
            f"expected at most {LARGEST_BYTES // 1_000_000} MB; “{filename}” has {len(content) // 1_000_000} MB",
        )
    if content.startswith(b"%PDF-"):
        return read_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return read_xlsx(content) if _holds(content, "xl/workbook.xml") else read_docx(content)
    if content.startswith(_OLD_OFFICE):
        raise DocumentUnreadable(
            f"Cần tệp .docx, .xlsx, .pdf hoặc .txt; “{filename}” là tệp Word hoặc Excel đời cũ, hãy lưu lại thành .docx"
            " hoặc .xlsx",
            f"expected .docx, .xlsx, .pdf or .txt; “{filename}” is an old Word or Excel file: save it as .docx or"
            " .xlsx",
        )
    return read_text(content)


def _holds(content: bytes, name: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return name in archive.namelist()
    except zipfile.BadZipFile:
        return False
