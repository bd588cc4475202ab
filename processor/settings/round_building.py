"""From the file of reminders and rounds to the domain's values."""

from __future__ import annotations

from datetime import time

from processor.domain import rounds
from processor.domain.follow_up import FollowUp, Reminders
from processor.domain.rounds import CallbackChoice, RoundPlan, RoundPlans
from processor.settings.schema.agreements import DAYS
from processor.settings.schema.rounds import AtClock, BeforeEnd, CallbackRound, OnDay, RoundsFile

_Entry = AtClock | BeforeEnd | OnDay | CallbackRound


def follow_up_of(file: RoundsFile, usual_calendar: str) -> FollowUp:
    """Reminders and what silence means; ``usual_calendar`` counts where none is named."""
    said = file.reminders
    return FollowUp(
        calendar=file.calendar or usual_calendar,
        confirmation=Reminders(said.confirmation.reminders, said.confirmation.silence),
        answer=Reminders(said.answer.reminders, said.answer.silence),
        desk_resolves=said.answer.then == "resolve",
        answer_code=said.answer.closure_code,
        review=Reminders(said.review.reminders),
        rating=Reminders(said.rating.reminders),
    )


def rounds_of(file: RoundsFile, usual_calendar: str) -> RoundPlans:
    """The rounds that are on. The manager's list stands before the customers', so that both after
    a downtime go out in the order in which they belong."""
    said = file.rounds
    entries: tuple[tuple[str, _Entry], ...] = (
        (rounds.MORNING, said.morning),
        (rounds.UNSOLVED, said.unsolved),
        (rounds.CUSTOMERS, said.customers),
        (rounds.CALLBACKS, said.callbacks),
        (rounds.RESULTS, said.callback_results),
    )
    chosen = said.callbacks
    return RoundPlans(
        calendar=file.calendar or usual_calendar,
        plans=tuple(_plan(name, entry) for name, entry in entries if entry.send),
        callbacks=CallbackChoice(chosen.who, chosen.share, chosen.low),
    )


def _plan(name: str, entry: _Entry) -> RoundPlan:
    if isinstance(entry, BeforeEnd):
        return RoundPlan(name, minutes=entry.before_end)
    hour, minute = map(int, entry.at.split(":"))
    weekday = DAYS.index(entry.day) if isinstance(entry, OnDay | CallbackRound) else None
    return RoundPlan(name, at=time(hour, minute), weekday=weekday)
