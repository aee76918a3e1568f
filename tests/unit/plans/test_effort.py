"""The reader's effort grows with the document and no faster, whatever the document is made to look like."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from domain.errors import DocumentUnreadable
from plans.reader import read_plan
from tests.unit.plans.conftest import HEADER

TOP = "KẾ HOẠCH\nRà soát năm 2026\n\n" + "\t".join(HEADER) + "\n"
ROW = "1\tViệc và\tBáo cáo\tVăn phòng Sở\t\tTháng 1\n"
MADE: dict[str, tuple[Callable[[int], str], int]] = {
    "a row that goes on over page after page": (
        lambda n: TOP + ROW + "\n" + "\n\n".join(f"\tphần nối {i} và\t\t\t\t" for i in range(n)), 250,
    ),
    "titles without rows": (lambda n: TOP + "".join(f"{i}\tMục {i}\t\t\t\t\n" for i in range(n)) + ROW, 120),
    "rows of nothing but tabs": (lambda n: TOP + ROW + ("\t" * n + "\n") * 20, 600),
    "work in prose": (
        lambda n: "KẾ HOẠCH\nnăm 2026\n\n" + "\n\n".join(f"{i}. Việc {i}\n- Chủ trì: Phòng {i}" for i in range(n)), 200,
    ),
    "tables in tables": (lambda n: TOP + ROW + "<table><tr><td>" * n, 100),
}  # fmt: skip


def seconds(text: str) -> float:
    started = time.process_time()
    with suppress(DocumentUnreadable):
        read_plan(text.encode(), "ke-hoach.txt")
    return time.process_time() - started


@pytest.mark.parametrize("kind", MADE)
def test_four_times_the_document_is_nowhere_near_sixteen_times_the_work(kind: str) -> None:
    make, size = MADE[kind]
    seconds(make(size))
    small, large = (min(seconds(make(times * size)) for _ in range(2)) for times in (1, 4))
    assert large < 10 * small + 0.2
