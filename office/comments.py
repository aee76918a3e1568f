"""What people say to each other about a case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from domain.errors import Invalid
from domain.people import User
from domain.rights import require
from office.involvement import relations_to_instance
from storage.tables import Comment
from storage.transactions import Work

LONGEST = 10_000


def add_comment(work: Work, instance_id: UUID, user: User, text: str, now: datetime) -> Comment:
    """Raises NotFound, NotAllowed, and Invalid for an empty or endless text."""
    require(user, "comment", relations_to_instance(work, user, instance_id))
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise Invalid(f"Nội dung trao đổi cần từ 1 đến {LONGEST} ký tự", f"a comment has 1 to {LONGEST} characters")
    return work.comments.add(Comment(id=uuid4(), instance_id=instance_id, person_id=user.person_id, at=now, text=text))
