"""The emergency sub-process of a major incident (重大事件, step 101): commander, broadcast,
receipts, what is owed; until it is solved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypedDict

from processor.domain.emergency import (
    Emergency,
    EmergencyState,
    Receipt,
    ReporterNews,
)
from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.events_emergency import (
    Acknowledged,
    Broadcast,
    CommanderNamed,
    EmergencyDeclared,
    EmergencyOver,
    EmergencyRound,
    ReceiptsMissing,
)
from processor.domain.incident import Incident
from processor.domain.people import Actor, Person, Role
from processor.domain.problem import ProblemSource
from processor.services import major_duties, major_news, problems
from processor.services.major_clock import RECEIPTS, ROUND, TIMER
from processor.services.moving import keep, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


class _State(TypedDict):
    receipts: tuple[Receipt, ...]
    since: datetime | None
    next_at: datetime | None


def begin(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    emergency: Emergency,
    actor: Actor,
    at: datetime,
    reason: str,
) -> list[Event]:
    """It is a major incident from now on: a commander, the roster, what is owed, and the next
    round of the broadcast. Raises Refusal ``not_open``."""
    if not incident.open:
        raise Refusal("not_open", number=incident.number, status=incident.status)
    incident.major = True
    incident.commander = incident.commander or _commander(policy, actor)
    emergency.state, emergency.reason = EmergencyState.RUNNING, reason
    emergency.declared_at, emergency.declared_by, emergency.over_at = at, actor.address, None
    leading = incident.commander
    told = [one for one in policy.emergency.members(incident) if one.address != leading]
    work.emergencies.told(incident.number, told, at)
    _next_round(work, policy, incident, emergency, at)
    reminders = {
        f"{RECEIPTS}:{emergency.told}:{place}": at + span
        for place, span in enumerate(policy.emergency.ack_reminders)
    }
    work.timers.put(incident.number, TIMER, reminders)
    step(work, incident, actor, at, "emergency", reason)
    given = major_duties.owe(work, policy, incident, actor, at)
    frozen = keep(work, incident, actor, at)
    declared = EmergencyDeclared(
        at=at,
        actor=actor.person,
        incident=frozen,
        reason=reason,
        owed=major_duties.owed(work, incident),
        related=major_news.related(work, policy, incident),
        **_state(work, emergency),
    )
    # seed 6.1.3: so that it does not come again, whether it was solved or not
    looked_into = (
        []
        if incident.drill
        else problems.open_for(work, policy, incident, actor, at, ProblemSource.MAJOR)
    )
    informed = major_news.tell(work, policy, incident, emergency, actor, at, ReporterNews.START)
    return [declared, *given, *looked_into, *informed]


def _commander(policy: Policy, actor: Actor) -> str:
    """The default one, else an incident manager: he who declares it, where he is one."""
    if policy.emergency.commander:
        return policy.emergency.commander
    managers = policy.directory.with_role(Role.MANAGER)
    known = next((one for one in managers if one.address == actor.address), None)
    return (known or managers[0]).address if managers else actor.address


def name_commander(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    person: Person,
) -> list[Event]:
    """指挥: ``person`` leads it from now on, and needs no receipt; who led so far goes back to the
    roster that he is on."""
    emergency = _running(work, incident)
    if not person.staff:
        raise Refusal("not_of_the_team", name=person.label)
    before, incident.commander = incident.commander, person.address
    left = [one for one in policy.emergency.members(incident) if one.address == before]
    work.emergencies.told(incident.number, left, at)
    for address in (person.address, before):  # both know of it
        work.emergencies.acknowledge(incident.number, address, at)
    frozen = keep(work, incident, actor, at)
    return [
        CommanderNamed(
            at=at,
            actor=actor.person,
            incident=frozen,
            owed=major_duties.owed(work, incident),
            **_state(work, emergency),
        )
    ]


def broadcast(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, text: str
) -> tuple[int, list[Event]]:
    """通报: one text to everybody on the roster; how many these are, and what happened."""
    emergency = _running(work, incident)
    if not text:
        raise Refusal("text_missing")
    emergency.said = text
    work.emergencies.put(emergency)
    step(work, incident, actor, at, "broadcast", text)
    state = _state(work, emergency)
    event = Broadcast(at=at, actor=actor.person, incident=replace(incident), text=text, **state)
    return len(state["receipts"]), [event]


def acknowledge(work: UnitOfWork, incident: Incident, actor: Actor, at: datetime) -> list[Event]:
    """签收: one of the roster has it.

    A second receipt changes nothing. Raises Refusal ``not_on_roster``.
    """
    own = {actor.address, *actor.person.aliases}
    mine = [one for one in work.emergencies.receipts(incident.number) if one.address in own]
    if not mine:
        raise Refusal("not_on_roster", number=incident.number)
    for receipt in mine:
        if work.emergencies.acknowledge(incident.number, receipt.address, at):
            step(work, incident, actor, at, "receipt", receipt.address)
    emergency = work.emergencies.of(incident.number)
    if emergency is None:
        raise AssertionError("nobody is told without one")
    state = _state(work, emergency)
    return [Acknowledged(at=at, actor=actor.person, incident=replace(incident), **state)]


def round_due(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, turn: str
) -> list[Event]:
    """The roster is told how it stands; of rounds that were missed only the latest."""
    emergency = work.emergencies.of(incident.number)
    if emergency is None or not emergency.running or not incident.open:
        return []
    if turn != str(emergency.told):  # a round of an earlier declaration
        return []
    told = _told(work, policy, incident, emergency, actor, at)
    informed = major_news.tell(work, policy, incident, emergency, actor, at, ReporterNews.ROUNDS)
    return [told, *informed]


def receipts_due(work: UnitOfWork, incident: Incident, actor: Actor, at: datetime) -> list[Event]:
    """Who has not acknowledged it is asked once more, the commander is told the count."""
    emergency = work.emergencies.of(incident.number)
    if emergency is None or not emergency.running or not incident.open:
        return []
    state = _state(work, emergency)
    if all(one.acked_at is not None for one in state["receipts"]):
        return []
    step(work, incident, actor, at, "receipts_missing", "")
    return [ReceiptsMissing(at=at, actor=actor.person, incident=replace(incident), **state)]


def over(work: UnitOfWork, incident: Incident, actor: Actor, at: datetime) -> list[Event]:
    """It is solved: the roster is told so, and not told any more."""
    emergency = work.emergencies.of(incident.number)
    if emergency is None or not emergency.running or incident.open:
        return []
    emergency.state, emergency.over_at, emergency.next_at = EmergencyState.OVER, at, None
    work.emergencies.put(emergency)
    step(work, incident, actor, at, "emergency_over", "")
    state = _state(work, emergency)
    return [EmergencyOver(at=at, actor=actor.person, incident=replace(incident), **state)]


def again(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime
) -> list[Event]:
    """It was not solved after all: the roster is told at once, and every so often as before."""
    emergency = work.emergencies.of(incident.number)
    if emergency is None or not incident.open or emergency.state is not EmergencyState.OVER:
        return []
    emergency.state, emergency.over_at = EmergencyState.RUNNING, None
    return [_told(work, policy, incident, emergency, actor, at, again=True)]


def _told(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    emergency: Emergency,
    actor: Actor,
    at: datetime,
    *,
    again: bool = False,
) -> EmergencyRound:
    _next_round(work, policy, incident, emergency, at)
    step(work, incident, actor, at, "emergency_round", str(emergency.told))
    return EmergencyRound(
        at=at,
        actor=actor.person,
        incident=replace(incident),
        said=emergency.said,
        again=again,
        **_state(work, emergency),
    )


def _next_round(
    work: UnitOfWork, policy: Policy, incident: Incident, emergency: Emergency, at: datetime
) -> None:
    """Count this round and set the bell for the next, on the beat of the first."""
    between = policy.emergency.between(incident)
    beat = emergency.next_at or at
    emergency.told += 1
    emergency.next_at = beat + ((at - beat) // between + 1) * between
    work.emergencies.put(emergency)
    name = f"{ROUND}:{emergency.told}"
    work.timers.put(incident.number, TIMER, {name: emergency.next_at})


def _running(work: UnitOfWork, incident: Incident) -> Emergency:
    emergency = work.emergencies.of(incident.number)
    if emergency is None or not emergency.running:
        raise Refusal("no_emergency", number=incident.number)
    return emergency


def _state(work: UnitOfWork, emergency: Emergency) -> _State:
    return {
        "receipts": work.emergencies.receipts(emergency.number),
        "since": emergency.declared_at,
        "next_at": emergency.next_at,
    }
