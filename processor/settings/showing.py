"""The configuration in force as plain data, for `postdesk config show`; no secret is in it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from processor.settings.documents import Documents
from processor.settings.files import gathered
from processor.settings.secret_refs import SecretRef
from processor.settings.settings import MailboxSettings, SenderSettings, Settings


def shown(settings: Settings) -> dict[str, Any]:
    """The files as they are read, with mailboxes and senders in full; passwords stay references."""
    documents = gathered(Documents(settings.home), settings.home / "config")
    files = {name: document.data for name, document in documents.items()}
    desk = dict(files.get("postdesk.yaml") or {})
    desk["mailboxes"] = [_plain(one) for one in settings.mailboxes]
    desk["senders"] = [_plain(one) for one in settings.senders]
    return {
        "home": str(settings.home),
        "version": settings.version,
        "rules": [{"name": rule.name, "place": rule.place} for rule in settings.rules],
        "files": {Path(name).as_posix(): value for name, value in files.items()}
        | {"postdesk.yaml": desk},
    }


def _plain(entry: MailboxSettings | SenderSettings) -> dict[str, Any]:
    said = {f.name: getattr(entry, f.name) for f in fields(entry) if f.name != "secret_of"}
    if isinstance(entry.secret_of, SecretRef):
        said["password"] = f"{entry.secret_of.kind}:{entry.secret_of.name}"
    return said
