"""One of the team hands on a user's mail: the user is the reporter, and is answered."""

from __future__ import annotations

from dataclasses import replace

from processor.domain.people import Person
from processor.parsing.forwarded import Forwarded, forwarded
from processor.parsing.thread_headers import says_forward
from processor.pipeline.state import Desk, Journey
from processor.services.recording import Report


def handed_on(journey: Journey, desk: Desk) -> Forwarded | None:
    """The user's mail, where one of the team forwards one of somebody outside the team."""
    if not journey.sender.staff or not says_forward(journey.message.subject):
        return None
    found = forwarded(journey.message.text)
    if found is None or found.author.address in desk.own:
        return None
    known = desk.policy.directory.find(found.author.address)
    return None if known is not None and known.staff else found


def for_the_user(report: Report, found: Forwarded, desk: Desk) -> Report:
    """The same report with the user as its reporter and the user's words as the symptom."""
    author = found.author
    user = desk.policy.directory.find(author.address) or Person(
        address=author.address, name=author.name, language=report.language
    )
    user = replace(user, language=user.language or report.language)
    return replace(report, reporter=user, symptom=found.words or report.symptom)
