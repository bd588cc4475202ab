"""Every event × every kind of reader: what a letter to somebody outside the team may say (spec 7:
“customer never gets internal notes; vendor only what was released”).

Each text of a record, of its journal and of the event itself is replaced by a mark of its own; the
marks that come through are compared with what is meant to. A new event, field or letter that tells
more than this table fails here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote

import pytest

from processor.domain.events import (
    CommandsDone,
    CommandsRefused,
    CommandUnproven,
    Event,
    StatusAsked,
)
from processor.domain.incident import Dossier, Incident, JournalEntry, MailRecord
from processor.domain.outgoing import Outgoing
from processor.domain.people import Person
from processor.replies.addressing import Audience
from processor.replies.compose import Composer
from processor.replies.letters import letters_for
from processor.replies.routes import ROUTES
from processor.replies.samples import Sample

from .conftest import AT

# Texts of people. What is looked up (codes, groups, numbers) or only counted is none.
FREE = {
    "subject", "symptom", "reporter_name", "reporter_phone", "department", "organisation",
    "contract", "site", "ci", "system", "error_code", "likely_impact", "question", "cause",
    "action", "solution", "fault_vendor", "knowledge_used", "satisfaction_comment",
    "callback_result", "text", "reason", "comment", "said", "what", "why", "back_out", "title",
    "root_cause", "workaround", "outcome_text",
}  # fmt: skip
_MARK = re.compile(r"Qz([a-z]+?)zQ")


def marked(value: Any, of: str = "") -> Any:
    """The same with each free text replaced by a mark that says where it stood."""
    if isinstance(value, tuple):
        return tuple(marked(one, of) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    kind = type(value).__name__.lower()
    changes: dict[str, Any] = {}
    for one in fields(value):
        if not one.init:
            continue
        old = getattr(value, one.name)
        if isinstance(value, JournalEntry | MailRecord) and one.name == "text":
            inner = value.kind if isinstance(value, JournalEntry) else "internal" * value.internal
            changes[one.name] = f"Qz{_plain(kind.removesuffix('entry'), inner)}zQ"
        elif one.name in FREE and isinstance(old, str) and (old or isinstance(value, Incident)):
            changes[one.name] = f"Qz{_plain(kind, one.name)}zQ"
        else:
            changes[one.name] = marked(old, kind)
    return replace(value, **changes)


def _plain(kind: str, name: str) -> str:
    return f"{kind}{name}".replace("_", "")


def _asked_by(sample: Sample, event: Event) -> Iterator[Event]:
    """The event, and where it answers whoever wrote, the same for each kind of reader."""
    if isinstance(event, StatusAsked) and event.dossier is not None:
        event = replace(event, dossier=_with_internals(event.dossier))
    yield event
    if isinstance(event, StatusAsked | CommandsDone | CommandsRefused | CommandUnproven):
        for who in (sample.reporter, sample.engineer, Person("watcher@example.com")):
            yield replace(event, actor=who)


def _with_internals(dossier: Dossier) -> Dossier:
    """With a mail and a note that stay inside."""
    mail = replace(dossier.mails[0], internal=True)
    note = JournalEntry(
        at=AT, actor="engineer@example.com", via="mail:1", kind="note", text="between us"
    )
    return replace(
        dossier,
        mails=(*(replace(one, internal=False) for one in dossier.mails), mail),
        journal=(*dossier.journal, note),
    )


def told(
    sample: Sample, make: Callable[..., Composer], read: Callable[[Outgoing], EmailMessage]
) -> Iterator[tuple[Audience, str]]:
    """(reader, mark) of every mark that comes through in any letter's headers, text or page."""
    writer = make(directory=sample.directory, categories=sample.categories)
    for usual in sample.events():
        for event in _asked_by(sample, usual):
            hidden: Event = marked(event)
            for letter in letters_for(hidden, sample.directory, language=sample.language):
                mail = read(writer.compose(letter, at=AT, cause="m", ordinal=0))
                parts = [p for p in mail.walk() if p.get_content_maintype() == "text"]
                said = [*map(str, mail.values()), *(unquote(p.get_content()) for p in parts)]
                for mark in set(_MARK.findall("\n".join(said))):
                    yield letter.audience, mark


SAID_TO = {
    Audience.REPORTER: {
        # his own report, and what is said to him about it
        "incidentsubject", "incidentsymptom", "incidentreportername", "incidentquestion",
        "incidentsolution", "askedquestion", "repliedtext", "reportersinformedsaid",
        "cancelledreason", "rejectedreason", "mailrecord",
        # published for everybody
        "foundtitle", "foundsolution",
        # the change that will touch him
        "changeannouncedwhat",
    },
    Audience.OTHER: {
        "incidentsubject", "incidentsymptom", "repliedtext",
        # forms of his own, and the change that he asked for by one
        "blankformtitle", "returnedformtitle", "formtakentitle", "changetitle", "changewhat",
        "customertoldorganisation",  # his own, for a contact that its contract names
    },
    Audience.ROSTER: {
        "incidentsubject", "incidentsymptom", "incidentsolution", "broadcasttext",
        "emergencydeclaredreason", "emergencyoverreason", "emergencyroundsaid",
    },
    # the event of a vendor's letter carries the fields that were released alone:
    # tests/journeys/test_third_line.py
    Audience.VENDOR: {
        "incidentsubject", "incidentsymptom", "incidentci", "incidentsystem", "incidentsite",
        "incidenterrorcode", "incidentlikelyimpact", "incidentdepartment", "incidentorganisation",
        "incidentreportername", "incidentreporterphone", "vendoraskedtext", "vendorremindedtext",
    },
}  # fmt: skip
INSIDE = {
    "journalnote", "mailrecordinternal", "incidentcause", "incidentaction", "dispatchedtext",
    "escalatedtext", "returnedreason", "sentbackreason", "recalledreason", "raisedreason",
    "objectedtext", "appealedtext", "vendoransweredtext", "dutytext", "problemrootcause",
    "problemworkaround", "articlecause", "messagequarantinedreason", "changewhy",
}  # fmt: skip
"""What the team tells itself: the letters of the team have it, so that it could come through."""


@pytest.fixture(scope="module")
def seen(
    sample: Sample, make: Callable[..., Composer], read: Callable[[Outgoing], EmailMessage]
) -> dict[Audience, set[str]]:
    found: dict[Audience, set[str]] = {audience: set() for audience in Audience}
    for audience, mark in told(sample, make, read):
        found[audience].add(mark)
    return found


def test_every_event_with_a_letter_is_tried(sample: Sample) -> None:
    assert {type(event) for event in sample.events()} >= ROUTES.keys()


def test_the_team_reads_what_stays_inside(seen: dict[Audience, set[str]]) -> None:
    assert seen[Audience.STAFF] >= INSIDE - {"journalnote"}


@pytest.mark.parametrize("audience", SAID_TO)
def test_who_is_not_of_the_team_reads_what_is_meant_for_him(
    audience: Audience, seen: dict[Audience, set[str]]
) -> None:
    assert seen[audience] == SAID_TO[audience]
    assert not seen[audience] & INSIDE
