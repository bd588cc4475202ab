"""Recording an incident (seed 8.1, step 100.1): number, grade, clocks, first dispatch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from processor.domain.events import Dispatched, Event, Opened
from processor.domain.incident import Incident, IncidentType, JournalEntry, Source, Status
from processor.domain.numbering import number, series
from processor.domain.people import Actor, Person
from processor.domain.priority import raised_for_vip
from processor.services import (
    association,
    clocks,
    fitting,
    gravity,
    own_fields,
    scope,
    urgent_asking,
)
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports, before it has a number. ``grades`` and ``routing`` come from rules;
    ``decided_by`` says which rule gave each."""

    reporter: Person
    subject: str
    symptom: str
    language: str
    mailbox: str = ""
    source: Source = Source.MAIL
    type: IncidentType = IncidentType.INCIDENT
    category: str = ""
    impact: int = 4
    urgency: int = 3
    system: str = ""
    ci: str = ""
    error_code: str = ""
    group: str = ""
    assignee: str = ""
    profile: str = ""
    tags: tuple[str, ...] = ()
    reply_template: str = ""  # of the letter that answers it; "": the usual one
    watchers: tuple[str, ...] = ()
    occurred_at: datetime | None = None
    follows: str = ""
    recorder: str = "postdesk"
    likely_impact: str = ""
    fault_vendor: str = ""
    quiet: bool = False  # the reporter is told together with other things
    decided_by: dict[str, str] = field(default_factory=dict)
    active_service: bool = False
    drill: bool = False
    priority: int = 0  # said outright, as by the grade of a profile; 0: impact and urgency say it
    own: Mapping[str, str] = field(default_factory=dict)  # fields of the profile

    def following(self, number: str) -> Report:
        """The same as what continues an earlier incident."""
        return replace(self, follows=number)


def open_incident(
    work: UnitOfWork, policy: Policy, report: Report, actor: Actor, at: datetime
) -> tuple[Incident, list[Event]]:
    """Record ``report`` at the time ``at`` under the next number of its series.

    Returns the incident and what happened: Opened, and Dispatched when a rule routed it, or what
    the contracts' file says of those who are not served.
    """
    report, profile = fitting.fitted(policy, report), policy.profile(report.profile)
    urgency = report.urgency
    if policy.vip_raises and report.reporter.vip:
        urgency = raised_for_vip(urgency)
    matrix = policy.terms(profile.name).matrix
    priority = report.priority or matrix.priority(report.impact, urgency)
    line = series(report.type, at, policy.zone, profile.prefix)
    group = policy.directory.groups.get(report.group)
    # what falls to the desk itself is not dispatched: the desk may answer and resolve at once
    taken = (
        "accept"
        if report.follows
        else scope.ruling(policy, report.reporter, report.source, report.category)
    )
    routed = taken == "accept" and bool(report.assignee or (group and group.name != policy.desk))
    items = association.items_named(
        work, policy.association, report.ci, report.subject, report.symptom
    )
    customer, contract = policy.customer_of(report.reporter.address)
    incident = Incident(
        number=number(line, work.numbers.next(line)),
        type=report.type,
        status=Status.ASSIGNED if routed else Status.NEW,
        reported_at=at,
        subject=report.subject,
        symptom=report.symptom,
        reporter_address=report.reporter.address,
        reporter_name=report.reporter.name,
        reporter_phone=report.reporter.phone,
        department=report.reporter.department,
        organisation=report.reporter.organisation or customer,
        contract=contract,
        site=report.reporter.site,
        language=report.language,
        profile=profile.name,
        source=report.source,
        recorder=report.recorder,
        likely_impact=report.likely_impact,
        fault_vendor=report.fault_vendor,
        active_service=report.active_service,
        mailbox=report.mailbox,
        reply_template="" if report.quiet or taken == "reject" else report.reply_template,
        occurred_at=report.occurred_at,
        ci=items[0].name if items else report.ci,
        system=report.system,
        error_code=report.error_code,
        category=report.category,
        impact=report.impact,
        urgency=urgency,
        priority=priority,
        initial_priority=priority,
        owner=policy.desk,
        line=group.line if group else 1,
        group=report.group if group and taken == "accept" else policy.desk,
        assignee=report.assignee if routed else "",
        assigned_at=at if routed else None,
        dispatches=1 if routed else 0,
        watchers=report.watchers,
        tags=report.tags,
        drill=report.drill,
        confidential=profile.discretion is not None,
    )
    work.incidents.add(incident, actor.address, at, actor.via)
    running = clocks.start(work, policy, incident)
    if report.decided_by:
        _note_rules(work, policy, incident, report.decided_by, actor, at)
    if report.follows:
        work.links.add(incident.number, report.follows, "follows")
    like = association.on_opening(work, policy.association, incident, items)
    missing = own_fields.begin(work, profile, incident, report.own, actor, at)
    put_aside: list[Event] = []
    if taken == "reject":
        reason = scope.why(policy, report.reporter, incident.language)
        put_aside = scope.reject(work, policy, incident, actor, at, reason)
    frozen = replace(incident)
    events: list[Event] = [
        Opened(
            at=at,
            actor=actor.person,
            incident=frozen,
            clocks=running,
            follows=report.follows,
            quiet=report.quiet or bool(put_aside),
            like=like,
            missing=missing,
            outside=taken != "accept",
        ),
        *put_aside,
    ]
    if routed:
        events.append(
            Dispatched(at=at, actor=actor.person, incident=frozen, clocks=running, like=like)
        )
    if not put_aside:
        events += gravity.follow(work, policy, incident, actor, at)
        events += urgent_asking.ask(work, policy, incident, actor, at, running, fresh=True)
    return incident, events


def _note_rules(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    decided_by: dict[str, str],
    actor: Actor,
    at: datetime,
) -> None:
    """Which rules decided what, by which configuration (``new`` of the entry)."""
    entry = JournalEntry(
        at=at,
        actor=actor.address,
        kind="rule",
        via=actor.via,
        new=policy.version,
        text=_because(decided_by),
    )
    work.journal.add(incident.number, entry)


def _because(decided_by: dict[str, str]) -> str:
    """``category, group: printers; urgency: urgent words``, in the rules' own names."""
    by_rule: dict[str, list[str]] = {}
    for name, rule in decided_by.items():
        by_rule.setdefault(rule, []).append(name)
    return "; ".join(f"{', '.join(names)}: {rule}" for rule, names in by_rule.items())
