"""One intent for one message."""

from __future__ import annotations

from processor.domain.incident import Status
from processor.domain.message import MessageKind
from processor.pipeline.forming import to_open
from processor.pipeline.state import Desk, Disposition, Intent, Journey
from processor.pipeline.telling_words import says_nothing
from processor.services import merging
from processor.services.closing import reopenable
from processor.services.gratitude import only_thanks
from processor.store.unit_of_work import UnitOfWork


def decide(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Judge: what to do, from everything the steps before found out."""
    message = journey.message
    if journey.alert is not None:
        _alert(journey)
    elif message.kind is MessageKind.BOUNCE:
        journey.intent = Intent.BOUNCE
    elif message.kind is not MessageKind.HUMAN:
        _automatic(journey)
    elif _to_be_kept_apart(journey):
        journey.end(Disposition.QUARANTINED, f"rule:{_decider(journey, 'quarantine')}")
    elif journey.incident is None and journey.verdict.drop:
        journey.end(Disposition.IGNORED, f"rule:{_decider(journey, 'drop')}")
    elif journey.orders or journey.misspelt:
        journey.intent = Intent.COMMAND
    elif to_open(journey):
        journey.intent = Intent.FORM
    elif journey.neighbour is not None:
        journey.intent = Intent.BESIDE
    elif journey.incident is not None:
        follow = _window_over(journey, desk, work) and not journey.unproven
        journey.intent = Intent.FOLLOW if follow else Intent.UPDATE
    elif _says_nothing(journey) and not journey.released:
        journey.end(Disposition.QUARANTINED, "empty")
    elif journey.unproven and not journey.note.strip():
        journey.intent = Intent.NOTHING
    else:
        journey.intent = Intent.OPEN


def _alert(journey: Journey) -> None:
    """A machine's mail, and yet an incident: where the administrator's rules do not forbid it."""
    if _to_be_kept_apart(journey):
        journey.end(Disposition.QUARANTINED, f"rule:{_decider(journey, 'quarantine')}")
    elif journey.verdict.drop:
        journey.end(Disposition.IGNORED, f"rule:{_decider(journey, 'drop')}")
    else:
        journey.intent = Intent.ALERT


def _to_be_kept_apart(journey: Journey) -> bool:
    return not journey.number and journey.verdict.quarantine and not journey.released


def _automatic(journey: Journey) -> None:
    kind, signs = journey.message.kind, ",".join(journey.message.kind_reasons)
    if journey.number:
        journey.intent = Intent.RECORD if journey.incident is not None else Intent.BESIDE
    else:
        journey.end(Disposition.IGNORED, f"{kind}:{signs}")


def _window_over(journey: Journey, desk: Desk, work: UnitOfWork) -> bool:
    incident = journey.incident
    if merging.is_merged(incident):
        incident = merging.root_of(work, incident.parent)
    return (
        incident is not None
        and incident.status is Status.CLOSED
        and not journey.staff
        and not reopenable(desk.policy, incident, journey.now)
        and not only_thanks(journey.note, desk.commands.thanks)
        and not says_nothing(journey.message, journey.note)
    )


def _says_nothing(journey: Journey) -> bool:
    message = journey.message
    return not (message.subject.strip() or message.text.strip() or message.attachments)


def _decider(journey: Journey, outcome: str) -> str:
    return str(journey.verdict.decided_by.get(outcome, "?"))
