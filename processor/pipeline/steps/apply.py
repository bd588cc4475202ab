"""Services carry out what was decided; the incident keeps the mail and its files."""

from __future__ import annotations

from collections.abc import Callable

from processor.domain.events import (
    CommandUnproven,
    Done,
    StrangerWrote,
)
from processor.domain.incident import Incident
from processor.domain.people import Actor, Proof
from processor.pipeline.alert_handling import take_alert
from processor.pipeline.beside import (
    keep_beside,
    take_beside_words,
)
from processor.pipeline.commanding import actor_of, done_by, take_orders
from processor.pipeline.handing_in import take_beside, take_forms
from processor.pipeline.keeping import keep_mail
from processor.pipeline.major_reports import take_report
from processor.pipeline.on_behalf import for_the_user
from processor.pipeline.own_words import keep_own
from processor.pipeline.reporting import report_of
from processor.pipeline.state import Desk, Disposition, Intent, Journey
from processor.pipeline.telling_words import says_nothing, words_of
from processor.pipeline.third_line import inner, of_vendor, take_answer
from processor.services import correspondence, handling, merging, recording
from processor.services.gratitude import only_thanks, says_unsolved
from processor.services.moving import step
from processor.services.policy import system
from processor.store.unit_of_work import UnitOfWork


def apply(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Act: exactly the one intent, through services."""
    _ACTS[journey.intent](journey, desk, work)
    if journey.handed and journey.intent is not Intent.FORM:
        take_beside(journey, desk, work)
    if journey.neighbour is not None:
        keep_beside(journey, work)
    if journey.incident is None:
        return
    keep_own(journey, desk, work, journey.incident)
    if merging.is_merged(journey.incident) and not journey.staff:
        # what a reporter of the same says belongs to both; found by its thread is his own
        parent = merging.root_of(work, journey.incident.parent)
        if parent is not None:
            _keep(journey, desk, work, parent)
    take_report(journey, desk, work, journey.incident)
    _keep(journey, desk, work, journey.incident)


def _keep(journey: Journey, desk: Desk, work: UnitOfWork, incident: Incident) -> None:
    keep_mail(journey, desk, work, incident, internal=inner(journey, work, incident))


def _open(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    report = report_of(journey)
    if journey.behalf is not None:
        report = for_the_user(report, journey.behalf)
    actor = Actor(system(desk.policy.language), Proof.PATH, journey.via)
    incident, events = recording.open_incident(work, desk.policy, report, actor, journey.now)
    work.people.seen(report.reporter, journey.now)
    if journey.behalf is not None and journey.behalf.cover:
        step(work, incident, actor_of(journey), journey.now, "note", journey.behalf.cover)
    journey.incident = incident
    journey.events.extend(events)
    if journey.foreign_number:
        _tell_of_stranger(journey, work, incident, actor)
    journey.end(Disposition.OPENED, incident.number)
    _tell_unproven(journey, incident)


def _tell_of_stranger(journey: Journey, work: UnitOfWork, incident: Incident, actor: Actor) -> None:
    quoted = work.incidents.get(journey.foreign_number, lock=False)
    if quoted is None:
        return
    work.links.add(incident.number, quoted.number, "related")
    journey.events.append(
        StrangerWrote(
            at=journey.now,
            actor=actor.person,
            incident=quoted,
            stranger=journey.sender.address,
            opened=incident.number,
        )
    )


def _follow(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    closed = journey.incident
    journey.incident = None
    report = report_of(journey, follows=closed)
    actor = Actor(system(desk.policy.language), Proof.PATH, journey.via)
    incident, events = recording.open_incident(work, desk.policy, report, actor, journey.now)
    work.people.seen(journey.sender, journey.now)
    journey.incident = incident
    journey.events.extend(events)
    journey.end(Disposition.OPENED, incident.number)


def _update(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    incident = _the(journey)
    if journey.unproven:
        text = journey.message.reply_text
        step(work, incident, actor_of(journey), journey.now, "unproven", text)
        _tell_unproven(journey, incident)
        journey.end(Disposition.HELD, _unproven_names(journey))
        return
    if journey.staff:
        _staff_wrote(journey, work, incident)
    elif of_vendor(journey, incident):
        take_answer(journey, desk, work, incident)
    else:
        actor = actor_of(journey)
        journey.events.extend(
            correspondence.party_wrote(
                work,
                desk.policy,
                incident,
                actor,
                journey.now,
                words_of(journey.message, journey.note),
                only_thanks=only_thanks(journey.note, desk.commands.thanks),
                empty=says_nothing(journey.message, journey.note),
                unsolved=says_unsolved(journey.note, desk.commands.unsolved),
            )
        )
        if correspondence.near(work, desk.policy, incident, journey.sender.address):
            correspondence.watch(work, incident, actor, journey.now, [journey.sender.address])
    journey.end(Disposition.UPDATED, incident.number)


def _staff_wrote(journey: Journey, work: UnitOfWork, incident: Incident) -> None:
    """Free text of the team: a note, or the answer to the reporter where the mailbox says so.
    What goes out to a reporter needs the proof that the command for it would need."""
    if says_nothing(journey.message, journey.note):
        return
    actor, text = actor_of(journey), words_of(journey.message, journey.note)
    outward = journey.mailbox.staff_text == "reply" and journey.proof >= Proof.TOKEN
    outward &= bool(journey.note.strip())  # files alone stay within the team
    if outward:
        journey.events.extend(handling.reply(work, incident, actor, journey.now, text))
    else:
        journey.events.extend(handling.note(work, incident, actor, journey.now, text))
    code = "text_replied" if outward else "text_noted"
    done = Done("", code, {"number": incident.number, "to": incident.reporter_address})
    journey.events.append(done_by(journey, work, incident, (done,)))


def _record(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """An automatic answer stays with the incident; nothing moves and nobody is answered."""
    kind = journey.message.kind
    step(work, _the(journey), actor_of(journey), journey.now, str(kind), journey.note)
    journey.end(Disposition.IGNORED, f"{kind}:{','.join(journey.message.kind_reasons)}")


def _bounce(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    incident = journey.incident
    failed = journey.message.failed_recipients
    if journey.neighbour is not None:
        take_beside_words(journey, desk, work)
        return
    if incident is None:
        journey.end(Disposition.BOUNCED, "of no mail of ours")
        return
    actor = Actor(system(desk.policy.language), Proof.PATH, journey.via)
    journey.events.extend(correspondence.bounced(work, incident, actor, journey.now, failed))
    journey.end(Disposition.BOUNCED, ",".join(one.address for one in failed))


def _nothing(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Commands without proof, without an incident and without further words."""
    _tell_unproven(journey, None)
    journey.end(Disposition.HELD, _unproven_names(journey))


def _tell_unproven(journey: Journey, incident: Incident | None) -> None:
    if not journey.unproven:
        return
    if incident is not None:
        journey.trail.append("held:" + _unproven_names(journey))
    journey.events.append(
        CommandUnproven(
            at=journey.now,
            actor=journey.sender,
            incident=incident,
            commands=tuple(order.keyword for order in journey.unproven),
        )
    )


def _unproven_names(journey: Journey) -> str:
    return ",".join(order.name for order in journey.unproven)


def _the(journey: Journey) -> Incident:
    if journey.incident is None:
        raise AssertionError("decide gives this intent only with an incident")
    return journey.incident


_ACTS: dict[Intent, Callable[[Journey, Desk, UnitOfWork], None]] = {
    Intent.OPEN: _open,
    Intent.FOLLOW: _follow,
    Intent.UPDATE: _update,
    Intent.COMMAND: take_orders,
    Intent.FORM: take_forms,
    Intent.RECORD: _record,
    Intent.BOUNCE: _bounce,
    Intent.BESIDE: take_beside_words,
    Intent.ALERT: take_alert,
    Intent.NOTHING: _nothing,
}
