"""A file sent with a form, kept as a document of a case."""

from __future__ import annotations

from uuid import UUID

from flask import request

from domain.errors import Invalid
from office.documents import add_document
from storage.tables import Document
from web.session import current_now, current_user
from web.system import current_system


def store_upload(instance_id: UUID, field: str = "file") -> Document:
    """The document made of the file in `field`; a known name gives a new version. Raises Invalid without a file."""
    sent = request.files.get(field)
    if sent is None or not sent.filename:
        raise Invalid("Chưa chọn tệp", "no file was chosen")
    content, name, user, now = sent.read(), sent.filename, current_user(), current_now()
    return current_system().run(lambda work: add_document(work, instance_id, user, content, name, now))
