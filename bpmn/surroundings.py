"""What lies beside a drawing: forms, deployed definitions, files. Of what is not known nothing is said."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How to ask for them.

    `variables_of_form` gives the variables the form of a key fills, None when there is no such form; `is_deployed`
    whether a definition of this key can be called; `folder` is where a file on this machine lies, for its imports.
    """

    variables_of_form: Callable[[str], Collection[str] | None] | None = None
    is_deployed: Callable[[str], bool] | None = None
    folder: Path | None = None


NOTHING_KNOWN = Surroundings()
