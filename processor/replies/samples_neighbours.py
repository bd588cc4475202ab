"""The made-up case and what it leads to: a problem, a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from processor.domain import events as e
from processor.domain import events_neighbours as n
from processor.domain.change import Change, ChangeStatus, Risk
from processor.domain.events import Event
from processor.domain.incident import JournalEntry, Status
from processor.domain.neighbours import Portfolio
from processor.domain.people import Person
from processor.domain.problem import Problem, ProblemSource, ProblemStatus

if TYPE_CHECKING:
    from processor.replies.samples import Sample

Say = Callable[[str], str]
By = Callable[[Person], Any]


def events(sample: Sample, say: Say, by: By) -> list[Event]:
    """Everything that happens beside the case. ``say`` gives a text of the case, ``by`` who did
    something and when."""
    return [*_problems(sample, say, by), *_changes(sample, say, by)]


def _problems(sample: Sample, say: Say, by: By) -> list[Event]:
    new = _problem(sample, say, ProblemStatus.NEW)
    given = replace(new, assignee=sample.engineer.address)
    known = replace(
        given,
        status=ProblemStatus.KNOWN_ERROR,
        root_cause=say("root_cause"),
        workaround=say("workaround"),
    )
    solved = replace(known, status=ProblemStatus.RESOLVED, solution=say("permanent"))
    closed = replace(solved, status=ProblemStatus.CLOSED, closure_code="solved")
    incidents = (sample.incident(Status.IN_PROGRESS),)
    by_engineer, by_manager = by(sample.engineer), by(sample.manager)
    journal = (JournalEntry(sample.now, sample.engineer.address, "note", "", text=say("update")),)
    late = replace(
        new, number=new.number[:-1] + "2", priority=2, target_at=sample.now - timedelta(days=2)
    )
    taken = e.Done("accept", "problem_accept", {"number": new.number})
    return [
        n.ProblemOpened(**by(sample.system), neighbour=new, incidents=incidents),
        n.ProblemAssigned(**by_manager, neighbour=given, incidents=incidents, text=say("dispatch")),
        n.ErrorKnown(**by_manager, neighbour=known, incidents=incidents),
        n.ProblemResolved(**by_engineer, neighbour=solved, incidents=incidents),
        n.ProblemReturned(**by_manager, neighbour=given, reason=say("send_back")),
        n.ProblemClosed(**by_manager, neighbour=closed, incidents=incidents),
        n.ProblemDue(
            **by(sample.system),
            neighbour=replace(known, target_at=sample.now + timedelta(days=3)),
            incidents=incidents,
            overdue=False,
            tell=(sample.engineer.address,),
        ),
        n.ProblemDue(
            **by(sample.system),
            neighbour=replace(given, target_at=sample.now),
            incidents=incidents,
            overdue=True,
            tell=(sample.engineer.address, sample.manager.address),
        ),
        n.ProblemsReviewed(**by(sample.system), problems=(late, known)),
        n.NeighbourAsked(
            **by_engineer, neighbour=known, portfolio=Portfolio(known, incidents, (), journal)
        ),
        e.CommandsDone(
            **by_engineer,
            incident=None,
            neighbour=replace(given, status=ProblemStatus.INVESTIGATING),
            done=(taken,),
            allowed=("cause", "workaround", "resolve", "note"),
        ),
        e.CommandsRefused(
            **by_engineer,
            incident=None,
            neighbour=given,
            keyword="resolve",
            code="problem_details_missing",
            params={"missing": ("root_cause",)},
            allowed=("accept", "note"),
        ),
    ]


def _changes(sample: Sample, say: Say, by: By) -> list[Event]:
    asked = _change(sample, say)
    later = sample.now + timedelta(days=2)
    waiting = sample.incident(Status.PENDING_CHANGE)
    approved = replace(asked, status=ChangeStatus.APPROVED, approvals=(sample.manager.address,))
    refused = replace(asked, status=ChangeStatus.REFUSED, decision=say("change_refusal"))
    done = replace(approved, status=ChangeStatus.DONE, outcome=say("change_outcome"))
    by_form = replace(asked, incident="", raised_by=sample.reporter.address)
    by_engineer, by_manager = by(sample.engineer), by(sample.manager)
    return [
        n.ChangeRaised(**by_engineer, neighbour=asked, about=waiting, until=later),
        n.ChangeReminded(
            **by(sample.system),
            neighbour=asked,
            due_at=sample.now,
            overdue=True,
            tell=(sample.manager.address,),
        ),
        n.ChangeReminded(
            **by(sample.system),
            neighbour=approved,
            due_at=sample.now,
            overdue=True,
            tell=(sample.engineer.address,),
        ),
        n.ChangeRaised(**by(sample.reporter), neighbour=by_form, by_form=True),
        n.ChangeDecided(**by_manager, neighbour=approved, about=waiting, until=later),
        n.ChangeDecided(**by_manager, neighbour=refused, about=waiting),
        n.ChangeEnded(**by_engineer, neighbour=done, about=waiting),
        n.ChangeAnnounced(**by_manager, incident=waiting, what=asked.what, window=asked.window),
        n.NeighbourWrote(**by(sample.reporter), neighbour=by_form, text=say("update")),
    ]


def _problem(sample: Sample, say: Say, status: ProblemStatus) -> Problem:
    return Problem(
        number=f"PRB-{sample.now:%Y%m%d}-0001",
        status=status,
        opened_at=sample.now,
        title=say("problem_title"),
        source=ProblemSource.TREND,
        priority=3,
        opener="postdesk",
        symptom=say("symptom"),
        language=sample.language,
        target_at=sample.now + timedelta(days=28),
    )


def _change(sample: Sample, say: Say) -> Change:
    return Change(
        number=f"RFC-{sample.now:%Y%m%d}-0001",
        status=ChangeStatus.REQUESTED,
        raised_at=sample.now,
        raised_by=sample.engineer.address,
        title=say("change_title"),
        what=say("change_what"),
        why=say("change_why"),
        risk=Risk.MEDIUM,
        window=say("change_window"),
        back_out=say("change_back_out"),
        incident=f"INC-{sample.now:%Y%m%d}-0001",
        approvers=(sample.manager.address,),
        language=sample.language,
    )
