"""Moving running cases to another version of their process: tried first, then done in the background."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import Invalid, NotFound
from engine.definitions import drawn
from engine.migration import Fit, start_migration, try_migrations, undo_migration
from storage.definition_lists import open_cases
from storage.desk import plan_rows
from storage.tables import Definition
from storage.transactions import Work, reading
from storage.watching import standings
from web.language import current_language
from web.session import current_now, current_user
from web.system import current_system

pages = Blueprint("migrations", __name__, url_prefix="/designer")
TRIED = 200
"""So many cases are tried for the page, the oldest first; the others are tried when their turn comes."""
TO, FROM, PLACE = "to", "from", "place."


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for: the target, the versions to leave, and the new names of elements, {old: new}."""

    target: Definition
    sources: Sequence[Definition]
    elements: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lost:
    """An element that cases stand at and the target lacks; `offered` are those of its kind there: (id, name)."""

    element_id: str
    name: str
    cases: int
    offered: Sequence[tuple[str, str]]


@pages.get("/<key>/migrate")
def ask(key: str) -> str:
    """Which cases would go on in the chosen version, and why the others would not; nothing is changed."""
    now = current_now()
    with reading(current_system().database) as work:
        versions, running = _versions(work, key)
        choice = read_choice(versions, running)
        ids = work.instances.open_of(*(each.id for each in choice.sources))
        fits = try_migrations(work, ids[:TRIED], choice.target.id, now, choice.elements)
        lost = lost_places(work, choice)
        cases = plan_rows(work, (fit.instance_id for fit in fits if not fit.fits))
    return render_template(
        "designer/migrate.html",
        versions=versions,
        running=running,
        choice=choice,
        everything=len(ids),
        tried=len(fits),
        fitting=sum(fit.fits for fit in fits),
        refused=[(cases[fit.instance_id], reason(fit)) for fit in fits if not fit.fits],
        lost=lost,
    )


@pages.post("/<key>/migrate")
def begin(key: str) -> ResponseReturnValue:
    """Begin; the page of the batch shows how far it is and what stayed."""
    user, now = current_user(), current_now()

    def command(work: Work) -> UUID:
        versions, running = _versions(work, key)
        choice = read_choice(versions, running)
        ids = work.instances.open_of(*(each.id for each in choice.sources))
        if not ids:
            raise Invalid("Không có hồ sơ nào để chuyển", "there is no case to move")
        return start_migration(work, ids, choice.target.id, user, now, elements=choice.elements).id

    batch_id = current_system().run(command)
    return redirect(url_for("watch_batches.show", batch_id=batch_id), code=303)


@pages.post("/migrations/<uuid:batch_id>/undo")
def undo(batch_id: UUID) -> ResponseReturnValue:
    """Put back what a finished migration has moved."""
    user, now = current_user(), current_now()
    back = current_system().run(lambda work: undo_migration(work, batch_id, user, now).id)
    return redirect(url_for("watch_batches.show", batch_id=back), code=303)


def read_choice(versions: Sequence[Definition], running: Mapping[UUID, int]) -> Choice:
    """The choice sent with the request; the newest version and every other that has cases when none was made.

    Raises Invalid for a version there is not.
    """
    by_number = {str(each.version): each for each in versions}
    asked = [request.values.get(TO) or str(versions[0].version), *request.values.getlist(FROM)]
    if not by_number.keys() >= set(asked):
        raise Invalid("Không có bản này", "there is no such version")
    target = by_number[asked[0]]
    sources = [by_number[number] for number in dict.fromkeys(asked[1:])] or [
        each for each in versions if running.get(each.id)
    ]
    elements = {
        name.removeprefix(PLACE): value for name, value in request.values.items() if name.startswith(PLACE) and value
    }
    return Choice(target, [each for each in sources if each is not target], elements)


def lost_places(work: Work, choice: Choice) -> list[Lost]:
    """Where open cases stand that the target does not have, the fullest first."""
    there = drawn(work, choice.target.id).elements
    names = {id: element for each in choice.sources for id, element in drawn(work, each.id).elements.items()}
    return [
        Lost(
            each.element_id,
            names[each.element_id].name or each.element_id,
            each.cases,
            [(id, element.name or id) for id, element in there.items() if element.type == names[each.element_id].type],
        )
        for each in standings(work, *(source.id for source in choice.sources))
        if each.element_id not in there and each.element_id in names
    ]


def reason(fit: Fit) -> str:
    return fit.english if current_language() == "en" else fit.message


def _versions(work: Work, key: str) -> tuple[Sequence[Definition], Mapping[UUID, int]]:
    """The versions of a key, the newest first, and how many cases run on each. Raises NotFound."""
    versions = work.definitions.versions(key)
    if not versions:
        raise NotFound(f"Không có quy trình {key}", f"no definition {key}")
    return versions, open_cases(work, [each.id for each in versions])
