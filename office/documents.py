"""Papers of a case: every file saved under a known name is its next version."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from domain.errors import InstanceClosed, NotFound
from domain.people import User
from domain.rights import require
from engine.records import write_record
from office.files import content_of, store_file
from office.involvement import relations_to_instance
from storage.tables import Document, File
from storage.transactions import Work


def add_document(work: Work, instance_id: UUID, user: User, content: bytes, name: str, now: datetime) -> Document:
    """Keep the file as a paper of the case. Raises NotFound, NotAllowed, InstanceClosed, Invalid."""
    instance = work.instances.locked(instance_id)
    require(user, "add_document", relations_to_instance(work, user, instance_id))
    if instance.ended_at is not None:
        raise InstanceClosed("Hồ sơ đã đóng, không thêm được tệp", "the case is closed")
    file = store_file(work, content, name, user.person_id, now)
    before = work.documents.newest(instance_id, file.name)
    document = Document(
        id=uuid4(),
        instance_id=instance_id,
        name=file.name,
        file_id=file.id,
        version=before.version + 1 if before else 1,
        replaces_id=before.id if before else None,
        created_at=now,
        created_by=user.person_id,
    )
    work.documents.add(document)
    facts = {"name": document.name, "version": document.version, "sha256": file.sha256}
    write_record(work, instance, user, "add_document", "document", document.id, after=facts, now=now)
    return document


def read_document(work: Work, document_id: UUID, user: User) -> tuple[Document, File, bytes]:
    """A paper with its file and bytes. Raises NotFound, NotAllowed."""
    document = work.documents.get(document_id)
    require(user, "see_document", relations_to_instance(work, user, document.instance_id))
    if document.file_id is None:
        raise NotFound("Văn bản này không có tệp", "the document has no file")
    file, content = content_of(work, document.file_id)
    return document, file, content
