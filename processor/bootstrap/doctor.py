"""Checks of everything outside postdesk itself, each with what to do (`doctor`)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from processor.bootstrap.wiring import sender_of, source_of
from processor.domain.errors import Fault
from processor.domain.wording import Words
from processor.settings.settings import MailboxSettings, SenderSettings, Settings
from processor.store.database import Store, head

ENOUGH_BYTES = 1024**3
KEY_MODE = 0o077


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: ``code`` names its sentences (``cli.doctor.<code>`` and, when it is not
    ``well``, ``cli.doctor.<code>_remedy``). A ``bearable`` one is a warning."""

    code: str
    well: bool
    params: dict[str, object] = field(default_factory=dict)
    bearable: bool = False

    def told(self, words: Words) -> str:
        """One line for people."""
        mark = "✓" if self.well else "!" if self.bearable else "✗"
        line = f"{mark} {words.say(f'cli.doctor.{self.code}', **self.params)}"
        if self.well:
            return line
        return f"{line}\n    → {words.say(f'cli.doctor.{self.code}_remedy', **self.params)}"

    def as_dict(self, words: Words) -> dict[str, Any]:
        """For scripts."""
        return {
            "check": self.code,
            "well": self.well,
            "warning": not self.well and self.bearable,
            "told": self.told(words),
        }


def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Every check, in the order in which a message meets these things."""
    return [
        *(_mailbox(settings, mailbox) for mailbox in settings.mailboxes),
        *(_sender(settings, sender) for sender in settings.senders),
        _database(settings),
        *_files(settings),
        *_calendars(settings, now),
    ]


def _try(code: str, attempt: Callable[[], None], **params: object) -> Finding:
    try:
        attempt()
    except Fault as fault:
        return Finding(code, False, {**params, "reason": fault.reason})
    return Finding(code, True, {**params, "reason": ""})


def _mailbox(settings: Settings, mailbox: MailboxSettings) -> Finding:
    source = source_of(settings, mailbox)
    try:
        return _try("mailbox", source.open, name=mailbox.name, address=mailbox.address)
    finally:
        source.close()


def _sender(settings: Settings, sender: SenderSettings) -> Finding:
    way = sender_of(settings, sender)
    try:
        return _try("sender", way.check, name=sender.name)
    finally:
        way.close()


def _database(settings: Settings) -> Finding:
    store = Store(settings.database, blobs=settings.home / "data" / "blobs")
    try:
        state = store.check()
        if not state.exists:
            return Finding("database_absent", False, {"url": store.shown_url})
        if state.newer:
            return Finding("database_newer", False, {"revision": state.revision, "known": head()})
        return Finding("database", state.current, {"url": store.shown_url, "reason": ""})
    except Exception as fault:  # noqa: BLE001 - whatever the driver says is the finding
        reason = str(fault).splitlines()[0]
        return Finding("database", False, {"url": store.shown_url, "reason": reason})
    finally:
        store.close()


def _files(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.home).free
    yield Finding("disk", free >= ENOUGH_BYTES, {"free": f"{free / 1024**3:.1f}"})
    key = settings.home / "data" / "secret.key"
    if key.exists():
        private = not key.stat().st_mode & KEY_MODE
        yield Finding("key", private, {"path": str(key)})
    writable = os.access(settings.home / "data", os.W_OK)
    yield Finding("writable", writable, {"path": str(settings.home / "data")})


def _calendars(settings: Settings, now: datetime) -> Iterator[Finding]:
    """From November on the next year's holidays should be known."""
    year = now.year + (1 if now.month >= 11 else 0)
    for name, calendar in settings.calendars.items():
        first = now.date().replace(year=year, month=1, day=1)
        params = {"name": name, "year": year}
        yield Finding("calendar", calendar.covers(first), params, bearable=True)
