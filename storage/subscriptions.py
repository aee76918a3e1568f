"""Waits for messages and signals."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Subscription


class Subscriptions(Repository[Subscription]):
    row = Subscription
