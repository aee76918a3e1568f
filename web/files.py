"""Documents of cases, handed out to those who may see the case."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response

from domain.errors import NotFound
from domain.rights import may
from office.files import SHOWN_IN_BROWSER, content_of
from office.involvement import relations_to_instance
from storage.transactions import reading
from web.downloads import disposition
from web.session import current_user
from web.system import current_system

pages = Blueprint("files", __name__, url_prefix="/documents")


@pages.get("/<uuid:document_id>")
def document(document_id: UUID) -> Response:
    """The bytes; shown in place only where that is safe, otherwise saved. 404 to those who may not see the case."""
    user = current_user()
    with reading(current_system().database) as work:
        found = work.documents.get(document_id)
        if not may(user, "see_document", relations_to_instance(work, user, found.instance_id)) or found.file_id is None:
            raise NotFound("Không tìm thấy văn bản này", "there is no such document")
        file, content = content_of(work, found.file_id)
    shown = file.media_type in SHOWN_IN_BROWSER
    charset = "; charset=utf-8" if file.media_type == "text/plain" else ""
    answer = Response(content, content_type=file.media_type + charset)
    answer.headers["Content-Disposition"] = disposition("inline" if shown else "attachment", found.name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(file.sha256)
    return answer
