"""The head of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from domain.plans import PlanHead
from plans.grid import Paragraph


def read_head(prose: Sequence[Paragraph], texts: Sequence[str]) -> tuple[PlanHead, list[str]]:
    import re

    for p in prose[:12]:
        m = re.search(r"năm (\d{4})", p.text)
        if m and "ngày" not in p.text:
            return PlanHead(year=int(m.group(1))), []
    return PlanHead(), []
