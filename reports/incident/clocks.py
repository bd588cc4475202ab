"""The clocks of the agreed targets (seed 6.7, 6.12): kept or not, and how much was used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from processor.domain.incident import Clock, ClockKind
from reports.incident.vocabulary import Vocabulary

# (clock, time) → percent of the target that has run; SlaPolicy.share_at knows the calendars.
ShareAt = Callable[[Clock, datetime], float]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """``good`` and ``bad`` colour the result; neither while the clock runs in time."""

    name: str
    target: str
    started: str
    due: str
    stopped: str
    paused: str
    used: str
    result: str
    good: bool
    bad: bool


def clock_rows(
    clocks: tuple[Clock, ...], vocabulary: Vocabulary, now: datetime, share_at: ShareAt | None
) -> list[ClockRow]:
    """One row a clock."""
    moments = vocabulary.moments
    rows = []
    for clock in in_order(clocks):
        state = clock_state(clock, now)
        used = vocabulary.empty
        if share_at is not None:
            used = f"{share_at(clock, clock.stopped_at or now):.0f}%"
        rows.append(
            ClockRow(
                name=vocabulary.coded("clock", clock.kind),
                target=moments.working(clock.target_minutes),
                started=moments.moment(clock.started_at),
                due=moments.moment(clock.due_at),
                stopped=moments.moment(clock.stopped_at),
                paused=moments.working(clock.paused_minutes)
                if clock.paused_minutes
                else vocabulary.empty,
                used=used,
                result=vocabulary.say(f"clock_result.{state}"),
                good=state == "met",
                bad=state in ("missed", "overdue"),
            )
        )
    return rows


def in_order(clocks: Iterable[Clock]) -> list[Clock]:
    """The response first."""
    return sorted(clocks, key=lambda clock: clock.kind is not ClockKind.RESPONSE)


def clock_state(clock: Clock, now: datetime) -> str:
    """``met`` or ``missed`` once it was stopped; ``paused``, ``running`` or ``overdue`` before."""
    if clock.met is not None:
        return "met" if clock.met else "missed"
    if clock.paused_since is not None:
        return "paused"
    return "overdue" if now > clock.due_at else "running"
