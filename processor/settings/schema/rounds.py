"""``config/rounds.yaml``: who is reminded when, and which lists go round."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from processor.settings.schema.kinds import Minutes, Model, wrong

_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")


def _clock(value: str) -> str:
    if not _CLOCK.fullmatch(value.strip()):
        raise wrong("clock")
    return value.strip()


ClockText = Annotated[
    str, AfterValidator(_clock), WithJsonSchema({"type": "string", "examples": ["08:30"]})
]
Gaps = tuple[Annotated[int, Field(ge=1, le=60)], ...]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Reminding(Model):
    """Reminders without a consequence."""

    reminders: Gaps = ()
    """Working days until each reminder, counted from the mail before."""


class Confirmation(Model):
    """The reporter of what is resolved."""

    reminders: Gaps = ()
    """Working days until each reminder, counted from the mail before."""
    silence: int = Field(default=3, ge=0, le=60)
    """Working days after the last reminder until silence counts as yes; 0: never."""


class Answer(Model):
    """The reporter who was asked something."""

    reminders: Gaps = ()
    """Working days until each reminder, counted from the mail before."""
    silence: int = Field(default=3, ge=0, le=60)
    """Working days after the last reminder until it is given up; 0: never."""
    then: Literal["tell", "resolve"] = "tell"
    """tell the engineer that he may resolve it, or resolve it in the desk's name."""
    closure_code: str = "withdrawn"
    """How it ended then."""


class RemindersSection(Model):
    """Who is reminded."""

    confirmation: Confirmation = Confirmation(reminders=(1,))
    """Resolved, not confirmed."""
    answer: Answer = Answer(reminders=(1, 2))
    """A question without an answer."""
    review: Reminding = Reminding(reminders=(1, 2))
    """Confirmed, not reviewed."""
    rating: Reminding = Reminding()
    """Closed, not rated."""


class BeforeEnd(Model):
    """On every working day."""

    send: bool = True
    """false: never."""
    before_end: Minutes
    """Time before the end of work."""


class AtClock(Model):
    """On every working day."""

    send: bool = True
    """false: never."""
    at: ClockText
    """Time of day."""


class OnDay(Model):
    """Once a week."""

    send: bool = True
    """false: never."""
    at: ClockText
    """Time of day."""
    day: Day = "fri"
    """On a day off: the last working day of the week before it."""


class CallbackRound(Model):
    """Whom the service desk calls, once a week."""

    send: bool = True
    """false: never."""
    at: ClockText
    """Time of day."""
    day: Day = "fri"
    """On a day off: the last working day of the week before it."""
    who: Literal["all", "sample", "low", "none"] = "all"
    """all; a sample; low scores; none."""
    share: int = Field(default=20, ge=1, le=100)
    """Percent, of a sample."""
    low: int = Field(default=2, ge=1, le=5)
    """The highest score that counts as low."""


class RoundsSection(Model):
    """Which lists go round."""

    morning: AtClock = AtClock(at="08:30")
    """To each engineer: his own and what is overdue."""
    unsolved: BeforeEnd = BeforeEnd(before_end=60)
    """To the incident manager: what is unsolved."""
    customers: BeforeEnd = BeforeEnd(before_end=30)
    """To each customer contact: the state of theirs."""
    callbacks: CallbackRound = CallbackRound(at="15:00")
    """To the service desk: whom to call."""
    callback_results: OnDay = OnDay(at="17:00")
    """To the incident manager: what came of it."""


class RoundsFile(Model):
    """Reminders and rounds."""

    calendar: str = ""
    """Calendar whose working days count; empty: the first that knows days off."""
    reminders: RemindersSection = RemindersSection()
    """Who is reminded when nobody answers."""
    rounds: RoundsSection = RoundsSection()
    """Which lists go to whom."""
