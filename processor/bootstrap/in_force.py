"""The configuration that mail is processed by is kept in the store, as it was written."""

from __future__ import annotations

from datetime import datetime

from processor.settings.settings import Settings
from processor.store.database import Store


def keep_in_force(store: Store, settings: Settings, now: datetime) -> None:
    """Note that ``settings`` are in force from ``now`` (aware) on; nothing where they were."""
    with store.read() as work:
        if work.configurations.in_force() == settings.version:
            return
    with store.begin() as work:
        work.configurations.take(settings.version, settings.files, now)
