"""Units of the office: their names through the years, what they lie below, how papers write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from domain.errors import Conflict, Invalid
from office import administration
from office.directory import Directory, UnitEntry
from office.unit_groups import members
from storage.transactions import Work, reading
from web.cursors import read_id
from web.deeds import ROLE_WORDS
from web.errors import sentence_of, status_of
from web.session import current_now, current_units, current_user, today
from web.system import current_system
from web.typed import needed_day, run_or_say, typed_day

pages = Blueprint("organisation", __name__, url_prefix="/organisation")

KIND_WORDS = {
    "department": _l("Sở"),
    "division": _l("Phòng thuộc Sở"),
    "subordinate": _l("Đơn vị trực thuộc"),
    "external": _l("Ngoài Sở"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit in the tree, `depth` steps below the top, with how many people hold posts in it."""

    unit: UnitEntry
    depth: int
    people: int


@pages.get("")
def index() -> str:
    units = current_units()
    with reading(current_system().database) as work:
        held = work.posts.with_people(today())
        groups = work.unit_groups.all()
    counts: dict[UUID, set[UUID]] = {}
    for post, person in held:
        counts.setdefault(post.unit_id, set()).add(person.id)
    return render_template(
        "organisation/units.html",
        listed=list(_tree(units, counts)),
        former=[unit for unit in units if not unit.valid],
        groups=[(group, members(group, units)) for group in groups],
        kinds=KIND_WORDS,
    )


@pages.get("/units/new")
def new_unit() -> str:
    return _new(None)


@pages.post("/units/new")
def add_unit() -> ResponseReturnValue:
    user, now, form = current_user(), current_now(), request.form
    try:
        begins = typed_day("valid_from")
        unit = current_system().run(
            lambda work: administration.create_unit(
                work,
                user,
                now,
                code=form.get("code", ""),
                name=form.get("name", ""),
                short_name=form.get("short_name", "").strip(),
                kind=form.get("kind", ""),
                parent_id=read_id(form.get("parent")),
                valid_from=begins,
                has_accounts=form.get("accounts") == "1",
            )
        )
    except (Invalid, Conflict) as error:
        return _new(sentence_of(error)), status_of(error)
    flash(_("Đã thêm đơn vị “%(name)s”", name=form["name"]), "done")
    return redirect(url_for(".unit", unit_id=unit.id), code=303)


@pages.get("/units/<uuid:unit_id>")
def unit(unit_id: UUID) -> str:
    units = current_units()
    with reading(current_system().database) as work:
        row = work.units.get(unit_id)
        names = work.units.names_of(unit_id)
        aliases = [alias for alias in work.units.aliases() if alias.unit_id == unit_id]
        held = [(post, person) for post, person in work.posts.with_people(today()) if post.unit_id == unit_id]
    return render_template(
        "organisation/unit.html",
        unit=units.get(unit_id),
        row=row,
        names=list(reversed(names)),
        aliases=aliases,
        held=held,
        units=units,
        kinds=KIND_WORDS,
        roles=ROLE_WORDS,
    )


@pages.post("/units/<uuid:unit_id>")
def save_unit(unit_id: UUID) -> ResponseReturnValue:
    user, now, form = current_user(), current_now(), request.form

    def command(work: Work) -> None:
        administration.set_unit(
            work,
            unit_id,
            user,
            now,
            kind=form.get("kind", ""),
            parent_id=read_id(form.get("parent")),
            has_accounts=form.get("accounts") == "1",
            valid_to=typed_day("valid_to"),
        )

    run_or_say(command, _("Đã ghi đơn vị"))
    return redirect(url_for(".unit", unit_id=unit_id), code=303)


@pages.post("/units/<uuid:unit_id>/names")
def rename(unit_id: UUID) -> ResponseReturnValue:
    user, now, form = current_user(), current_now(), request.form

    def command(work: Work) -> None:
        name, short = form.get("name", ""), form.get("short_name", "")
        administration.rename(work, unit_id, name, short, needed_day("on"), user, now)

    run_or_say(command, _("Đã đổi tên; văn bản trước ngày đó giữ tên cũ"))
    return redirect(url_for(".unit", unit_id=unit_id), code=303)


@pages.post("/units/<uuid:unit_id>/aliases")
def add_alias(unit_id: UUID) -> ResponseReturnValue:
    user, now, text = current_user(), current_now(), request.form.get("text", "")
    run_or_say(lambda work: administration.add_alias(work, unit_id, text, user, now), _("Đã nhớ tên gọi"))
    return redirect(url_for(".unit", unit_id=unit_id, _anchor="ten-goi"), code=303)


@pages.post("/units/<uuid:unit_id>/aliases/drop")
def drop_alias(unit_id: UUID) -> ResponseReturnValue:
    user, now, text = current_user(), current_now(), request.form.get("text", "")
    run_or_say(lambda work: administration.drop_alias(work, unit_id, text, user, now), _("Đã bỏ tên gọi"))
    return redirect(url_for(".unit", unit_id=unit_id, _anchor="ten-goi"), code=303)


@pages.post("/units/<uuid:unit_id>/merge")
def merge(unit_id: UUID) -> ResponseReturnValue:
    user, now, into = current_user(), current_now(), read_id(request.form.get("into"))

    def command(work: Work) -> None:
        if into is None:
            raise Invalid("Chọn đơn vị nhận việc", "name the unit that takes the work over")
        administration.merge(work, unit_id, into, needed_day("on"), user, now)

    run_or_say(command, _("Đã ghi việc sáp nhập đơn vị; việc đang mở chuyển theo từ ngày đó"))
    return redirect(url_for(".unit", unit_id=unit_id), code=303)


def _new(refusal: str | None) -> str:
    units = current_units()
    return render_template(
        "organisation/new_unit.html", units=units, kinds=KIND_WORDS, typed=request.form, refusal=refusal
    )


def _tree(units: Directory, counts: Mapping[UUID, set[UUID]]) -> Iterator[Listed]:
    """Units that exist, the department first, each with what lies below it."""
    order = {kind: place for place, kind in enumerate(KIND_WORDS)}
    children: dict[UUID | None, list[UnitEntry]] = {}
    known = {unit.id for unit in units.valid}
    for unit in units.valid:
        children.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)

    def below(parent_id: UUID | None, depth: int) -> Iterator[Listed]:
        for unit in sorted(children.get(parent_id, ()), key=lambda each: (order.get(each.kind, 9), each.code)):
            yield Listed(unit, depth, len(counts.get(unit.id, ())))
            yield from below(unit.id, depth + 1)

    yield from below(None, 0)
