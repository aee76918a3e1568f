"""Form schemas by key and version."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Form


class Forms(Repository[Form]):
    row = Form
