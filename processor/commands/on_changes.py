"""Keywords on a request for change (spec 1.8, 3).

``approve`` and ``reject`` are English for both the review of an incident and a decision on a
change. On a change, and on an incident that waits for one, they mean the change: nothing else can
be approved or rejected there.
"""

from __future__ import annotations

from processor.commands.change_parts import read_outcome
from processor.commands.errand import Errand, Outcome
from processor.commands.neighbour_errand import NeighbourCommand, show_help, show_status, told
from processor.domain.change import Change, ChangeStatus, is_approver
from processor.domain.errors import Refusal
from processor.domain.people import Person
from processor.services import changes, neighbours


def _grant(errand: Errand, change: Change) -> Outcome:
    events = changes.grant(
        errand.work, errand.policy, change, errand.actor, errand.at, errand.value
    )
    left = change.needed - len(change.approvals)
    code = "grant_part" if left > 0 else "grant"
    return told(errand, code, change, events, count=left)


def _refuse(errand: Errand, change: Change) -> Outcome:
    events = changes.refuse(
        errand.work, errand.policy, change, errand.actor, errand.at, errand.value
    )
    return told(errand, "refuse", change, events)


def _result(errand: Errand, change: Change) -> Outcome:
    # "change done" says it in the keyword itself
    said = (errand.order.value, f"{_last(errand.order.keyword)} {errand.order.value}")
    read = next((found for one in said if (found := read_outcome(one)) is not None), None)
    if read is None:
        raise Refusal("outcome_unreadable", value=errand.order.value)
    outcome, text = read
    events = changes.end(
        errand.work,
        errand.policy,
        change,
        errand.actor,
        errand.at,
        outcome,
        text or errand.note,
    )
    about = change.incident or change.problem
    code = "change_result" if about else "change_result_alone"
    return told(errand, code, change, events, change_status=change.status, about=about)


def _last(keyword: str) -> str:
    """``failed`` of ``change failed``."""
    return keyword.strip("#/＃／ ").partition(" ")[2]


def _cancel(errand: Errand, change: Change) -> Outcome:
    events = changes.withdraw(
        errand.work, errand.policy, change, errand.actor, errand.at, errand.value
    )
    return told(errand, "change_cancel", change, events)


def _note(errand: Errand, change: Change) -> Outcome:
    events = changes.note(errand.work, change, errand.actor, errand.at, errand.value)
    return told(errand, "problem_note", change, events)


def _help(errand: Errand, change: Change) -> Outcome:
    return show_help(errand, change, ON_CHANGES)


def _decides(change: Change, person: Person) -> bool:
    return change.status is ChangeStatus.REQUESTED and is_approver(change, person)


def _hidden(_: Change, __: Person) -> bool:
    """Another way to say the same, not offered."""
    return False


def _ends(change: Change, person: Person) -> bool:
    return change.status is ChangeStatus.APPROVED and person.staff


def _withdraws(change: Change, person: Person) -> bool:
    return change.open and change.raised_by in (person.address, *person.aliases)


def _party(change: Change, person: Person) -> bool:
    return neighbours.visible(change, person)


ON_CHANGES: tuple[NeighbourCommand[Change], ...] = (
    NeighbourCommand("grant", _grant, _decides),
    NeighbourCommand("refuse", _refuse, _decides),
    NeighbourCommand("approve", _grant, _hidden),
    NeighbourCommand("reject", _refuse, _hidden),
    NeighbourCommand("send_back", _refuse, _hidden),
    NeighbourCommand("change_result", _result, _ends),
    NeighbourCommand("cancel", _cancel, _withdraws),
    NeighbourCommand("note", _note, _party),
    NeighbourCommand("status", show_status, _party),
    NeighbourCommand("help", _help, _party),
)
