"""What a major incident did, and what is known of why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from reports.case.case import Case
from reports.incident import narrative
from reports.incident.vocabulary import Vocabulary
from reports.word.plain_text import block, line


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and what stands beside it."""

    label: str
    text: str


def sentences(case: Case, vocabulary: Vocabulary, now: datetime) -> list[str]:
    """The course in a few sentences: that of every incident, and what made it a major one."""
    return [*narrative.sentences(case.dossier, vocabulary, now), *_major(case, vocabulary)]


def _major(case: Case, vocabulary: Vocabulary) -> Iterator[str]:
    emergency = case.emergency
    if emergency is None or emergency.declared_at is None:
        return
    moment = vocabulary.moments.moment(emergency.declared_at)
    if emergency.silent or not emergency.declared_by or emergency.declared_by == "postdesk":
        yield vocabulary.say("major_intro.declared", moment=moment)
    else:
        who = vocabulary.person(emergency.declared_by)
        yield vocabulary.say("major_intro.declared_by", moment=moment, who=who)
    if case.receipts:
        acked = sum(1 for one in case.receipts if one.acked_at is not None)
        yield vocabulary.say(
            "major_intro.told",
            count=len(case.receipts),
            acked=acked,
            rounds=emergency.told,
        )
    if emergency.over_at is not None:
        over = vocabulary.moments.moment(emergency.over_at)
        took = vocabulary.moments.between(emergency.declared_at, emergency.over_at)
        yield vocabulary.say("major_intro.over", moment=over, duration=took)


def rows(case: Case, vocabulary: Vocabulary) -> list[Labelled]:
    """Whom and what it hit, as far as it was told."""
    incident = case.dossier.incident
    merged = sum(1 for one in case.related if one.relation == "duplicate")
    shown = [
        Labelled(vocabulary.field_name(name), vocabulary.value(name, getattr(incident, name)))
        for name in (
            "likely_impact",
            "impact",
            "urgency",
            "organisation",
            "site",
            "system",
            "ci",
            "symptom",
        )
    ]
    told = vocabulary.say("reports_merged", count=merged) if merged else vocabulary.empty
    return [*shown, Labelled(vocabulary.say("column.merged"), told)]


def causes(case: Case, vocabulary: Vocabulary) -> list[Labelled]:
    """Cause, what was done, and what the problem behind it found."""
    incident = case.dossier.incident
    found = [
        Labelled(vocabulary.field_name(name), vocabulary.value(name, getattr(incident, name)))
        for name in ("cause", "action", "solution", "solution_kind")
    ]
    for problem in case.problems:
        status = vocabulary.coded("problem.status", problem.status)
        known = block(problem.root_cause) or vocabulary.say("cause_not_found")
        text = f"{line(problem.title, 120)} ({status})\n{known}"
        found.append(Labelled(line(problem.number), text))
    return found
