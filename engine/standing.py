"""How a person stands to a user task's row, in the words of the one table of rights."""

from __future__ import annotations

from domain.people import User
from domain.rights import Relation, relations_to_task
from storage.tables import UserTask


def standing(user: User, task: UserTask, *, definition_key: str | None = None) -> frozenset[Relation]:
    """The relations of `user` to `task`; substitutions for one definition alone count when its key is given."""
    # a mapped column reads as its value, which pyright does not see through a protocol
    return relations_to_task(user, task, definition_key=definition_key)  # pyright: ignore[reportArgumentType]
