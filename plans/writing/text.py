"""A plan as plain text with tab-separated rows, for pasting and for programs."""

from __future__ import annotations

from domain.text import tidy
from plans.writing.paper import COUNTRY, LABELS, NOTHING, GroupRow, Paper


def write_text(paper: Paper) -> bytes:
    """The plan as UTF-8 text; items of a list are parted by semicolons, by <br> where one has its own."""
    titles, name = paper.signature
    lines = [
        *([paper.authority] if paper.authority else []),
        *(paper.office, *COUNTRY, paper.number, paper.place_and_date),
        *("KẾ HOẠCH", paper.title, *paper.bases, paper.body),
    ]
    tail = ["Nơi nhận:", *paper.recipients, *titles, *([name] if name else [])]
    annex = ["PHỤ LỤC", paper.title, paper.annexed_to]
    return "\n\n".join([*lines, *tail, *annex, "\n".join(_table(paper))]).encode()


def _table(paper: Paper) -> list[str]:
    width = len(paper.columns)
    rows = ["\t".join(LABELS[role] for role in paper.columns)]
    for row in paper.rows():
        if isinstance(row, GroupRow):
            rows.append("\t".join([row.number, row.title, *[""] * (width - 2)]))
        else:
            rows.append("\t".join(_cell(row.cells[role], role) for role in paper.columns))
    return rows


def _cell(text: str, role: str) -> str:
    if role == "products":
        joint = "<br>" if any(";" in line for line in text.splitlines()) else "; "
        return joint.join(tidy(line if joint == "<br>" else line.removeprefix("- ")) for line in text.splitlines())
    return tidy(text) or (NOTHING if role in ("lead", "coordinating", "timing") else "")
