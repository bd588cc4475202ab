"""From a mail and the rules' verdict to a report that can be recorded."""

from __future__ import annotations

from dataclasses import replace

from processor.domain.incident import Incident, IncidentType
from processor.domain.people import Person
from processor.parsing.thread_headers import bare_subject
from processor.pipeline.state import Journey
from processor.pipeline.telling_words import words_of
from processor.services.recording import Report

SUBJECT_LENGTH = 200


def report_of(journey: Journey, follows: Incident | None = None) -> Report:
    """What the message reports. A follow-up inherits classification and group of the incident
    that it ``follows``, where the rules do not say otherwise."""
    message, outcome = journey.message, journey.verdict.outcome
    known = follows.category if follows else ""
    assignee = str(outcome.get("assignee", ""))
    tags = str(outcome.get("tags", ""))
    return Report(
        reporter=_reporter(journey),
        subject=_subject(journey),
        symptom=str(outcome.get("symptom", ""))
        or words_of(message, journey.note.strip() or message.text),
        language=message.language,
        mailbox=journey.mailbox.name,
        type=IncidentType(str(outcome.get("type", IncidentType.INCIDENT))),
        category=str(outcome.get("category", known)),
        impact=int(outcome.get("impact", follows.impact if follows else 4)),
        urgency=int(outcome.get("urgency", follows.urgency if follows else 3)),
        system=str(outcome.get("system", "")),
        ci=str(outcome.get("ci", "")),
        error_code=str(outcome.get("error_code", "")),
        group=str(outcome.get("group", follows.group if follows else "")),
        assignee=assignee,
        profile=str(outcome.get("profile", journey.mailbox.profile)),
        tags=tuple(tag for tag in tags.split(",") if tag),
        reply_template=str(outcome.get("reply_template", "")),
        follows=follows.number if follows else "",
        likely_impact=str(outcome.get("likely_impact", "")),
        fault_vendor=str(outcome.get("fault_vendor", "")),
        decided_by=dict(journey.verdict.decided_by),
    )


def _reporter(journey: Journey) -> Person:
    """The sender, with what the rules found in the mail about him."""
    said, sender = journey.verdict.outcome, journey.sender
    return replace(
        sender,
        phone=str(said.get("reporter_phone", "")) or sender.phone,
        department=str(said.get("department", "")) or sender.department,
        site=str(said.get("site", "")) or sender.site,
    )


def _subject(journey: Journey) -> str:
    """The subject without its prefixes, else the first line of the text."""
    subject = bare_subject(journey.message.subject).strip()
    if not subject:
        lines = (line.strip() for line in journey.note.splitlines())
        subject = next((line for line in lines if line), "")
    return subject[:SUBJECT_LENGTH]
