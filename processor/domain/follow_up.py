"""What follows by itself where nobody answers (seed 8.8): reminders, silence, the working days
between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from processor.domain.business_calendar import BusinessCalendar
from processor.domain.wall_clock import instant


@dataclass(frozen=True, slots=True)
class Reminders:
    """``gaps`` are working days: from what is asked to the first reminder, then from each reminder
    to the next. ``end`` working days after the last of them silence has its consequence; 0: it
    never has any."""

    gaps: tuple[int, ...] = ()
    end: int = 0

    def next_after(self, told: int) -> int:
        """Working days from the ``told``-th reminder (0: the question itself) to what is next: a
        reminder or, after the last, the end. 0 where nothing follows."""
        if told < len(self.gaps):
            return self.gaps[told]
        return self.end if self.gaps else 0

    def is_last(self, told: int) -> bool:
        """Whether no reminder follows the ``told``-th."""
        return told >= len(self.gaps)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """``calendar`` names whose working days count. ``confirmation``: the reporter of what is
    resolved; its end is the silence rule. ``answer``: the reporter who was asked something; at its
    end the engineer may resolve it or, with ``desk_resolves``, the desk does with the closure code
    ``answer_code``. ``review``: the manager. ``rating``: the reporter of what was closed."""

    calendar: str = ""
    confirmation: Reminders = Reminders()
    answer: Reminders = Reminders()
    desk_resolves: bool = False
    answer_code: str = ""
    review: Reminders = Reminders()
    rating: Reminders = Reminders()


def working_days_after(
    start: datetime, days: int, calendar: BusinessCalendar, zone: tzinfo
) -> datetime:
    """The same time of day ``days`` working days after ``start`` (aware; UTC is given), or when
    people next work where that moment lies outside working time."""
    local = start.astimezone(zone)
    day = calendar.working_day_after(local.date(), days)
    return calendar.next_open(instant(day, local.time().replace(tzinfo=None), zone))
