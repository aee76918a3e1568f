"""Makes the catalogues Babel reads (`<language>/LC_MESSAGES/messages.mo`) from the `.po` files of each language."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def languages(folder: Path) -> list[Path]:
    return sorted(place for place in folder.iterdir() if place.is_dir() and any(place.glob("*.po")))


def read_catalogue(language: Path) -> Catalog:
    """All sentences of one language, from its `.po` files; the same sentence twice must be translated alike."""
    whole = Catalog(locale=language.name, charset="utf-8")
    for place in sorted(language.glob("*.po")):
        with place.open("rb") as file:
            part = read_po(file, locale=language.name, abort_invalid=True)
        for message in part:
            if not message.id:
                continue
            known = whole.get(message.id)
            if known is not None and known.string != message.string:
                raise ValueError(f"{place}: {message.id!r} is translated in two ways")
            whole.add(message.id, message.string)
    return whole


def build(folder: Path) -> None:
    for language in languages(folder):
        made = language / "LC_MESSAGES" / "messages.mo"
        made.parent.mkdir(exist_ok=True)
        written = made.with_suffix(".part")
        with written.open("wb") as file:
            write_mo(file, read_catalogue(language))
        written.replace(made)


def is_stale(folder: Path) -> bool:
    """Whether a catalogue is missing or older than one of its sources."""
    for language in languages(folder):
        made = language / "LC_MESSAGES" / "messages.mo"
        if not made.exists():
            return True
        if any(place.stat().st_mtime > made.stat().st_mtime for place in language.glob("*.po")):
            return True
    return False


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
