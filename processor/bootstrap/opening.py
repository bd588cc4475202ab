"""Opens the store, and nothing else of the desk: for commands that only read."""

from __future__ import annotations

from processor.settings.settings import Settings
from processor.store.database import Store


def open_store(settings: Settings) -> Store:
    """The store, at the schema of this release."""
    store = Store(settings.database, blobs=settings.home / "data" / "blobs")
    store.upgrade()
    return store
