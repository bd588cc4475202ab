"""The facts at the head of a major incident report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reports.case.case import Case
from reports.incident.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Facts:
    """In words; the sign for "empty" where nothing is known."""

    declared: str
    declared_by: str
    reason: str
    over: str
    restored: str
    lasted: str
    commander: str
    rounds: str
    acknowledged: str


def summary(case: Case, vocabulary: Vocabulary, now: datetime) -> Facts:
    """Declared by whom and why, led by whom, over when, how long it took."""
    say, moments, empty = vocabulary.say, vocabulary.moments, vocabulary.empty
    incident, emergency = case.dossier.incident, case.emergency
    begun = incident.occurred_at or incident.reported_at
    acked = sum(1 for one in case.receipts if one.acked_at is not None)
    ended = incident.resolved_at
    return Facts(
        declared=moments.moment(emergency.declared_at if emergency else None),
        declared_by=vocabulary.person(emergency.declared_by)
        if emergency and emergency.declared_by
        else empty,
        reason=(emergency.reason if emergency else "") or empty,
        over=moments.moment(emergency.over_at if emergency else None),
        restored=moments.moment(ended),
        lasted=moments.between(begun, ended)
        if ended
        else say("still_running", duration=moments.between(begun, now)),
        commander=vocabulary.person(incident.commander) if incident.commander else empty,
        rounds=say("rounds", count=emergency.told) if emergency else empty,
        acknowledged=say("acknowledged", count=acked, all=len(case.receipts))
        if case.receipts
        else empty,
    )
