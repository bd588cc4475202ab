"""Trying on a mail, without storing anything, what is configured: `rules test`, `parse`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from processor.domain.message import Message
from processor.domain.people import Person
from processor.domain.ruling import Verdict
from processor.domain.wording import Words
from processor.forms.forms import Forms, Handed
from processor.parsing.parse import ParseLimits, parse
from processor.pipeline.state import Journey
from processor.pipeline.steps.classify import facts
from processor.pipeline.steps.read_alert import seen
from processor.rules.alerts import Watch
from processor.rules.engine import Engine
from processor.rules.explain import Finding, RuleAccount, explain
from processor.rules.labelled import Labels
from processor.settings.alert_files import shipped_alerts
from processor.settings.form_building import shipped_forms
from processor.settings.loader import ConfigFaults, load
from processor.settings.settings import Settings
from processor.settings.words import LANGUAGES, catalogue


@dataclass(frozen=True, slots=True)
class Trial:
    """What the rules made of one mail, and why."""

    verdict: Verdict
    accounts: tuple[RuleAccount, ...]

    def as_dict(self, file: str) -> dict[str, Any]:
        """For scripts."""
        return {
            "file": file,
            "outcome": dict(self.verdict.outcome),
            "decided_by": dict(self.verdict.decided_by),
            "drop": self.verdict.drop,
            "quarantine": self.verdict.quarantine,
            "rules": [
                {
                    "name": one.name,
                    "place": one.place,
                    "reached": one.reached,
                    "matched": one.matched,
                    "decided": dict(one.decided),
                    "overruled": dict(one.overruled),
                    "tests": [
                        {
                            "field": found.test.field,
                            "operator": found.test.operator,
                            "held": found.held,
                            "found": found.found,
                        }
                        for found in one.findings
                    ],
                }
                for one in self.accounts
            ],
        }

    def lines(self, words: Words) -> list[str]:
        """For people: what was decided and by which rule, then each rule with its reasons."""
        told = [
            words.say("cli.rules.decided", field=name, value=value, rule=self._decider(name))
            for name, value in self.verdict.outcome.items()
        ]
        told += [
            words.say(f"cli.rules.{end}", rule=self._decider(end))
            for end in ("drop", "quarantine")
            if getattr(self.verdict, end)
        ]
        if not told:
            told = [words.say("cli.rules.nothing")]
        for one in self.accounts:
            told.append(words.say(f"cli.rules.{_state(one)}", rule=one.name, place=one.place))
            told.extend(
                words.say("cli.rules.overruled", field=name, by=by)
                for name, by in one.overruled.items()
            )
            told.extend(f"    {_reason(found, words)}" for found in one.findings)
        return told

    def _decider(self, name: str) -> str:
        return str(self.verdict.decided_by.get(name, ""))


def _state(account: RuleAccount) -> str:
    if not account.reached:
        return "unreached"
    return "matched" if account.matched else "missed"


def _reason(finding: Finding, words: Words) -> str:
    test = finding.test
    key = "holds" if finding.held else "fails"
    sought = finding.found or " | ".join(test.values[:6])
    return words.say(
        f"cli.rules.{key}", field=test.header or test.field, operator=test.operator, sought=sought
    )


def limits_of(home: Path) -> ParseLimits:
    """How the mails of ``home`` are read; as everywhere where there is no sound home."""
    try:
        return ParseLimits(habits=load(home).reading.habits)
    except ConfigFaults:
        return ParseLimits()


def watch_of(home: Path) -> Watch:
    """The monitoring systems of ``home``; the shipped ones where there is no sound home."""
    try:
        return Watch(load(home).alerts.sources)
    except ConfigFaults:
        return Watch(shipped_alerts().sources)


def alert_in(watch: Watch, message: Message) -> dict[str, Any] | None:
    """What a monitoring system says in ``message``; None for any other mail."""
    author = message.author
    alert = watch.read(seen(message, author.address.lower() if author else ""))
    if alert is None:
        return None
    return {
        "source": alert.source.name,
        "state": str(alert.state),
        "key": alert.key,
        "title": alert.title,
        "ci": alert.ci,
        "fields": dict(alert.fields),
    }


def forms_of(home: Path) -> Forms:
    """The Word forms of ``home``; the shipped ones where there is no sound home."""
    try:
        settings = load(home)
        return Forms(settings.forms, settings.words, ZoneInfo(settings.zone))
    except ConfigFaults:
        words = {language: catalogue(language) for language in LANGUAGES}
        return Forms(shipped_forms(), words, UTC)


def form_in(forms: Forms, message: Message, now: datetime) -> list[dict[str, Any]] | None:
    """The filled Word forms of ``message`` at the time ``now`` (aware); None where there is
    none."""
    handed = forms.handed_in(message, now)
    return [_form(one) for one in handed] or None


def _form(handed: Handed) -> dict[str, Any]:
    filled = handed.filled
    return {
        "file": handed.attachment.name,
        "form": handed.form.name,
        "language": filled.language if filled else "",
        "known_by": filled.known_by if filled else "",
        "trouble": handed.trouble,
        "fields": dict(filled.texts) if filled else {},
        "rows": [{"row": row.place, **row.texts} for row in filled.rows] if filled else [],
        "faults": [
            {"field": f.field, "row": f.row, "code": f.code, "found": f.found}
            for f in handed.checked.faults
        ],
    }


def try_rules(settings: Settings, raw: bytes, now: datetime) -> Trial:
    """Judge the raw mail by the configured rules at the time ``now`` (aware)."""
    message = parse(raw, ParseLimits(habits=settings.reading.habits))
    author = message.author
    journey = Journey(
        spool_id=0,
        mailbox=settings.mailboxes[0],
        raw=raw,
        received_at=now,
        now=now,
        message=message,
        note=message.reply_text,
    )
    if author is not None:
        known = settings.directory.find(author.address)
        journey.sender = known or Person(address=author.address, name=author.name)
    customer = settings.organisation_of(journey.sender.address)
    shown = facts(journey, ZoneInfo(settings.zone), customer.name if customer else "")
    engine = Engine(settings.rules, Labels(settings.reading.labels))
    return Trial(engine.judge(shown), tuple(explain(settings.rules, shown)))
