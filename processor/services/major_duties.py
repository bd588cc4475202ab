"""What a major incident owes: notices to authorities, and its report (spec 1.7, 101)."""

from __future__ import annotations

from datetime import datetime, timedelta

from processor.domain.duty import Duty
from processor.domain.emergency import NOTICE, REPORT
from processor.domain.events import Event
from processor.domain.incident import Incident
from processor.domain.people import Actor
from processor.services import duties
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def owe(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime
) -> list[Event]:
    """Notices to authorities and the report; those that are owed already stay as they are."""
    agreed = policy.emergency
    known = {duty.text for duty in work.duties.of(incident.number, open_only=True)}
    events: list[Event] = []
    due = [
        (NOTICE, notice.to.get(incident.language) or next(iter(notice.to.values())), notice.within,
         notice.owner, agreed.notice_reminders)
        for notice in agreed.owed(incident)
    ]  # fmt: skip
    report = policy.say(incident.language, "emergency.report")
    due.append((REPORT, report, agreed.report_within, "", agreed.report_reminders))
    for kind, text, within, owner, reminders in due:
        if text not in known and within > timedelta():
            events += duties.give(
                work, incident, actor, at,
                kind=kind, text=text, due_at=at + within,
                owner=owner or incident.commander, reminders=reminders,
            )[1]  # fmt: skip
    return events


def owed(work: UnitOfWork, incident: Incident) -> tuple[Duty, ...]:
    """What is still to be notified and reported."""
    return tuple(
        duty
        for duty in work.duties.of(incident.number, open_only=True)
        if duty.kind in (NOTICE, REPORT)
    )


def nothing_owed(work: UnitOfWork, incident: Incident, actor: Actor, at: datetime) -> None:
    """It was no major incident after all: notices and report are not asked for any more."""
    duties.drop(work, incident, actor, at, (NOTICE, REPORT))


def report_sent(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, name: str
) -> None:
    """The report of a major incident was sent or handed in as the file ``name``: it is no longer
    owed."""
    for duty in work.duties.of(incident.number, REPORT, open_only=True):
        duties.finish(work, incident, duty, actor, at, name)
