"""The course of an incident in a few sentences; each stands on fields of the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from processor.domain.incident import OPEN_STATUSES, Dossier
from reports.incident.clocks import clock_state, in_order
from reports.incident.vocabulary import Vocabulary
from reports.word.plain_text import line


def sentences(dossier: Dossier, vocabulary: Vocabulary, now: datetime) -> list[str]:
    """Reported, recorded, accepted, solved, within the targets or not, confirmed, closed: what
    has happened of it, in this order."""
    return [
        *_reported(dossier, vocabulary),
        *_worked_on(dossier, vocabulary),
        *_clocks(dossier, vocabulary, now),
        *_ended(dossier, vocabulary),
    ]


def _reported(dossier: Dossier, vocabulary: Vocabulary) -> Iterator[str]:
    incident = dossier.incident
    moments = vocabulary.moments
    yield vocabulary.say(
        "intro.reported",
        moment=moments.moment(incident.reported_at),
        reporter=vocabulary.person(incident.reporter_address),
        subject=line(incident.subject) or vocabulary.empty,
    )
    grade = {
        "type": vocabulary.coded("type", incident.type),
        "priority": vocabulary.coded("priority", incident.priority),
    }
    if incident.group:
        yield vocabulary.say(
            "intro.recorded_group", group=vocabulary.group(incident.group), **grade
        )
    else:
        yield vocabulary.say("intro.recorded", **grade)


def _worked_on(dossier: Dossier, vocabulary: Vocabulary) -> Iterator[str]:
    incident = dossier.incident
    moments = vocabulary.moments
    if incident.accepted_at:
        took = moments.between(incident.reported_at, incident.accepted_at)
        if incident.assignee:
            who = vocabulary.person(incident.assignee)
            yield vocabulary.say("intro.accepted", assignee=who, duration=took)
        else:
            yield vocabulary.say("intro.accepted_alone", duration=took)
    if incident.resolved_at:
        yield vocabulary.say(
            "intro.resolved",
            moment=moments.moment(incident.resolved_at),
            duration=moments.between(incident.reported_at, incident.resolved_at),
        )
    else:
        key = "intro.unresolved" if incident.status in OPEN_STATUSES else "intro.ended"
        yield vocabulary.say(key, status=vocabulary.coded("status", incident.status))


def _clocks(dossier: Dossier, vocabulary: Vocabulary, now: datetime) -> Iterator[str]:
    results = [
        vocabulary.say(
            f"intro.clock_{clock_state(clock, now)}", clock=vocabulary.coded("clock", clock.kind)
        )
        for clock in in_order(dossier.clocks)
    ]
    if results:
        yield vocabulary.say("intro.clocks", results=vocabulary.say("separator").join(results))


def _ended(dossier: Dossier, vocabulary: Vocabulary) -> Iterator[str]:
    incident = dossier.incident
    if incident.reopens:
        yield vocabulary.say("intro.reopened", count=incident.reopens)
    if incident.confirmation in ("confirmed", "silent"):
        yield vocabulary.say(f"intro.{incident.confirmation}")
    if incident.satisfaction is not None:
        yield vocabulary.say("intro.rated", score=incident.satisfaction)
    if incident.closed_at:
        yield vocabulary.say("intro.closed", moment=vocabulary.moments.moment(incident.closed_at))
