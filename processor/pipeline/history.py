"""Mails from before this desk: they become closed records, and nobody is answered.

A mail joins the record whose mail it answers; one that lost its thread (an answer by its subject,
of or to the same person, within some days) the record of that subject. Every other one of a person
is a record of its own, filed by the rules as if it had come today. No clock runs, no timer is set
and no letter is written: what is over can only be found and counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from processor.domain.incident import Incident, Status
from processor.domain.message import Message, MessageKind
from processor.domain.numbering import number, series
from processor.domain.people import Person
from processor.parsing.thread_headers import bare_subject
from processor.pipeline.reporting import report_of
from processor.pipeline.state import Desk, Disposition, Journey
from processor.pipeline.steps.classify import facts_of
from processor.pipeline.steps.correlate import thread_of
from processor.pipeline.steps.recognise import digest
from processor.pipeline.telling_words import words_of
from processor.rules.reading import folded
from processor.services import association, filing
from processor.services.recording import Report
from processor.store.blobs import Blobs
from processor.store.spooled import SpoolEntry
from processor.store.unit_of_work import UnitOfWork

ACTOR = "migrate"
TAG = "migrated"
TOGETHER = timedelta(days=30)  # between two mails of one subject that lost their thread


@dataclass(frozen=True, slots=True)
class Past:
    """What became of one old mail: ``disposition`` and the record's number ("" = none)."""

    disposition: str
    number: str
    reason: str


@dataclass(slots=True)
class History:
    """Takes old mails in the order of their dates. It remembers by which subjects people spoke,
    for answers without a thread."""

    desk: Desk
    _subjects: dict[tuple[str, str], tuple[str, datetime]] = field(default_factory=dict)

    def take(
        self, work: UnitOfWork, entry: SpoolEntry, raw: bytes, message: Message, blobs: Blobs
    ) -> Past:
        """File one spooled mail, whose time is ``entry.received_at``, and settle it."""
        journey = self._begun(entry, raw, message)
        past = self._filed(work, journey, blobs)
        work.spool.settle(
            entry.id,
            disposition=past.disposition,
            reason=past.reason,
            incident_number=past.number,
            at=journey.now,
            steps=["migrate"],
            message_id=message.message_id,
            digest=digest(journey) if message.message_id else "",
            subject=message.subject,
            sender=message.author.address if message.author else "",
        )
        return past

    def _begun(self, entry: SpoolEntry, raw: bytes, message: Message) -> Journey:
        journey = Journey(
            spool_id=entry.id,
            mailbox=next(iter(self.desk.mailboxes.values())),
            raw=raw,
            received_at=entry.received_at,
            now=entry.received_at,
            message=message,
            note=message.reply_text,
        )
        journey.sender = self._reporter(message)
        journey.verdict = self.desk.engine.judge(facts_of(journey, self.desk))
        return journey

    def _reporter(self, message: Message) -> Person:
        """Its author; of a mail of the desk itself whom it was written to."""
        known = [one for one in (message.author, *message.to) if one is not None]
        others = [one for one in known if one.address.lower() not in self.desk.own]
        if not known:
            return Person(address="")
        first = (others or known)[0]
        found = self.desk.policy.directory.find(first.address)
        return found or Person(address=first.address.lower(), name=first.name)

    def _filed(self, work: UnitOfWork, journey: Journey, blobs: Blobs) -> Past:
        message = journey.message
        if message.author is None:
            return Past(Disposition.IGNORED, "", "no_sender")
        twins = work.spool.same_message(message.message_id, digest(journey), journey.spool_id)
        if message.message_id and twins:
            return Past(Disposition.IGNORED, "", f"duplicate_of:{twins[0]}")
        found = self._record_of(work, journey)
        if found is not None:
            self._go_on(work, journey, found)
            self._keep(work, journey, found, blobs, "updated")
            return Past(Disposition.UPDATED, found.number, TAG)
        if message.kind is not MessageKind.HUMAN:
            return Past(Disposition.IGNORED, "", str(message.kind))
        if journey.verdict.drop or journey.verdict.quarantine:
            return Past(Disposition.IGNORED, "", "rule")
        opened = self._opened(work, journey)
        self._keep(work, journey, opened, blobs, "opened")
        return Past(Disposition.OPENED, opened.number, TAG)

    def _record_of(self, work: UnitOfWork, journey: Journey) -> Incident | None:
        ids = thread_of(journey.message)
        known = {mid: number for mid, number, *_ in work.mails.incident_of(ids)} if ids else {}
        by_thread = next((known[one] for one in ids if one in known), "")
        if by_thread:
            return work.incidents.get(by_thread)
        subject = folded(bare_subject(journey.message.subject))
        if subject and subject != folded(journey.message.subject):
            for person in self._people(journey.message):
                number, last = self._subjects.get((subject, person), ("", journey.now))
                if number and abs(journey.now - last) <= TOGETHER:
                    return work.incidents.get(number)
        return None

    def _people(self, message: Message) -> Iterable[str]:
        everybody = [one for one in (message.author, *message.to, *message.cc) if one is not None]
        return {one.address.lower() for one in everybody} - self.desk.own

    def _opened(self, work: UnitOfWork, journey: Journey) -> Incident:
        """The record as it would have stood at its end; what was done for it comes with the
        mails that follow."""
        report, policy = report_of(journey), self.desk.policy
        profile = policy.profile(report.profile)
        line = series(report.type, journey.now, policy.zone, profile.prefix)
        terms = policy.terms(profile.name)
        priority = report.priority or terms.matrix.priority(report.impact, report.urgency)
        items = association.items_named(
            work, policy.association, report.ci, report.subject, report.symptom
        )
        incident = replace(
            _plain(report, number(line, work.numbers.next(line)), journey.now),
            organisation=policy.customer_of(report.reporter.address)[0],
            contract=policy.customer_of(report.reporter.address)[1],
            profile=profile.name,
            ci=items[0].name if items else report.ci,
            priority=priority,
            initial_priority=priority,
            owner=policy.desk,
            group=report.group if report.group in policy.directory.groups else policy.desk,
            confidential=profile.discretion is not None,
        )
        work.incidents.add(incident, ACTOR, journey.now, ACTOR)
        association.on_opening(work, policy.association, incident, items)
        return incident

    def _go_on(self, work: UnitOfWork, journey: Journey, incident: Incident) -> None:
        """Of a record that came by migration the last mail is its end, and the team's last words
        are what was done; of any other one nothing is touched but its mails."""
        if TAG not in incident.tags or incident.status is not Status.CLOSED:
            return
        if incident.closed_at is None or journey.now > incident.closed_at:
            incident.closed_at = journey.now
            author = journey.message.author
            who = author.address.lower() if author else ""
            person = self.desk.policy.directory.find(who)
            if who in self.desk.own or (person is not None and person.roles):
                incident.solution = words_of(journey.message, journey.note)
                incident.resolver = "" if who in self.desk.own else who
                incident.resolved_at = journey.now
            work.incidents.save(incident, ACTOR, journey.now, ACTOR)

    def _keep(
        self, work: UnitOfWork, journey: Journey, incident: Incident, blobs: Blobs, event: str
    ) -> None:
        filing.keep_mail(
            work,
            blobs,
            incident,
            journey.message,
            words_of(journey.message, journey.note),
            at=journey.now,
            spool_id=journey.spool_id,
            event=event,
            internal=False,
            attachment_bytes=self.desk.limits.attachment_bytes,
        )
        subject = folded(bare_subject(journey.message.subject))
        for person in self._people(journey.message):
            self._subjects[subject, person] = (incident.number, journey.now)


def _plain(report: Report, its_number: str, at: datetime) -> Incident:
    reporter = report.reporter
    return Incident(
        number=its_number,
        type=report.type,
        status=Status.CLOSED,
        reported_at=at,
        closed_at=at,
        subject=report.subject,
        symptom=report.symptom,
        reporter_address=reporter.address,
        reporter_name=reporter.name,
        reporter_phone=reporter.phone,
        department=reporter.department,
        site=reporter.site,
        language=report.language,
        source=report.source,
        recorder=ACTOR,
        mailbox=report.mailbox,
        system=report.system,
        error_code=report.error_code,
        category=report.category,
        impact=report.impact,
        urgency=report.urgency,
        tags=tuple(dict.fromkeys((*report.tags, TAG))),
    )
