"""The shipped processes as definitions of this office: deployed when new, never over what the office drew itself."""

from __future__ import annotations

from datetime import datetime

from bpmn.library import shipped
from engine.definitions import deploy
from storage.transactions import Work

ORIGIN = "shipped"


def deploy_shipped(work: Work, now: datetime) -> list[str]:
    """Add a version of each shipped process whose newest shipped one differs; the keys it added."""
    added: list[str] = []
    for process in shipped():
        versions = work.definitions.versions(process.key)
        own = [each for each in versions if each.origin == ORIGIN]
        if any(each.xml == process.xml for each in own):
            continue
        deploy(work, process.xml, key=process.key, forms=process.forms.items(), origin=ORIGIN, now=now)
        added.append(process.key)
    return added
