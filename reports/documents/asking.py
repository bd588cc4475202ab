"""From a request for a document to what its page is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from processor.domain.incident import Incident
from processor.domain.wording import Words
from processor.store.unit_of_work import UnitOfWork
from reports.case.case import Case, read_case
from reports.case.veiling import veils
from reports.documents.registry import Request
from reports.incident.vocabulary import Titles
from reports.letterhead import Letterhead
from reports.press.naming import Naming
from reports.press.scope import scope


def letterhead(words: Words, request: Request, titles: Titles | None = None) -> Letterhead:
    """Who prints, and when; of a period also about which records."""
    naming = Naming(words, titles or request.titles, request.people)
    return Letterhead(
        words=words,
        organisation=request.organisation,
        zone=request.zone,
        now=request.now,
        titles=titles or request.titles,
        people=request.people,
        scope="" if request.number else scope(words, naming, request),
    )


def readable_case(work: UnitOfWork, request: Request) -> tuple[Case, bool]:
    """The case of the request's record as its reader may have it, and whether names are veiled in
    it. Files of a veiled one are left out: nobody has looked through them. Raises LookupError
    where there is none that he may see."""
    case = read_case(work, request.number)
    incident = case.dossier.incident
    allowed = request.clearance.contracts
    if allowed is not None and incident.contract not in allowed:
        raise LookupError(request.number)
    case = named(case, request)
    if request.clearance.names:
        return case, False
    veil = veils(work, [incident], request.profiles, request.people).get(incident.number)
    return (without_files(veil.over(case)), True) if veil else (case, False)


def named(case: Case, request: Request) -> Case:
    """The case with the names of the directory, where its mails told none."""
    people = {**request.people, **case.dossier.people}
    return replace(case, dossier=replace(case.dossier, people=people))


def without_files(case: Case) -> Case:
    """The case without its attachments."""
    return replace(case, dossier=replace(case.dossier, attachments=()))


def unnamed(incidents: Iterable[Incident], request: Request, words: Words) -> list[Incident]:
    """The incidents; the subjects of confidential ones are for who is cleared alone."""
    if request.clearance.names:
        return list(incidents)
    hidden = words.say("report.confidential")
    return [replace(one, subject=hidden) if one.confidential else one for one in incidents]
