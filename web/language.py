"""Vietnamese first, English beside it: which language a page is in, and the catalogue behind `_()`.

Message ids are the Vietnamese sentences. English stands in `translations/en/*.po`, a file per part of the product;
`translations/build.py` makes the one catalogue Babel reads.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, get_locale

from domain.words import Words, said_in
from web.translations.build import build, is_stale

LANGUAGES = ("vi", "en")
FOLDER = Path(__file__).parent / "translations"


def current_language() -> str:
    """The language asked for by `?lang=`, else kept in the session, else the person's, else Vietnamese.

    A program says it by Accept-Language, else gets its person's.
    """
    if not has_request_context():
        return "vi"
    if request.path.startswith("/api/"):
        return request.accept_languages.best_match(LANGUAGES) or _persons()
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        session["language"] = asked
        return asked
    kept = session.get("language")
    if kept in LANGUAGES:
        return str(kept)
    return _persons()


def _persons() -> str:
    user = g.get("user")
    return user.language if user is not None and user.language in LANGUAGES else "vi"


def said(text: str) -> str:
    """A sentence of ours in the language of this page or letter; what people wrote as it is."""
    locale = get_locale()
    return said_in(text, locale.language if locale else "vi")


def _printed(value: Any) -> Any:
    """What a template prints: our sentences are said in the language of the page."""
    return said(value) if isinstance(value, Words) else value


def prepare_languages(app: Flask) -> None:
    if is_stale(FOLDER):
        build(FOLDER)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(FOLDER)
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    Babel(app, locale_selector=current_language)
    app.context_processor(lambda: {"language": current_language()})
    app.jinja_env.finalize = _printed
    app.add_template_filter(said, "said")
