"""`bangiao definition deploy`: drawings from files."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from bpmn.decisions import decision_id
from bpmn.forms import read_form
from domain.errors import DefinitionInvalid, Invalid
from engine.definitions import deploy as engine_deploy
from storage.transactions import Work
from web.cli.opening import opened


@click.group()
def definition() -> None:
    """Deployed processes."""


@definition.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", help="deploy under this key instead of the process's id; for one drawing")
def deploy(files: tuple[Path, ...], key: str | None) -> None:
    """Deploy drawings (.bpmn) with the forms (.json) and decisions (.dmn) among FILES, all or nothing."""
    drawings = [file for file in files if file.suffix.lower() not in (".json", ".dmn")]
    if key is not None and len(drawings) != 1:
        raise click.UsageError("--key takes exactly one drawing")
    forms = [_form(file) for file in files if file.suffix.lower() == ".json"]
    tables = [(decision_id(file.read_bytes()), file.read_bytes()) for file in files if file.suffix.lower() == ".dmn"]
    with opened() as system:
        now = system.now()

        def command(work: Work) -> list[str]:
            made = []
            for number, file in enumerate(drawings):
                beside = {"forms": forms, "decisions": tables} if number == 0 else {}
                try:
                    row = engine_deploy(work, file.read_bytes(), key=key, now=now, **beside)  # type: ignore[arg-type]
                except DefinitionInvalid as error:
                    raise Invalid(f"{file}: {_first(error)}", f"{file}: {error.english}") from error
                made.append(f"{row.key} {row.version}")
            return made

        for line in system.run(command):
            click.echo(line)


def _form(file: Path) -> tuple[str, dict[str, object]]:
    try:
        schema = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise Invalid(f"{file} không phải JSON", f"{file} is no JSON") from error
    read_form(schema)
    return str(schema.get("id") or file.stem), schema


def _first(error: DefinitionInvalid) -> str:
    worst = next((each for each in error.findings if each.severity == "error"), None)
    if worst is None:
        return str(error)
    return f"dòng {worst.line or 0}, {worst.element or '-'}: {worst.message}"
