"""The made-up case's letters about records as such: merged, objected to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from processor.domain import events as e
from processor.domain import events_records as r
from processor.domain.incident import Incident, Status
from processor.domain.people import Person


def of_records(
    now: datetime,
    incident: Callable[..., Incident],
    say: Callable[[str], str],
    reporter: Person,
    desk: Person,
) -> list[e.Event]:
    """Events by the people of the case, on its incident."""
    day = f"INC-{now:%Y%m%d}"
    working, solved = incident(Status.IN_PROGRESS), incident(Status.RESOLVED)
    refused = incident(Status.REJECTED)
    watched = replace(working, watchers=("watcher@example.com",))
    merged = incident(Status.MERGED, number=f"{day}-0003", assignee="", parent=working.number)
    return [
        r.Merged(
            at=now,
            actor=desk,
            incident=merged,
            parent=working,
            before=incident(Status.NEW, number=merged.number),
        ),
        r.Objected(
            at=now, actor=reporter, incident=solved, merged=merged.number, text=say("reopen")
        ),
        r.Rejected(
            at=now,
            actor=desk,
            incident=refused,
            reason=say("reject"),
            sales="sales@example.com",
        ),
        r.Appealed(at=now, actor=reporter, incident=refused, text=say("appeal")),
        r.WatchersAdded(at=now, actor=reporter, incident=watched, added=watched.watchers),
        e.Opened(at=now, actor=reporter, incident=incident(Status.NEW), outside=True),
    ]
