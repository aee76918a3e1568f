"""Reads a plan document: file to grid, grid to tables and prose, and those to a reading with its doubts."""

from __future__ import annotations

from collections.abc import Sequence

from domain.errors import DocumentUnreadable
from domain.plans import Activity, PlanReading
from domain.text import fold_words
from domain.words import Words
from plans.activities import build_activities
from plans.budgets import read_budget
from plans.duties import read_duties
from plans.grid import Grid
from plans.head import read_head
from plans.names import Names
from plans.passages import read_passages, whole_paragraphs
from plans.reporting import read_reporting
from plans.rows import read_drafts
from plans.sources.files import read_grid
from plans.tables import Layout, lay_out
from plans.targets import read_targets
from plans.worded_tasks import WordedTasks, read_worded_tasks
from plans.wording import Wording

LONGEST_CHARACTERS = 600_000
LONGEST_PARAGRAPH = 20_000


def read_plan(content: bytes, filename: str) -> PlanReading:
    """What the plan in `content` says; `filename` only helps to tell the kind of file.

    Raises DocumentUnreadable when the file is empty, too large, scanned, damaged, or holds no plan.
    """
    return read_grid_as_plan(read_grid(content, filename))


def read_grid_as_plan(grid: Grid) -> PlanReading:
    """The reading of a document already turned into a grid."""
    texts = list(grid.texts())
    _check_length(texts)
    layout = lay_out(grid)
    names, wording = Names(texts), Wording(texts)
    head, warnings = read_head(layout.prose, texts, names)
    worded = read_worded_tasks(whole_paragraphs(layout.prose))
    activities, doubts = _activities(layout, worded, names, wording, head.year)
    if not activities:
        raise _no_plan(layout)
    told = frozenset(worded.sources)
    passages = read_passages([each for each in layout.prose if each not in told])
    budget, money_doubts = read_budget(layout.tables, passages)
    return PlanReading(
        plan=head,
        activities=tuple(activities),
        indicators=read_targets(layout.tables, passages, activities, names),
        reporting=read_reporting(passages, activities),
        obligations=read_duties(passages, head.year),
        budget=budget,
        warnings=(*warnings, *doubts, *money_doubts),
    )


def _check_length(texts: Sequence[str]) -> None:
    """Refuse what no plan comes near, before the reader spends its time on it."""
    if sum(len(text) for text in texts) > LONGEST_CHARACTERS:
        raise DocumentUnreadable(
            f"Văn bản quá dài cho một kế hoạch (hơn {LONGEST_CHARACTERS // 1000} nghìn ký tự)",
            f"too long for a plan: more than {LONGEST_CHARACTERS} characters",
        )
    longest = max((len(text) for text in texts), default=0)
    if longest > LONGEST_PARAGRAPH:
        raise DocumentUnreadable(
            f"Văn bản có một đoạn quá dài ({longest} ký tự; một đoạn của kế hoạch không quá {LONGEST_PARAGRAPH})",
            f"one paragraph has {longest} characters; those of a plan have at most {LONGEST_PARAGRAPH}",
        )


def _activities(
    layout: Layout, worded: WordedTasks, names: Names, wording: Wording, year: int | None
) -> tuple[list[Activity], list[Words]]:
    """The rows of the tables of work, then the work that only the prose tells of; and the doubts about both."""
    found: list[Activity] = []
    warnings: list[Words] = []
    drafts = [
        read_drafts(table, wording)
        for table in layout.tables
        if table.header.holds_activities and (table.header.has("task") or not table.header.holds_targets)
    ]
    tabled = frozenset(fold_words(draft.text("task")) for table in drafts for draft in table)
    only_told = [draft for draft in worded.drafts if fold_words(draft.text("task")) not in tabled]
    for group in (*drafts, only_told):
        activities, doubts = build_activities(group, names, year)
        found.extend(activities)
        warnings.extend(doubts)
    return found, warnings


def _no_plan(layout: Layout) -> DocumentUnreadable:
    found = f"{len(layout.tables)} bảng có tiêu đề, {len(layout.prose)} đoạn văn"
    return DocumentUnreadable(
        "Cần một kế hoạch có bảng nhiệm vụ với các cột như nhiệm vụ, đơn vị chủ trì, thời gian, hoặc có các mục ghi"
        f" “Chủ trì: …”; tệp này chỉ có {found}",
        "expected a plan with a table of tasks, leading units and times, or items that say “Chủ trì: …”; "
        f"found {len(layout.tables)} tables with a header and {len(layout.prose)} paragraphs",
    )
