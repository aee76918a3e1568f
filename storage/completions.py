"""The newest completion of each case, to be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from storage.repository import Repository
from storage.tables import Completion


class Completions(Repository[Completion]):
    row = Completion

    def keep(self, values: Mapping[str, Any]) -> None:
        """Keep this one in the place of the case's last."""
        self._write([values], tuple(name for name in values if name != "instance_id"))

    def forget(self, instance_id: UUID) -> None:
        """The case has none that can be taken back."""
        self.session.execute(
            delete(Completion).where(Completion.instance_id == instance_id).execution_options(synchronize_session=False)
        )
