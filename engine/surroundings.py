"""What a drawing finds here: the newest forms and the definitions in force."""

from __future__ import annotations

from bpmn.forms import read_form
from bpmn.surroundings import Surroundings
from domain.errors import Invalid
from storage.transactions import Work


def surroundings(work: Work) -> Surroundings:
    """The forms and definitions of this transaction; no folder: what comes over the network names no file here."""

    def variables_of_form(key: str) -> frozenset[str] | None:
        row = work.forms.newest(key)
        if row is None:
            return None
        try:
            return read_form(row.schema, key).variables
        except Invalid:
            return frozenset()

    return Surroundings(variables_of_form, lambda key: bool(work.definitions.deployed([key])))
