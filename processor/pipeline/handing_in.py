"""Taking forms that were handed in: sound ones are recorded, the others go back."""

from __future__ import annotations

from processor.domain.events import CommandsRefused
from processor.domain.events_forms import FormsReturned, FormTaken
from processor.domain.incident import Clock, Incident
from processor.domain.people import Actor, Proof
from processor.forms.forms import Handed
from processor.pipeline.change_forms import OPENS, record_changes
from processor.pipeline.forming import report_of_form, reporter_of, to_open
from processor.pipeline.keeping import keep_mail
from processor.pipeline.state import Desk, Disposition, Journey
from processor.pipeline.steps.screen import CHANNEL_HEADER
from processor.services import recording
from processor.services.policy import system
from processor.store.unit_of_work import UnitOfWork

Recorded = list[tuple[Incident, tuple[Clock, ...]]]


def take_forms(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Act: everything that the forms of a mail ask for; what stands in faulty ones is left."""
    thread = journey.incident
    made = record_changes(journey, desk, work, to_open(journey))
    recorded = _record_all(journey, desk, work, to_open(journey))
    faulty = _return_faulty(journey, desk, to_open(journey))
    numbers = [*(one.number for one, _ in recorded), *(one.number for one in made)]
    refused = any(isinstance(event, CommandsRefused) for event in journey.events)
    if made:
        journey.neighbour = made[0]
    if recorded:
        journey.incident = recorded[0][0]
        for incident, _ in recorded[1:]:
            keep_mail(journey, desk, work, incident, internal=journey.staff)
        if thread is not None:
            for incident, _ in recorded:
                work.links.add(incident.number, thread.number, "related")
        journey.end(Disposition.OPENED, ",".join(numbers))
    elif made:
        journey.end(Disposition.OPENED, ",".join(numbers))
    elif refused and not faulty:
        journey.end(Disposition.REJECTED, f"form:{_names(journey.handed)}:refused")
    elif not faulty:
        journey.end(Disposition.IGNORED, f"form:{_names(journey.handed)}:nothing_found")
    elif journey.message.header(CHANNEL_HEADER) and not journey.sender.address:
        # nobody can be answered, so the administrator has to know
        journey.events.clear()
        journey.end(Disposition.QUARANTINED, f"form_faulty:{_labels(faulty)}")
    else:
        journey.end(Disposition.REJECTED, f"form:{_names(faulty)}:{_labels(faulty)}")


def take_beside(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Act: forms on a mail that was settled otherwise. Beside commands that were carried out they
    are taken as by themselves; on an incident's mail they are filed there, faults told."""
    if journey.disposition is Disposition.COMMANDED and to_open(journey):
        record_changes(journey, desk, work, to_open(journey))
        recorded = _record_all(journey, desk, work, to_open(journey))
        for incident, _ in recorded:
            keep_mail(journey, desk, work, incident, internal=journey.staff)
        _return_faulty(journey, desk, to_open(journey))
    elif journey.disposition is Disposition.UPDATED:
        _return_faulty(journey, desk, journey.handed)


def _record_all(
    journey: Journey, desk: Desk, work: UnitOfWork, forms: tuple[Handed, ...]
) -> Recorded:
    recorded: Recorded = []
    for handed in forms:
        if handed.sound and handed.form.opens != OPENS:
            recorded += _record(journey, desk, work, handed)
    return recorded


def _record(journey: Journey, desk: Desk, work: UnitOfWork, handed: Handed) -> Recorded:
    """Open what one form asks for, and tell who handed it in where the first letters would not."""
    by_desk = bool(journey.message.header(CHANNEL_HEADER))
    reporter = reporter_of(handed, None if by_desk else journey.sender, desk.policy.directory)
    actor = Actor(system(desk.policy.language), Proof.PATH, journey.via)
    recorded: Recorded = []
    for paper in journey.papers:
        if paper.handed is not handed:
            continue
        report = report_of_form(journey, paper, reporter)
        incident, events = recording.open_incident(work, desk.policy, report, actor, journey.now)
        journey.events.extend(events)
        recorded.append((incident, tuple(work.clocks.of(incident.number).values())))
    if reporter.address:
        work.people.seen(reporter, journey.now)
    others = journey.sender.address not in ("", reporter.address)
    if handed.form.opens == "finding" or others:
        language = handed.filled.language if handed.filled else ""
        journey.events.append(
            FormTaken(
                at=journey.now,
                actor=journey.sender,
                title=handed.form.title[journey.sender.language or language or "zh"],
                incidents=tuple(recorded),
                reporter=reporter.label if others else "",
            )
        )
    return recorded


def _return_faulty(journey: Journey, desk: Desk, forms: tuple[Handed, ...]) -> tuple[Handed, ...]:
    faulty = tuple(handed for handed in forms if not handed.sound)
    if faulty:
        language = journey.sender.language or desk.policy.language
        returned = tuple(desk.forms.returned(handed, language) for handed in faulty)
        journey.events.append(FormsReturned(at=journey.now, actor=journey.sender, forms=returned))
    return faulty


def _names(forms: tuple[Handed, ...]) -> str:
    return ",".join(dict.fromkeys(handed.form.name for handed in forms))


def _labels(forms: tuple[Handed, ...]) -> str:
    """The fields that are wrong, as their forms call them; why a file could not be read."""
    said = [
        label for one in forms for label in (one.trouble, *(f.label for f in one.checked.faults))
    ]
    return ", ".join(dict.fromkeys(label for label in said if label))
