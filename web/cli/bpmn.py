"""`bangiao bpmn check`: the findings the designer and POST /definitions show, for files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import orjson

from bpmn.checks import Verdict, judge
from bpmn.findings import Finding
from bpmn.forms import read_form
from bpmn.names import GLOBAL_TASKS, local
from bpmn.parsing import parse_xml
from bpmn.surroundings import Surroundings
from domain.errors import DefinitionInvalid, Invalid


@click.group()
def bpmn() -> None:
    """Process drawings."""


@bpmn.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--strict", is_flag=True, help="Judge by BPMN 2.0 alone.")
def check(files: tuple[Path, ...], as_json: bool, strict: bool) -> None:
    """Check the drawings among FILES; exit 1 when one cannot be deployed.

    An error keeps a drawing from running here, what is repaired was mended, advice is for its designer. Processes are
    called from one file to another; forms (.json) given with them are looked into. Imports are read beside their file.

    With --strict, exit 1 when one breaks BPMN 2.0, mended or not, and 0 for what the standard allows though it cannot
    run here: a collaboration, a process not executable, expressions of another engine. A drawing that declares the
    namespace of this system must be able to run as well.
    """
    drawings = [file for file in files if file.suffix.lower() != ".json"]
    around = beside(drawings, [file for file in files if file not in drawings])
    verdicts = [(file, judge(file.read_bytes(), replace(around, folder=file.parent))) for file in drawings]
    if as_json:
        report = {"files": [{"file": str(file), **in_json(verdict)} for file, verdict in verdicts]}
        click.echo(orjson.dumps(report, option=orjson.OPT_INDENT_2))
    else:
        for file, verdict in verdicts:
            for finding in verdict.findings:
                click.echo("\n".join(in_words(file, finding)))
    if not all(each.keeps_to_standard if strict else each.can_run for _, each in verdicts):
        sys.exit(1)


def beside(drawings: list[Path], forms: list[Path]) -> Surroundings:
    """What the files of one command know of each other; forms are not asked for when none is given."""
    called = {key for file in drawings for key in callable_in(file.read_bytes())}
    variables = dict(map(variables_of, forms))
    return Surroundings(variables.get if forms else None, called.__contains__)


def callable_in(content: bytes) -> Iterator[str]:
    """The ids of the processes and global tasks of a drawing; none of what cannot be read."""
    try:
        root = parse_xml(content)
    except DefinitionInvalid:
        return
    for node in root:
        if local(node) in ("process", *GLOBAL_TASKS) and (name := node.get("id")):
            yield name


def variables_of(file: Path) -> tuple[str, frozenset[str]]:
    """The key of a form and the variables it fills. Raises click.UsageError for a file that is no form."""
    try:
        schema = orjson.loads(file.read_bytes())
        return str(schema.get("id") or file.stem), read_form(schema).variables
    except (orjson.JSONDecodeError, AttributeError, Invalid) as error:
        raise click.UsageError(f"{file} is no form: {error}") from error


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
