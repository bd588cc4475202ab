"""Which buttons a letter has. A button is an offer: the services decide what is allowed."""

from __future__ import annotations

from processor.domain import events as e
from processor.domain import events_closing as c
from processor.domain.incident import Incident, Status
from processor.domain.lifecycle import MOVES, moves_from, roles_on
from processor.domain.people import Person, Role
from processor.replies import escalation_letters, offers_found
from processor.replies.action_links import Action, ActionLinks, Answering
from processor.replies.addressing import Audience
from processor.replies.letters import Letter
from processor.replies.neighbour_offers import likely_on
from processor.replies.offers_emergency import emergency_names, emergency_value

# By kind of letter, most likely first: that one is filled with the accent colour. A kind that is
# not here has those of the status.
_BY_KIND: dict[str, tuple[str, ...]] = {
    "opened": ("status", "cancel"),
    "accepted": (),
    "major-news": ("status",),
    "desk-new": ("assign", "accept"),
    "assigned": ("accept", "return"),
    "reply": (),
    "question": (),
    "resolved-ask": ("confirm", "reopen"),
    "review-ask": ("approve", "send_back"),
    "returned": ("assign",),
    "cancelled": (),
    "forgery-warning": (),
    "stranger-wrote": (),
    "delivery-failed": (),
    "report": (),
    "report-asked": (),
    "report-due": (),
    "report-failed": (),
    "alert-recovered": ("resolve", "accept"),
    "forms": (),
    "form-faulty": (),
    "form-taken": (),
    "calendar-uncovered": (),
    "configuration-refused": (),
    "merged": (),
    "objected": ("reopen", "send_back"),
    "confirm-reminder": ("confirm", "reopen"),
    "question-reminder": (),
    "answer-missing": ("resolve", "resume"),
    "review-reminder": ("approve", "send_back"),
    "rating-reminder": ("reopen",),
    "objection": ("send_back", "approve"),
    "grade-notice": ("status",),
    "unsolved-list": ("hold",),
    "open-states": (),
    "work-list": (),
    "overdue-list": (),
    "callback-list": (),
    "callback-results": (),
    "rejected": (),
    "out-of-scope": (),
    "appealed": ("reopen", "reply"),
    "watching": ("uncc",),
    "kb-candidate": (),
}
_MOVING = frozenset(move.keyword for move in MOVES)
# Who was refused wants the way on, not the whole of the help, which is one of these.
_MOST_AFTER_A_REFUSAL = 6
_LAST = ("status", "help")
# Nothing is asked for: no button stands out.
_QUIET = frozenset(
    {"opened", "major-news", "closed", "burst-digest", "rating-reminder", "watching"}
)
_BY_STATUS: dict[Audience, dict[Status, tuple[str, ...]]] = {
    Audience.REPORTER: {
        Status.RESOLVED: ("confirm", "reopen"),
        Status.CLOSED: ("reopen",),
    },
    Audience.STAFF: {
        Status.NEW: ("assign", "accept"),
        Status.ASSIGNED: ("accept", "return"),
        Status.IN_PROGRESS: ("resolve", "reply", "wait_user"),
        Status.PENDING_USER: ("resume", "reply"),
        Status.PENDING_VENDOR: ("resume", "reply"),
        Status.PENDING_CHANGE: ("resume", "reply"),
        Status.RESOLVED: (),
        Status.PENDING_REVIEW: ("approve", "send_back"),
    },
}


def actions(letter: Letter, links: ActionLinks, answering: Answering) -> tuple[Action, ...]:
    """The buttons of ``letter``."""
    quiet = letter.kind in _QUIET
    where = (letter.kind, letter.neighbour.kind) if letter.neighbour else (letter.kind,)
    usual = tuple(
        links.action(
            answering,
            name,
            main=place == 0 and not quiet,
            value=emergency_value(letter, name),
            where=where,
        )
        for place, name in enumerate(dict.fromkeys(_names(letter, links)))
    )
    return (*usual, *offers_found.actions(letter, links, answering))


def ratings(letter: Letter, links: ActionLinks, answering: Answering) -> tuple[Action, ...]:
    """The scores that a reporter can give; as long as he has not confirmed, one mail does both."""
    incident = letter.incident
    if letter.audience is not Audience.REPORTER or incident is None:
        return ()
    if letter.kind in ("resolved-ask", "confirm-reminder"):
        return links.ratings(answering, confirming=True)
    solved = incident.status in (Status.PENDING_REVIEW, Status.CLOSED)
    if (
        letter.kind in ("closed", "command-done", "rating-reminder")
        and solved
        and incident.satisfaction is None
    ):
        return links.ratings(answering, confirming=False)
    return ()


def _names(letter: Letter, links: ActionLinks) -> tuple[str, ...]:
    event = letter.event
    own = emergency_names(letter)
    if own is not None:
        return own
    likely = likely_on(letter) if letter.neighbour else _likely(letter)
    match event:
        case e.CommandsRefused():
            # What was probably meant comes first, then what usually follows here.
            first = (links.command(event.suggestion), *likely)
            return _shortened((*(name for name in first if name in event.allowed), *event.allowed))
        case e.Opened() if event.outside and letter.audience is Audience.STAFF:
            return ("reject", *_BY_KIND["desk-new"])
        case e.CommandsDone() if event.allowed:
            return tuple(name for name in likely if name in event.allowed)
        case e.HelpAsked():
            return event.commands
        case e.CommandUnproven() if letter.kind == "not-proven" and letter.number:
            return tuple(links.command(keyword) for keyword in event.commands)
        case c.UnsolvedListed(told_at=None):
            return ()
        case e.BurstHeld():
            return ("status",)
        case _:
            offered = escalation_letters.offered(letter.kind, event)
            names = _BY_KIND.get(letter.kind, likely) if offered is None else offered
            return tuple(name for name in names if _open_to(letter, name))


def _shortened(names: tuple[str, ...]) -> tuple[str, ...]:
    """The first few, and where to look for the rest."""
    there = tuple(dict.fromkeys(names))
    last = tuple(name for name in _LAST if name in there[1:])
    first = tuple(name for name in there if name not in last)
    return (*first[: _MOST_AFTER_A_REFUSAL - len(last)], *last)


def _likely(letter: Letter) -> tuple[str, ...]:
    incident = letter.incident
    if incident is None:
        return ()
    return _BY_STATUS.get(letter.audience, {}).get(incident.status, ())


def for_row(letter: Letter, incident: Incident) -> tuple[str, ...]:
    """What the reader of a list can do with one of its incidents, most likely first."""
    usual = _BY_STATUS.get(letter.audience, {}).get(incident.status, ())
    return tuple(name for name in usual if _open_on(incident, letter.recipient, name))


def _open_to(letter: Letter, command: str) -> bool:
    """Whether the table of moves lets the reader do it now; what moves nothing is left in."""
    incident = letter.incident
    return incident is None or _open_on(incident, letter.recipient, command)


def _open_on(incident: Incident, reader: Person, command: str) -> bool:
    if command not in _MOVING:
        return True
    held = roles_on(incident, reader)
    if command == "accept" and incident.group:
        # for him who has it, or the group that was given it: others are refused
        if incident.assignee:
            return Role.ASSIGNEE in held and _moves(incident.status, command)
        in_group = incident.group in (*reader.groups, *reader.leads)
        return in_group and _moves(incident.status, command)
    return any(move.keyword == command and move.by & held for move in moves_from(incident.status))


def _moves(status: Status, command: str) -> bool:
    return any(move.keyword == command for move in moves_from(status))
