"""`bangiao bpmn check`: the findings the designer and POST /definitions show, for files."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import orjson

from bpmn.checks import check_file


@click.group()
def bpmn() -> None:
    """Process drawings."""


@bpmn.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="print JSON")
@click.option("--strict", is_flag=True, help="fail on what the normaliser mends, too")
def check(files: tuple[Path, ...], as_json: bool, strict: bool) -> None:
    """Check FILES; exit 1 when one has an error."""
    fatal = {"error", "repaired"} if strict else {"error"}
    checked = [(file, check_file(file.read_bytes(), folder=file.parent)) for file in files]
    if as_json:
        report = {"files": [{"file": str(file), "findings": [f.to_json() for f in found]} for file, found in checked]}
        click.echo(orjson.dumps(report, option=orjson.OPT_INDENT_2))
    else:
        for file, found in checked:
            for finding in found:
                click.echo(
                    f"{file}:{finding.line or 0}: {finding.severity} {finding.element or '-'}: {finding.message}"
                )
    if any(finding.severity in fatal for _, found in checked for finding in found):
        sys.exit(1)
