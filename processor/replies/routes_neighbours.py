"""Who is written to about problems and changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from processor.domain import events_neighbours as n
from processor.domain.change import ChangeStatus
from processor.domain.events import Event
from processor.domain.incident import Incident
from processor.domain.people import Directory, Person
from processor.domain.problem import Problem, ProblemSource
from processor.replies import audience
from processor.replies.addressing import Addressed, Audience, Route


def _problem_opened(event: n.ProblemOpened, directory: Directory) -> Iterator[Addressed]:
    # a major incident always has one; who approves another does not know that a rule opened one
    expected = event.neighbour.source in (ProblemSource.PERSON, ProblemSource.MAJOR)
    yield Addressed("problem-new", audience.managers(directory), Audience.STAFF, asks=not expected)


def _problem_assigned(event: n.ProblemAssigned, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("problem-assigned", _assignee(event.neighbour, directory), Audience.STAFF)


def _error_known(event: n.ErrorKnown, directory: Directory) -> Iterator[Addressed]:
    working = [one for one in event.incidents if one.open]
    yield Addressed("problem-known", _engineers(working, directory), Audience.STAFF)


def _problem_resolved(_: n.ProblemResolved, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("problem-solved", audience.managers(directory), Audience.STAFF, asks=True)


def _problem_returned(event: n.ProblemReturned, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("problem-returned", _assignee(event.neighbour, directory), Audience.STAFF)


def _problem_closed(event: n.ProblemClosed, directory: Directory) -> Iterator[Addressed]:
    problem = event.neighbour
    own = audience.at([one for one in (problem.assignee, problem.opener) if "@" in one], directory)
    yield Addressed(
        "problem-closed", (*_engineers(event.incidents, directory), *own), Audience.STAFF
    )


def _problem_due(event: n.ProblemDue, directory: Directory) -> Iterator[Addressed]:
    told = audience.at(event.tell, directory) or audience.managers(directory)
    kind = "problem-overdue" if event.overdue else "problem-near"
    yield Addressed(kind, told, Audience.STAFF, asks=True)


def _problems_reviewed(_: n.ProblemsReviewed, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("problem-review", audience.managers(directory), Audience.STAFF, asks=True)


def _neighbour_wrote(event: n.NeighbourWrote, directory: Directory) -> Iterator[Addressed]:
    record = event.neighbour
    if isinstance(record, Problem):
        told = _assignee(record, directory)
    else:
        told = audience.at(record.approvers, directory)
    yield Addressed("neighbour-updated", told, Audience.STAFF)


def _change_raised(event: n.ChangeRaised, directory: Directory) -> Iterator[Addressed]:
    change = event.neighbour
    yield Addressed(
        "change-ask", audience.at(change.approvers, directory), Audience.STAFF, asks=True
    )
    if event.by_form:
        yield Addressed("change-raised", _raiser(event, directory), Audience.OTHER, asks=True)
        if event.actor.staff:  # who handed it in for somebody else
            yield Addressed("change-raised", (event.actor,), Audience.STAFF, asks=True)


def _change_decided(event: n.ChangeDecided, directory: Directory) -> Iterator[Addressed]:
    yield _to_raiser("change-decided", event, directory)
    # the incident may be in other hands by now
    yield Addressed("change-decided", _working(event, directory), Audience.STAFF)


def _change_ended(event: n.ChangeEnded, directory: Directory) -> Iterator[Addressed]:
    change = event.neighbour
    decided = change.approvals if change.status is not ChangeStatus.WITHDRAWN else change.approvers
    yield Addressed("change-ended", audience.at(decided, directory), Audience.STAFF)
    yield Addressed("change-ended", _working(event, directory), Audience.STAFF)
    yield _to_raiser("change-ended", event, directory)


def _change_reminded(event: n.ChangeReminded, directory: Directory) -> Iterator[Addressed]:
    for person in audience.at(event.tell, directory):
        seen = Audience.STAFF if person.staff else Audience.OTHER
        yield Addressed("change-remind", (person,), seen, asks=True)


def _change_announced(event: n.ChangeAnnounced, directory: Directory) -> Iterator[Addressed]:
    incident = event.incident
    yield Addressed("change-window", audience.reporter(incident, directory), Audience.REPORTER)
    yield Addressed("change-window", audience.watchers(incident, directory), Audience.OTHER)


def _neighbour_asked(event: n.NeighbourAsked, _: Directory) -> Iterator[Addressed]:
    eyes = Audience.STAFF if event.actor.staff else Audience.OTHER
    yield Addressed("neighbour-status", (event.actor,), eyes, asks=True)


def _assignee(problem: Problem, directory: Directory) -> tuple[Person, ...]:
    """Who has it, else the managers."""
    if problem.assignee:
        return audience.at((problem.assignee,), directory)
    return audience.managers(directory)


def _engineers(incidents: Iterable[Incident], directory: Directory) -> tuple[Person, ...]:
    """Who works on each incident, or solved it."""
    addresses = (one.assignee or one.resolver for one in incidents)
    return audience.at(dict.fromkeys(a for a in addresses if "@" in a), directory)


def _to_raiser(kind: str, event: n.ChangeEvent, directory: Directory) -> Addressed:
    """For who asked for it: one of the team carries it out, too."""
    people = _raiser(event, directory)
    team = all(one.staff for one in people)
    return Addressed(kind, people, Audience.STAFF if team else Audience.OTHER)


def _raiser(event: n.ChangeEvent, directory: Directory) -> tuple[Person, ...]:
    change = event.neighbour
    found = directory.find(change.raised_by)
    known = found or Person(address=change.raised_by, language=change.language)
    return (known,) if "@" in change.raised_by else ()


def _working(event: n.ChangeEvent, directory: Directory) -> tuple[Person, ...]:
    """Who has what waits for the change."""
    about = event.about
    return audience.at((about.assignee,), directory) if about and about.assignee else ()


ROUTES: Mapping[type[Event], Route] = {
    n.ProblemOpened: _problem_opened,
    n.ProblemAssigned: _problem_assigned,
    n.ErrorKnown: _error_known,
    n.ProblemResolved: _problem_resolved,
    n.ProblemReturned: _problem_returned,
    n.ProblemClosed: _problem_closed,
    n.ProblemDue: _problem_due,
    n.ProblemsReviewed: _problems_reviewed,
    n.NeighbourWrote: _neighbour_wrote,
    n.NeighbourAsked: _neighbour_asked,
    n.ChangeRaised: _change_raised,
    n.ChangeDecided: _change_decided,
    n.ChangeEnded: _change_ended,
    n.ChangeReminded: _change_reminded,
    n.ChangeAnnounced: _change_announced,
}

KINDS: tuple[str, ...] = (
    "problem-new", "problem-assigned", "problem-known", "problem-solved", "problem-returned",
    "problem-closed", "problem-near", "problem-overdue", "problem-review", "change-ask",
    "change-raised", "change-decided", "change-ended", "change-window", "neighbour-updated",
    "neighbour-status", "change-remind",
)  # fmt: skip
