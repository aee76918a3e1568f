"""The acts of people: written once, chained by hash within a case, provable after a text was erased.

`hash` is SHA-256 over the record's facts and the hash before it; of its text only `text_hash`, salted, goes in. So a
text can be erased (the row in `record_text`) and the chain still proves everything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_hex
from typing import Any
from uuid import UUID, uuid4

import orjson

from domain.people import User
from engine.running import revise
from storage.tables import Instance, Record
from storage.transactions import Work

CHAINED = ("instance_id", "position", "at", "person_id", "on_behalf_of", "verb", "noun", "noun_id", "before", "after")


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain no longer proves what it should; `position` counts from 1."""

    position: int
    message: str


def write_record(
    work: Work,
    instance: Instance | None,
    user: User | None,
    verb: str,
    noun: str,
    noun_id: UUID | str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    text: str = "",
    on_behalf_of: UUID | None = None,
    now: datetime,
) -> Record:
    """Add an act to the end of the instance's chain; without an instance it stands alone. Without a user: the system.

    `text` is what the person wrote (a reason, a note).
    """
    salt = token_hex(16)
    record = Record(
        id=uuid4(),
        instance_id=None if instance is None else instance.id,
        position=1 if instance is None else instance.record_count + 1,
        at=now,
        person_id=None if user is None else user.person_id,
        on_behalf_of=on_behalf_of,
        verb=verb,
        noun=noun,
        noun_id=str(noun_id),
        before=None if before is None else dict(before),
        after=None if after is None else dict(after),
        salt=salt,
        text_hash=text_hash(salt, text),
        previous_hash="" if instance is None else instance.record_hash,
    )
    record.hash = record_hash(record)
    if instance is not None:
        instance.record_count, instance.record_hash = record.position, record.hash
        revise(work, instance)
    work.records.add(record)
    if text:
        work.records.add_text(record, text)
    return record


def verify_chain(work: Work, instance: Instance) -> list[Break]:
    """Every place where the instance's chain does not hold; none when it is whole."""
    records = work.records.of_instance(instance.id)
    found = _breaks(records, work.records.texts(records))
    if len(records) != instance.record_count:
        message = f"the case counts {instance.record_count} records, there are {len(records)}"
        found.append(Break(len(records), message))
    elif records and records[-1].hash != instance.record_hash:
        found.append(Break(len(records), "the last record is not the one the case ends with"))
    return found


def record_hash(record: Record) -> str:
    """The hash over the facts, the text's hash and the hash before, as hexadecimal text."""
    facts = {name: getattr(record, name) for name in CHAINED}
    facts["at"] = record.at.astimezone(UTC).isoformat()
    facts |= {"text_hash": record.text_hash, "previous_hash": record.previous_hash}
    return sha256(orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)).hexdigest()


def text_hash(salt: str, text: str) -> str:
    """The salted hash of what a person wrote; an empty text has one too."""
    return sha256(f"{salt}:{text}".encode()).hexdigest()


def _breaks(records: Sequence[Record], texts: Mapping[UUID, str]) -> list[Break]:
    found: list[Break] = []
    previous = ""
    for position, record in enumerate(records, 1):
        if record.position != position:
            found.append(Break(position, f"record {position} is missing; {record.position} follows"))
        if record.previous_hash != previous:
            found.append(Break(position, "does not follow from the record before"))
        if record.hash != record_hash(record):
            found.append(Break(position, "its facts were changed"))
        text = texts.get(record.id)
        if text is not None and text_hash(record.salt, text) != record.text_hash:
            found.append(Break(position, "its text was changed"))
        previous = record.hash
    return found
