"""Which kind of file this is, by its first bytes, and the grid it holds."""

from __future__ import annotations

from domain.errors import DocumentUnreadable
from plans.grid import Grid
from plans.sources.text import read_text

LARGEST_BYTES = 30_000_000


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
    return read_text(content)
