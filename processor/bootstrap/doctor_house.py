"""`doctor`, at home: database, disk, rights, secrets, templates, fonts, calendars."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from processor.bootstrap.checking import check_templates
from processor.bootstrap.clock import Clock
from processor.bootstrap.doctor_mail import MOST_SKEW
from processor.bootstrap.findings import RESERVED, Finding
from processor.settings.home import FOLDERS
from processor.settings.secret_refs import SecretRef
from processor.settings.settings import Settings
from processor.store.database import Store, head

ENOUGH_BYTES = 1024**3
OTHERS = 0o077


def house(settings: Settings, now: datetime, clock: Clock) -> Iterator[Finding]:
    """Every check of what stands on this machine."""
    yield from _database(settings, clock)
    yield from _folders(settings)
    yield from _secrets(settings)
    yield from _people(settings)
    for file in settings.as_shipped:
        yield Finding("as_shipped", False, {"file": file}, bearable=True)
    yield from _templates(settings, now)
    yield from _fonts(settings)
    yield from _calendars(settings, now)


def _database(settings: Settings, clock: Clock) -> Iterator[Finding]:
    store = Store(settings.database, blobs=settings.home / "data" / "blobs")
    try:
        state = store.check()
        if not state.exists:
            yield Finding("database_absent", False, {"url": store.shown_url})
            return
        if state.newer:
            yield Finding("database_newer", False, {"revision": state.revision, "known": head()})
            return
        yield Finding("database", state.current, {"url": store.shown_url, "reason": ""})
        theirs = store.clock()
        if theirs is not None:
            skew = abs(clock() - theirs) / timedelta(seconds=1)
            shown: dict[str, object] = {"seconds": f"{skew:.0f}", "host": store.shown_url}
            yield Finding("clock", skew <= MOST_SKEW, shown)
    except Exception as fault:  # noqa: BLE001 - whatever the driver says is the finding
        reason = str(fault).splitlines()[0]
        yield Finding("database", False, {"url": store.shown_url, "reason": reason})
    finally:
        store.close()


def _folders(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.home).free
    yield Finding("disk", free >= ENOUGH_BYTES, {"free": f"{free / 1024**3:.1f}"})
    for name in FOLDERS:
        path = settings.home / name
        if name in ("config", "templates") or not path.is_dir():
            continue  # they are read; others are made when they are needed
        if name == "data" or not os.access(path, os.W_OK | os.X_OK):
            well = os.access(path, os.W_OK | os.X_OK)
            yield Finding("writable", well, {"path": str(path)})


def _secrets(settings: Settings) -> Iterator[Finding]:
    """Every file that holds a secret is its owner's alone."""
    data = settings.home / "data"
    found = {data / "secret.key"}
    references = [
        *(mailbox.secret_of for mailbox in settings.mailboxes),
        *(sender.secret_of for sender in settings.senders),
        *(login.secret_of for login in settings.logins),
    ]
    for one in references:
        if isinstance(one, SecretRef) and one.kind == "file":
            found.add((settings.home / one.name).expanduser())
    for folder in ("secrets", "logins"):
        found |= set((data / folder).glob("*"))
    there = sorted(path for path in found if path.is_file())
    open_ones: list[Path] = [path for path in there if path.stat().st_mode & OTHERS]
    for path in open_ones or there[:1]:
        yield Finding("key", not open_ones, {"path": str(path)})


def _people(settings: Settings) -> Iterator[Finding]:
    """The people of a new home are made up: once mail really goes out, nobody must be told of
    incidents at addresses that nobody has (RFC 2606)."""
    if all(sender.kind == "outbox" for sender in settings.senders):
        return
    made_up = sorted(
        person.address for person in settings.directory.people if RESERVED.search(person.address)
    )
    params: dict[str, object] = {"count": len(made_up), "first": "".join(made_up[:1])}
    yield Finding("people", not made_up, params, bearable=True)


def _templates(settings: Settings, now: datetime) -> Iterator[Finding]:
    faults = check_templates(settings, now)
    yield Finding("templates", not faults, {"reason": "; ".join(faults)})


def _fonts(settings: Settings) -> Iterator[Finding]:
    """Where documents can be shown or printed here, Chinese must not come out as boxes."""
    if shutil.which("soffice") is None or shutil.which("fc-list") is None:
        return
    asked = subprocess.run(
        ["fc-list", ":lang=zh", "family"],  # noqa: S607 - where it lies differs between systems
        capture_output=True,
        timeout=60,
        check=False,
    )
    yield Finding("fonts", bool(asked.stdout.strip()), bearable=settings.language != "zh")


def _calendars(settings: Settings, now: datetime) -> Iterator[Finding]:
    """From November on the next year's holidays should be known."""
    year = now.year + (1 if now.month >= 11 else 0)
    for name, calendar in settings.calendars.items():
        first = now.date().replace(year=year, month=1, day=1)
        params: dict[str, object] = {"name": name, "year": year}
        yield Finding("calendar", calendar.covers(first), params, bearable=True)
