"""From a form to reports that can be recorded, and to whom it is from."""

from __future__ import annotations

from dataclasses import replace

from processor.domain.incident import IncidentType, Source
from processor.domain.people import Directory, Person
from processor.forms.forms import Handed
from processor.pipeline.reporting import SUBJECT_LENGTH
from processor.pipeline.state import Journey, Paper
from processor.services.recording import Report

_TYPES = {
    "incident": IncidentType.INCIDENT,
    "service_request": IncidentType.SERVICE_REQUEST,
    "finding": IncidentType.FINDING,
}


def to_open(journey: Journey) -> tuple[Handed, ...]:
    """The forms that ask for a record of their own: on a mail about an incident only those that
    do not belong to it."""
    if journey.incident is None:
        return journey.handed
    return tuple(handed for handed in journey.handed if not handed.form.joins)


def reporter_of(handed: Handed, sender: Person | None, directory: Directory) -> Person:
    """Whom a form is from. The team hands forms in for others; of anybody else the mail says who
    he is, for a form proves even less than a sender's address. Without a ``sender`` (a dropped
    document) it is whom the form names; the address is "" where that tells nobody we know."""
    said = handed.told.say
    name, address = said("reporter_name"), said("reporter_address")
    named = directory.find(address) if address else directory.named(name)
    if sender is None or sender.staff:
        if named is not None:
            person = named
        elif address:
            person = Person(address=address, name=name)
        elif sender is None:
            person = Person(address="", name=name)
        elif not name or name == sender.name:
            person = sender
        else:
            # nobody knows his address: the desk speaks for him, and is answered for him
            person = Person(address=sender.address, name=name, language=sender.language)
    else:
        own = not address or address in (sender.address, *sender.aliases)
        person = replace(sender, name=(name if own else "") or sender.name)
    language = handed.filled.language if handed.filled else ""
    return replace(
        person,
        name=person.name or name,
        phone=said("reporter_phone") or person.phone,
        department=said("department") or person.department,
        site=said("site") or person.site,
        organisation=said("organisation") or person.organisation,
        language=person.language or language,
    )


def report_of_form(journey: Journey, paper: Paper, reporter: Person) -> Report:
    """What one paper reports: what the form says goes before what the rules guess, but for group
    and assignee, which are theirs alone."""
    form, facts, outcome = paper.handed.form, paper.facts, paper.verdict.outcome
    finding = form.opens == "finding"
    tags = (*form.tags, *(tag for tag in str(outcome.get("tags", "")).split(",") if tag))
    filled = paper.handed.filled
    return Report(
        reporter=reporter,
        subject=_subject(paper),
        symptom=facts.text,
        language=filled.language if filled else reporter.language,
        mailbox=journey.mailbox.name,
        source=Source.INSPECTION if finding else Source.FORM,
        type=_TYPES[form.opens],
        category=facts.say("category") or str(outcome.get("category", form.category)),
        impact=facts.grade("impact") or int(outcome.get("impact", 4)),
        urgency=facts.grade("urgency") or int(outcome.get("urgency", 3)),
        system=facts.say("system") or str(outcome.get("system", "")),
        ci=facts.say("ci") or str(outcome.get("ci", "")),
        error_code=facts.say("error_code") or str(outcome.get("error_code", "")),
        group=str(outcome.get("group", "")),
        assignee=str(outcome.get("assignee", "")),
        profile=form.profile or str(outcome.get("profile", journey.mailbox.profile)),
        own=facts.own,
        tags=tuple(dict.fromkeys(tags)),
        reply_template=str(outcome.get("reply_template", "")),
        occurred_at=facts.occurred_at,
        likely_impact=facts.say("likely_impact"),
        recorder=journey.sender.address if journey.sender.staff else "postdesk",
        active_service=finding,
        quiet=finding,
        decided_by=dict(paper.verdict.decided_by),
    )


def _subject(paper: Paper) -> str:
    """What the form says, else the first line of its description, else its title."""
    form, language = paper.handed.form, "zh"
    if paper.handed.filled:
        language = paper.handed.filled.language
    lines = (line.strip() for line in paper.facts.text.splitlines())
    first = paper.facts.say("subject") or next((line for line in lines if line), "")
    return (first or form.title[language])[:SUBJECT_LENGTH]
