"""Which monitoring system wrote a mail, and what it says (spec 2.3).

Ordinary mail costs a look at its subject: a source is only asked when one of the texts that its
condition cannot do without stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from processor.domain.alerts import STATE_GROUP, Alert, AlertSource
from processor.domain.ruling import Facts
from processor.rules.conditions import Question, compile_condition, compile_pattern
from processor.rules.index import LiteralIndex, needed
from processor.rules.literals import Needed
from processor.rules.reading import Reading, folded

_SUBJECT = frozenset({"subject"})
_LONGEST = 500  # characters of one field
_APART = " | "


@dataclass(frozen=True, slots=True)
class _Pattern:
    field: str
    header: str
    compiled: Any


class Watch:
    """Compiles the sources once; reads any number of mails; keeps nothing of them.

    Raises :class:`processor.rules.conditions.PatternError` for a pattern that RE2 does not take.
    """

    def __init__(self, sources: Sequence[AlertSource]) -> None:
        self._sources = tuple(_Source(source) for source in sources)
        self._index = LiteralIndex(
            text for source in self._sources for text in source.needs or () if len(text) > 1
        )

    def read(self, facts: Facts) -> Alert | None:
        """What the first source that knows the mail reads in it; its ``body`` is the whole text.

        Not yet trusted: what a mail proves is not the rules' to know.
        """
        reading = Reading(facts)
        present = self._index.present(reading.fold("subject")[0])
        for source in self._sources:
            if source.needs is not None and source.needs.isdisjoint(present):
                continue
            alert = source.read(reading)
            if alert is not None:
                return alert
        return None


class _Source:
    def __init__(self, spec: AlertSource) -> None:
        self.spec = spec
        self.needs: Needed = needed(spec.when, _SUBJECT)
        self._question: Question = compile_condition(spec.when)
        self._patterns = (
            *(_Pattern("subject", "", compile_pattern(one)) for one in spec.subject_patterns),
            *(_Pattern("header", name, compile_pattern(one)) for name, one in spec.header_patterns),
            *(_Pattern("body", "", compile_pattern(one)) for one in spec.body_patterns),
        )

    def read(self, reading: Reading) -> Alert | None:
        if self._question.ask(reading) is None:
            return None
        spec, found = self.spec, dict(self._found(reading))
        state = spec.states.get(folded(found.get(STATE_GROUP, "")))
        marks = [folded(found.get(name, "")) for name in spec.key]
        if state is None or not any(marks):
            return None
        # what an unnamed sender tells can only touch what the same sender told before
        sender = reading.facts.sender
        scope = () if spec.lists(sender) else (sender,)
        return Alert(
            source=spec,
            state=state,
            key=_APART.join((spec.name, *scope, *marks)),
            fields=found,
            title=": ".join(found[name] for name in spec.title if found.get(name)),
        )

    def _found(self, reading: Reading) -> Iterator[tuple[str, str]]:
        """Each field once, with the first value that a pattern gives it."""
        told: set[str] = set()
        for pattern in self._patterns:
            for text in reading.wide(pattern.field, pattern.header):
                hit = pattern.compiled.search(text)
                for name, value in (hit.groupdict() if hit else {}).items():
                    said = " ".join((value or "").split())[:_LONGEST]
                    if said and name not in told:
                        told.add(name)
                        yield name, said


@dataclass(frozen=True, slots=True)
class AlertExampleFault:
    """``got`` ("" = nothing) was read where the example at ``place`` of ``source`` wants
    ``wanted``."""

    source: str
    place: str
    field: str
    wanted: str | int
    got: str | int


def check_alert_examples(
    watch: Watch, sources: Sequence[AlertSource]
) -> Iterator[AlertExampleFault]:
    """Every field of every example that does not come out as it should; an example must be read
    by its own source."""
    for source in sources:
        for example in source.examples:
            alert = watch.read(
                Facts(
                    sender=example.sender,
                    subject=example.subject,
                    body=example.body,
                    headers=example.headers,
                )
            )
            told = _told(alert)
            for name, wanted in {"source": source.name, **example.expect}.items():
                got = told.get(name, "")
                if got != wanted and folded(str(got)) != folded(str(wanted)):
                    yield AlertExampleFault(source.name, example.place, name, wanted, got)


def _told(alert: Alert | None) -> Mapping[str, str | int]:
    if alert is None:
        return {}
    grade = alert.source.grade(folded(alert.fields.get(alert.source.severity, "")))
    grades = {"impact": grade.impact, "urgency": grade.urgency} if grade else {}
    return {
        **alert.fields,
        **grades,
        "ci": alert.ci,
        STATE_GROUP: str(alert.state),
        "source": alert.source.name,
    }
