"""`config check` beyond the schema: templates render, examples of rules, of monitoring
systems and of reading come out right."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from processor.bootstrap.overruled import overruled
from processor.bootstrap.reading_examples import check_reading
from processor.bootstrap.wiring import composer_of
from processor.domain.wording import Words
from processor.replies.render import TemplateFault
from processor.rules.alerts import Watch, check_alert_examples
from processor.rules.engine import Engine
from processor.rules.examples import check_examples
from processor.settings.settings import Settings


class Failure(Protocol):
    """An example that says ``wanted`` of a field at ``place`` (file:line), where it is ``got``."""

    @property
    def place(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def wanted(self) -> object: ...
    @property
    def got(self) -> object: ...


def check(settings: Settings, words: Words, at: datetime) -> list[str]:
    """One line for each example whose outcome is not as it says, and for a template that fails;
    ``at`` (aware) dates the letters that are written to find out."""
    watch, sources = Watch(settings.alerts.sources), settings.alerts.sources
    return [
        *(
            _told(words, "example_wrong", failure, rule=failure.rule)
            for failure in check_examples(Engine(settings.rules), settings.rules)
            if overruled(failure, settings.rules) is None
        ),
        *(
            _told(words, "example_wrong", failure, rule=failure.source)
            for failure in check_alert_examples(watch, sources)
        ),
        *(_told(words, "reading_wrong", failure) for failure in check_reading(settings)),
        *check_templates(settings, at),
    ]


def remarks(settings: Settings, words: Words) -> list[str]:
    """One line for each field of a shipped example that a rule of the house decides otherwise: no
    fault, but worth knowing."""
    failures = check_examples(Engine(settings.rules), settings.rules)
    said = ((failure, overruled(failure, settings.rules)) for failure in failures)
    return [
        _told(
            words,
            "example_overruled",
            failure,
            rule=failure.rule,
            by=decider.name,
            there=decider.place,
        )
        for failure, decider in said
        if decider is not None
    ]


def _told(words: Words, sentence: str, failure: Failure, **more: str) -> str:
    return words.say(
        f"cli.{sentence}",
        place=failure.place,
        field=failure.field,
        wanted=failure.wanted,
        got=failure.got or "—",
        **more,
    )


def check_templates(settings: Settings, at: datetime) -> list[str]:
    """Write every kind of letter of a made-up case; the first template that fails, if any."""
    try:
        composer_of(settings).check(at)
    except TemplateFault as fault:
        return [fault.reason]
    return []
