"""变更申请单: a filled form becomes a request for change, for the incident that it names or that
its mail belongs to, or by itself."""

from __future__ import annotations

from datetime import datetime

from processor.domain.change import Change, Risk
from processor.domain.errors import Refusal
from processor.domain.events import CommandsRefused
from processor.domain.incident import Incident
from processor.domain.numbering import find_numbers
from processor.domain.people import Actor
from processor.forms.facts import Facts
from processor.forms.forms import Handed
from processor.pipeline.forming import reporter_of
from processor.pipeline.state import Desk, Journey
from processor.pipeline.steps.screen import CHANNEL_HEADER
from processor.services import changes
from processor.services.changes import Wish
from processor.store.unit_of_work import UnitOfWork

OPENS = "change"
_BESIDE = ("change_kind", "system", "ci", "likely_impact")  # told with what is changed


def record_changes(
    journey: Journey, desk: Desk, work: UnitOfWork, forms: tuple[Handed, ...]
) -> list[Change]:
    """Record what the sound forms among them ask to change; who handed in one that nobody could
    decide on is told so."""
    made = []
    for handed in forms:
        if handed.form.opens != OPENS or not handed.sound:
            continue
        for facts in handed.facts:
            try:
                with work.savepoint():
                    made.append(_record(journey, desk, work, handed, facts))
            except Refusal as refusal:
                _tell(journey, handed, refusal)
    return made


def _record(journey: Journey, desk: Desk, work: UnitOfWork, handed: Handed, facts: Facts) -> Change:
    by_desk = bool(journey.message.header(CHANNEL_HEADER))
    reporter = reporter_of(handed, None if by_desk else journey.sender, desk.policy.directory)
    wish = Wish(
        what=_what(desk, handed, facts),
        why=facts.say("why"),
        risk=_risk(facts.say("risk")),
        window=_window(desk, facts),
        back_out=facts.say("back_out"),
        title=facts.say("subject"),
    )
    change, events = changes.raise_by_form(
        work,
        desk.policy,
        _incident(journey, work, facts),
        reporter.address,
        Actor(journey.sender, journey.proof, journey.via),
        journey.now,
        wish,
        language=handed.filled.language if handed.filled else desk.policy.language,
        mailbox=journey.mailbox.name,
    )
    journey.events.extend(events)
    return change


def _incident(journey: Journey, work: UnitOfWork, facts: Facts) -> Incident | None:
    """The incident that the form names, where there is one, else that of its mail. Only the team
    may tie a change to an incident by naming it: of anybody else a number proves nothing."""
    if journey.sender.staff:
        for number in find_numbers(facts.say("related")):
            found = work.incidents.get(number, lock=True)
            if found is not None:
                return found
    held = journey.incident
    return work.incidents.get(held.number, lock=True) if held is not None else None


def _what(desk: Desk, handed: Handed, facts: Facts) -> str:
    """What is changed, and below it every fact that a change has no field for."""
    filled = handed.filled
    language = filled.language if filled else desk.policy.language
    lines = []
    for field in handed.form.fields:
        value = facts.say(field.fills) if field.fills in _BESIDE else ""
        if value:
            titles = {choice.code: choice.title(language) for choice in field.choices}
            lines.append(
                desk.policy.say(
                    language,
                    "form.line",
                    label=field.label(language),
                    value=titles.get(value, value),
                )
            )
    return "\n\n".join(part for part in (facts.text, "\n".join(lines)) if part)


def _risk(code: str) -> Risk:
    """An administrator's form may know other risks, or none: then the strictest rule counts."""
    return Risk(code) if code in set(Risk) else Risk.HIGH


def _window(desk: Desk, facts: Facts) -> str:
    moments = (facts.told.get(name) for name in ("starts_at", "ends_at"))
    said = [
        f"{moment.astimezone(desk.policy.zone):%Y-%m-%d %H:%M}"
        for moment in moments
        if isinstance(moment, datetime)
    ]
    return " – ".join(said)


def _tell(journey: Journey, handed: Handed, refusal: Refusal) -> None:
    journey.events.append(
        CommandsRefused(
            at=journey.now,
            actor=journey.sender,
            incident=journey.incident,
            keyword=handed.form.title[journey.sender.language or "zh"],
            code=refusal.code,
            params=dict(refusal.params),
        )
    )
