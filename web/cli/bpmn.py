"""`bangiao bpmn check`: the findings the designer and POST /definitions show, for files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import orjson

from bpmn.checks import Verdict, judge
from bpmn.findings import Finding


@click.group()
def bpmn() -> None:
    """Process drawings."""


@bpmn.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--strict", is_flag=True, help="Judge by BPMN 2.0 alone.")
def check(files: tuple[Path, ...], as_json: bool, strict: bool) -> None:
    """Check FILES; exit 1 when one cannot be deployed.

    An error keeps a drawing from running here, what is repaired was mended, advice is for its designer.

    With --strict, exit 1 when one breaks BPMN 2.0, mended or not, and 0 for what the standard allows though it cannot
    run here: a collaboration, a process not executable, expressions of another engine. A drawing that declares the
    namespace of this system must be able to run as well.
    """
    verdicts = [(file, judge(file.read_bytes(), folder=file.parent)) for file in files]
    if as_json:
        report = {"files": [{"file": str(file), **in_json(verdict)} for file, verdict in verdicts]}
        click.echo(orjson.dumps(report, option=orjson.OPT_INDENT_2))
    else:
        for file, verdict in verdicts:
            for finding in verdict.findings:
                click.echo("\n".join(in_words(file, finding)))
    if not all(each.keeps_to_standard if strict else each.can_run for _, each in verdicts):
        sys.exit(1)


def in_json(verdict: Verdict) -> dict[str, object]:
    """A verdict with its findings as plain values."""
    return {
        "can_run": verdict.can_run,
        "keeps_to_standard": verdict.keeps_to_standard,
        "findings": [finding.to_json() for finding in verdict.findings],
    }


def in_words(file: Path, finding: Finding) -> Iterator[str]:
    """Where, what and how to mend it, in Vietnamese and English."""
    basis = " (BPMN 2.0)" if finding.against_standard else ""
    yield f"{file}:{finding.line or 0}: {finding.severity}{basis} {finding.element or '-'}: {finding.message}"
    for said in (finding.remedy, finding.message_en, finding.remedy_en):
        if said:
            yield f"    {said}"
