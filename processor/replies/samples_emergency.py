"""The made-up case once it is a major incident: duties, broadcasts, vendors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from processor.domain import events_duties as d
from processor.domain import events_emergency as m
from processor.domain import events_vendors as v
from processor.domain.duty import Duty
from processor.domain.emergency import MEASURE, NOTICE, Receipt, ReporterNews
from processor.domain.events import Event
from processor.domain.incident import Incident, Status
from processor.domain.people import Person, Role
from processor.domain.vendors import released

if TYPE_CHECKING:
    from processor.replies.samples import Sample


Say = Callable[[str], str]
By = Callable[[Person], Any]


def events(sample: Sample, say: Say, by: By) -> list[Event]:
    """Everything that only happens in such a case. ``say`` gives a text of the case, ``by`` who
    did something and when."""
    return [
        *_duties(sample, say, by),
        *_urgent(sample, by),
        *_major(sample, say, by),
        *_vendors(sample, say, by),
    ]


def _notice(sample: Sample, say: Say, number: str) -> Duty:
    return Duty(
        number=number,
        kind=NOTICE,
        text=say("notice"),
        due_at=sample.now + timedelta(hours=1),
        opened_at=sample.now,
        ordinal=1,
        owner=sample.manager.address,
    )


def _duties(sample: Sample, say: Say, by: By) -> list[Event]:
    working = sample.incident(Status.IN_PROGRESS, priority=1, major=True)
    by_rule = by(sample.system)
    notice = _notice(sample, say, working.number)
    measure = Duty(
        number=working.number,
        kind=MEASURE,
        text=say("measure"),
        due_at=sample.now - timedelta(hours=2),
        opened_at=sample.now - timedelta(days=7),
        ordinal=3,
        owner=sample.engineer.address,
    )
    return [
        d.DutyGiven(
            **by(sample.manager),
            incident=working,
            duty=replace(measure, opened_at=sample.now, due_at=sample.now + timedelta(days=8)),
        ),
        d.DutyReminded(
            **by_rule,
            incident=working,
            duty=notice,
            overdue=False,
            tell=(sample.manager.address,),
        ),
        d.DutyReminded(
            **by_rule,
            incident=working,
            duty=measure,
            overdue=True,
            tell=(sample.engineer.address, sample.manager.address),
        ),
    ]


def _urgent(sample: Sample, by: By) -> list[Event]:
    urgent = sample.incident(Status.ASSIGNED, priority=1, impact=1, urgency=1)
    by_rule = by(sample.system)
    until = sample.now + timedelta(minutes=10)
    return [
        m.UrgentAsked(**by_rule, incident=urgent, until=until, clocks=sample.clocks),
        m.UrgentUnanswered(
            **by_rule, incident=urgent, minutes=10, tell=("it.director@example.com",)
        ),
    ]


def _major(sample: Sample, say: Say, by: By) -> list[Event]:
    working = sample.incident(
        Status.IN_PROGRESS, priority=1, major=True, commander=sample.manager.address
    )
    drill = sample.incident(
        Status.IN_PROGRESS, priority=1, major=True, commander=sample.manager.address, drill=True
    )
    solved = sample.incident(
        Status.RESOLVED,
        priority=1,
        major=True,
        commander=sample.manager.address,
        resolved_at=sample.now,
    )
    alike = sample.incident(Status.NEW, number=f"INC-{sample.now:%Y%m%d}-0002")
    told = sample.now - timedelta(minutes=30)
    receipts = tuple(
        Receipt(working.number, address, told, say("roster"), sample.language, acked)
        for address, acked in (
            ("it.director@example.com", None),
            ("operations@example.com", sample.now),
        )
    )
    standing: dict[str, Any] = {
        "receipts": receipts,
        "since": told,
        "next_at": sample.now + timedelta(minutes=30),
    }
    by_rule, by_manager = by(sample.system), by(sample.manager)
    return [
        m.EmergencyDeclared(
            **by_manager,
            incident=working,
            reason=say("major_reason"),
            owed=(_notice(sample, say, working.number),),
            related=((alike, sample.clocks_of(alike)),),
            **standing,
        ),
        m.EmergencyDeclared(**by_manager, incident=drill, reason=say("major_reason"), **standing),
        m.CommanderNamed(**by(sample.desk), incident=working, **standing),
        m.EmergencyRound(**by_rule, incident=working, said=say("broadcast"), **standing),
        m.EmergencyRound(**by_rule, incident=working, again=True, **standing),
        m.Broadcast(**by_manager, incident=working, text=say("broadcast"), **standing),
        m.Acknowledged(**by(Person("operations@example.com")), incident=working, **standing),
        m.ReceiptsMissing(**by_rule, incident=working, **standing),
        *_informed(sample, say, working, by_rule),
        m.EmergencyOver(**by_rule, incident=solved, **standing),
        m.EmergencyOver(
            **by_manager,
            incident=replace(working, priority=2),
            denied=True,
            reason=say("deny_reason"),
            **standing,
        ),
    ]


def _informed(sample: Sample, say: Say, working: Incident, by_rule: dict[str, Any]) -> list[Event]:
    soon = sample.now + timedelta(minutes=30)
    told: list[tuple[ReporterNews, dict[str, Any]]] = [
        (ReporterNews.START, {"next_at": soon}),
        (ReporterNews.ROUNDS, {"next_at": soon, "said": say("reply")}),
        (ReporterNews.END, {}),
    ]
    return [
        m.ReportersInformed(**by_rule, incident=working, news=news, clocks=sample.clocks, **more)
        for news, more in told
    ]


def _vendors(sample: Sample, say: Say, by: By) -> list[Event]:
    waiting = sample.incident(Status.PENDING_VENDOR, fault_vendor=say("vendor"))
    shown = released(waiting, ("subject", "symptom", "site"))
    contact = Person(
        address="support@vendor.example",
        name=say("vendor"),
        roles=frozenset({Role.VENDOR}),
        language=sample.language,
    )
    due = sample.now + timedelta(hours=4)
    by_rule = by(sample.system)
    return [
        v.VendorAsked(
            **by(sample.engineer),
            incident=shown,
            contact=contact,
            text=say("vendor_ask"),
            due_at=due,
            files=(v.Released("switch.log", "text/plain", b"log"),),
        ),
        v.VendorReminded(
            **by_rule,
            incident=shown,
            contact=contact,
            text=say("vendor_ask"),
            due_at=due,
            overdue=False,
        ),
        v.VendorReminded(
            **by_rule,
            incident=shown,
            contact=contact,
            text=say("vendor_ask"),
            due_at=sample.now - timedelta(hours=1),
            overdue=True,
        ),
        v.VendorOverdue(
            **by_rule,
            incident=waiting,
            vendor=say("vendor"),
            due_at=sample.now - timedelta(hours=1),
            tell=(sample.engineer.address,),
        ),
        v.VendorAnswered(
            **by(contact),
            incident=sample.incident(Status.IN_PROGRESS),
            vendor=say("vendor"),
            text=say("vendor_answer"),
        ),
    ]
