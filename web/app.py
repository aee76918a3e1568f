"""The web application, put together: settings, languages, sessions, rights, errors, pages."""

from __future__ import annotations

from flask import Flask, Response
from werkzeug.middleware.proxy_fix import ProxyFix

from web.assets import prepare_assets
from web.blueprints import register_blueprints
from web.errors import prepare_errors
from web.language import prepare_languages
from web.logs import prepare_logs
from web.rights import prepare_rights
from web.session import prepare_sessions
from web.settings import Settings
from web.system import System
from web.templating import prepare_templates

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def create_app(settings: Settings, system: System) -> Flask:
    """The application around `system`; nothing is started and no table is touched."""
    prepare_logs()
    app = Flask("web", static_folder=None, template_folder="templates")
    app.extensions["bangiao"] = system
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = 5 * 1024 * 1024
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    prepare_sessions(app, system)
    prepare_languages(app)
    prepare_templates(app)
    prepare_assets(app)
    prepare_rights(app)
    prepare_errors(app)
    register_blueprints(app)

    @app.after_request
    def harden(answer: Response) -> Response:
        answer.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        answer.headers.setdefault("Referrer-Policy", "same-origin")
        answer.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if answer.mimetype == "text/html":
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    return app
