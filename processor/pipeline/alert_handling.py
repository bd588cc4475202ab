"""An alert's mail is carried out: the trouble behind it decides what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from processor.domain.alerts import Alert, AlertState
from processor.domain.incident import IncidentType, Source
from processor.domain.people import Actor
from processor.pipeline.reporting import SUBJECT_LENGTH, report_of
from processor.pipeline.state import Desk, Disposition, Journey
from processor.pipeline.steps.read_alert import told
from processor.rules.reading import folded
from processor.services import alerting
from processor.services.recording import Report
from processor.store.unit_of_work import UnitOfWork


def take_alert(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Act: open, count, resolve or note. What concerns no open trouble ends here, noted in the
    message's own trail alone."""
    alert = journey.alert
    if alert is None:
        raise AssertionError("decide gives this intent only with an alert")
    actor = Actor(journey.sender, journey.proof, journey.via)
    if alert.state is AlertState.PROBLEM:
        report = partial(alert_report, journey, desk, alert)
        incident, events, opened = alerting.problem(
            work, desk.policy, alert, report, actor, journey.now
        )
        journey.incident = incident
        journey.events.extend(events)
        journey.end(Disposition.OPENED if opened else Disposition.UPDATED, incident.number)
        return
    found, events = alerting.others(work, desk.policy, alert, actor, journey.now)
    if found is None:
        journey.end(Disposition.IGNORED, f"alert:{alert.source.name}:{alert.state}:unknown")
        return
    journey.incident = found
    journey.events.extend(events)
    journey.end(Disposition.UPDATED, found.number)


def alert_report(journey: Journey, desk: Desk, alert: Alert) -> Report:
    """What the alert reports: its source's words before the rules'."""
    source = alert.source
    base = report_of(journey)
    grade = source.grade(folded(alert.fields.get(source.severity, "")))
    lines = [
        desk.policy.say(base.language, "alert.field", name=name, value=value)
        for name, value in told(alert, base.language)
    ]
    text = journey.message.text.strip()
    own = {"ci": alert.ci, "impact": grade, "urgency": grade, "category": source.category}
    decided = ["type", *(name for name, said in {**own, "group": source.group}.items() if said)]
    return replace(
        base,
        subject=alert.title[:SUBJECT_LENGTH] or base.subject,
        symptom="\n".join((*lines, "", text)).strip(),
        type=IncidentType.ALERT,
        source=Source.MONITORING,
        active_service=True,
        ci=alert.ci or base.ci,
        impact=grade.impact if grade else base.impact,
        urgency=grade.urgency if grade else base.urgency,
        category=source.category or base.category,
        group=source.group or base.group,
        tags=tuple(dict.fromkeys((*base.tags, *source.tags))),
        decided_by={
            **dict.fromkeys(decided, f"alert:{source.name}"),
            **{name: rule for name, rule in base.decided_by.items() if name not in decided},
        },
    )
