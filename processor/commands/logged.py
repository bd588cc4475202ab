"""What the service desk writes down for somebody who phoned, faxed or walked in (登记, seed 8.1).

Each line is ``name: value`` by the names of the fields (``config/commands.yaml``); what stands
behind the keyword itself is the subject, lines without a name go on with the one above.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from processor.commands.field_values import Value, attribute, read_value
from processor.commands.keywords import Folded
from processor.commands.values import read_category, read_grade
from processor.domain.errors import Refusal
from processor.domain.incident import IncidentType, Source
from processor.domain.people import Actor, Person
from processor.domain.ruling import Facts
from processor.services.policy import Policy
from processor.services.recording import Report

_SUBJECT = 200  # characters
_BULLETS = r"[\s\-*·•]*"


@dataclass(frozen=True, slots=True)
class Logged:
    """``told`` are values by the record's attributes, grades as numbers."""

    told: Mapping[str, Value | int] = field(default_factory=dict)

    def say(self, name: str) -> str:
        """A text; "" where nothing was said."""
        value = self.told.get(name, "")
        return value if isinstance(value, str) else ""

    def grade(self, name: str) -> int | None:
        """Impact or urgency."""
        value = self.told.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    @property
    def address(self) -> str:
        """Of the user whom it is about, or empty."""
        return self.say("reporter_address")


def read_logged(text: str, policy: Policy, now: datetime, asker: Person) -> Logged:
    """Raises Refusal ``log_faulty``, whose ``faults`` tell of every field that is wrong or
    missing, in the asker's language."""
    language = asker.language or policy.language
    told: dict[str, Value | int] = {}
    faults: list[str] = []
    for name, said in _fields(text, policy.labels).items():
        if not said:
            continue
        if name == "site" and "@" in said:
            name = "address"  # 地址 is the word for both
        try:
            told[attribute(name)] = _value(name, said, policy, now)
        except Refusal as refusal:
            faults.append(_fault(refusal, name, said, policy, language))
    if not (told.get("reporter_name") or told.get("reporter_address")):
        faults.append(policy.say(language, "log.reporter_missing"))
    if not (told.get("subject") or told.get("symptom")):
        faults.append(policy.say(language, "log.symptom_missing"))
    if faults:
        raise Refusal("log_faulty", faults=tuple(faults))
    return Logged(told)


def _fault(refusal: Refusal, name: str, said: str, policy: Policy, language: str) -> str:
    known = refusal.params.get("known", ())
    listed = "/".join(str(one) for one in known) if isinstance(known, tuple) else ""
    labels = policy.labels.get(name, (name,))
    title = next((one for one in labels if one.isascii() is (language == "en")), labels[0])
    return policy.say(
        language,
        f"log.{refusal.code}",
        field=title,
        value=" ".join(said.split())[:60],
        known=listed,
    )


def _value(name: str, said: str, policy: Policy, now: datetime) -> Value | int:
    if name in ("impact", "urgency"):
        grade = read_grade(name, said)
        if grade is None:
            raise Refusal("grade_unreadable", field=name, value=said)
        return grade[0]
    if name == "category":
        category, _ = read_category(said, policy.categories)
        if not category:
            raise Refusal("unknown_category", value=said)
        return category
    return read_value(name, said, policy, now)


def _fields(text: str, labels: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Field → what was said of it; the text before the first name is the subject."""
    pattern, names = _labelled(tuple(labels.items()))
    said: dict[str, list[str]] = {}
    current = "subject"
    for number, line in enumerate(text.splitlines()):
        folded = Folded.of(line)
        hit = pattern.match(folded.text)
        if hit is not None:
            current = names[" ".join(hit["label"].split())]
            line = line[folded.origin[hit.end()] :]
        elif number and current == "subject" and line.strip() and said.get("subject"):
            current = "symptom"
        said.setdefault(current, []).append(line.strip())
    return {name: "\n".join(lines).strip() for name, lines in said.items()}


@lru_cache(maxsize=4)
def _labelled(
    labels: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[re.Pattern[str], Mapping[str, str]]:
    names = {Folded.of(word).text.strip(): name for name, words in labels for word in words}
    longest = sorted(names, key=len, reverse=True)
    words = "|".join(re.escape(word) for word in longest) or r"(?!)"
    return re.compile(rf"{_BULLETS}(?P<label>{words})\s*:\s*"), names


def report_of(
    logged: Logged, known: Person | None, policy: Policy, actor: Actor, now: datetime
) -> Report:
    """What is to be recorded: what the desk wrote goes before what the rules say."""
    say = logged.say
    language = actor.person.language or policy.language
    reporter = known or Person(address=logged.address)
    reporter = replace(
        reporter,
        name=say("reporter_name") or reporter.name,
        phone=say("reporter_phone") or reporter.phone,
        department=say("department") or reporter.department,
        organisation=say("organisation") or reporter.organisation,
        site=say("site") or reporter.site,
        language=reporter.language or language,
    )
    symptom = say("symptom") or say("subject")
    subject = (say("subject") or symptom.splitlines()[0]).strip()[:_SUBJECT]
    verdict = policy.judge(
        Facts(
            sender=reporter.address,
            sender_name=reporter.name,
            subject=subject,
            body=symptom,
            language=language,
            organisation=reporter.organisation,
            at=now,
            zone=policy.zone,
        )
    )
    outcome = verdict.outcome
    kind, source = logged.told.get("type"), logged.told.get("source")
    occurred, active = logged.told.get("occurred_at"), logged.told.get("active_service")
    tags = str(outcome.get("tags", ""))
    return Report(
        reporter=reporter,
        subject=subject,
        symptom=symptom,
        language=reporter.language,
        source=source if isinstance(source, Source) else Source.PHONE,
        type=kind
        if isinstance(kind, IncidentType)
        else IncidentType(str(outcome.get("type", IncidentType.INCIDENT))),
        category=say("category") or str(outcome.get("category", "")),
        impact=logged.grade("impact") or int(outcome.get("impact", 4)),
        urgency=logged.grade("urgency") or int(outcome.get("urgency", 3)),
        system=say("system") or str(outcome.get("system", "")),
        ci=say("ci") or str(outcome.get("ci", "")),
        error_code=say("error_code") or str(outcome.get("error_code", "")),
        group=str(outcome.get("group", "")),
        assignee=str(outcome.get("assignee", "")),
        profile=str(outcome.get("profile", "")),
        tags=tuple(tag for tag in tags.split(",") if tag),
        occurred_at=occurred if isinstance(occurred, datetime) else None,
        likely_impact=say("likely_impact"),
        fault_vendor=say("fault_vendor"),
        recorder=actor.address,
        active_service=active is True,
        decided_by=dict(verdict.decided_by),
    )
