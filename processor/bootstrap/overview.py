"""The desk at a glance: how old what waits is, and which ends do not answer (`status`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from processor.bootstrap.wiring import App


def overview(app: App, now: datetime) -> dict[str, dict[str, Any]]:
    """Queue ages in seconds at ``now`` (aware), backlog by status, mailboxes and senders."""
    with app.store.read() as work:
        spool = work.spool.ages()
        outbox = work.outbox.ages()
        backlog = work.incidents.counts()
        timers = work.timers.overdue(now) + work.neighbour_timers.overdue(now)
    return {
        "spool": _ages(spool, now),
        "outbox": _ages(outbox, now),
        "incidents": dict(backlog),
        "timers": {"due": timers},
        "mailboxes": {box.name: f"{box.kind} {box.address}" for box in app.settings.mailboxes},
        "senders": {
            sender.name: f"{sender.kind} {sender.host or sender.path}"
            for sender in app.settings.senders
        },
    }


def _ages(states: Mapping[str, tuple[int, datetime | None]], now: datetime) -> dict[str, str]:
    """``pending: 3 (oldest 12 s)``."""
    return {
        state: f"{count}" + (f" (oldest {(now - oldest).total_seconds():.0f} s)" if oldest else "")
        for state, (count, oldest) in states.items()
    }
