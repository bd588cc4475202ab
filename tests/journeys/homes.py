"""Homes for stories: made by `init`, then pointed at the servers and the database of the test."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from processor.demo.story import DESK
from processor.settings.home import make_home
from processor.settings.loader import load
from processor.settings.settings import Settings
from tests.settings.homes import warm

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai


def home_of(
    folder: Path,
    *,
    database: str | None = None,
    imap: tuple[int, str] | None = None,
    smtp: int | None = None,
    language: str = "zh",
    **changes: Any,
) -> Path:
    """A home in ``folder``. ``imap`` is (port, password) of a server on this machine whose user
    is the desk's address; ``smtp`` a port; without them a folder and an outbox folder serve."""
    make_home(folder, language)
    warm(folder, language)
    yaml = YAML()
    path = folder / "config" / "postdesk.yaml"
    document = yaml.load(path.read_text("utf-8"))
    if database is not None:
        document["database"] = {"url": database}
    mailbox = document["mailboxes"][0]
    mailbox["address"] = DESK
    if imap is not None:
        port, password = imap
        (folder / "data" / "imap.password").write_text(password)
        mailbox.pop("path", None)
        mailbox.update(
            kind="imap",
            host="127.0.0.1",
            port=port,
            security="none",
            user=DESK,
            password="file:data/imap.password",
        )
    if smtp is not None:
        sender = document["senders"][0]
        sender.pop("path", None)
        sender.update(kind="smtp", host="127.0.0.1", port=smtp, security="none")
    document.update(changes)
    with path.open("w", encoding="utf-8") as stream:
        yaml.dump(document, stream)
    return folder


def settings_of(folder: Path, **options: Any) -> Settings:
    """The same, loaded."""
    return load(home_of(folder, **options))
