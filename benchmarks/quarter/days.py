"""Working time as a child would count it: one flag a minute, written down day by day.

Nothing of the product is used here. The days off are those of the State Council's notice on the
holidays of 2026 (国务院办公厅关于2026年部分节假日安排的通知); Berlin's clocks go back an hour on
25 October 2026 (Directive 2000/84/EC). All minutes count from midnight, Shanghai, of the first day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate

FIRST_DAY = date(2026, 9, 7)
DAYS_OFF = {  # that are no Saturdays or Sundays: Mid-Autumn, National Day
    *(date(2026, 9, day) for day in (25,)),
    *(date(2026, 10, day) for day in (1, 2, 5, 6, 7)),
}
WORKED = {date(2026, 9, 20), date(2026, 10, 10)}  # make-up days
SPANS = ((8 * 60 + 30, 12 * 60), (13 * 60 + 30, 18 * 60))
DAY = 24 * 60

BERLIN_SPANS = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
BERLIN_CLOSED = {date(2026, 10, 30)}
CLOCKS_GO_BACK = 48 * DAY + 9 * 60  # 25 October 2026, 01:00 UTC
BEHIND = {True: 6 * 60, False: 7 * 60}  # minutes of Berlin behind Shanghai; True: in summer


def works(day: date) -> bool:
    """Whether people in Shanghai work on that day."""
    return day in WORKED or (day.weekday() < 5 and day not in DAYS_OFF)


def works_in_shanghai(minute: int) -> bool:
    days, of_day = divmod(minute, DAY)
    day = FIRST_DAY + timedelta(days=days)
    return works(day) and any(begin <= of_day < end for begin, end in SPANS)


def works_in_berlin(minute: int) -> bool:
    days, of_day = divmod(minute - BEHIND[minute < CLOCKS_GO_BACK], DAY)
    day = FIRST_DAY + timedelta(days=days)
    at_work = day.weekday() < 5 and day not in BERLIN_CLOSED
    return at_work and any(begin <= of_day < end for begin, end in BERLIN_SPANS)


class Hours:
    """``working[m]`` says whether minute m, which ends at m + 1, counts."""

    def __init__(self, weeks: int, counts: Callable[[int], bool]) -> None:
        self.count = weeks * 7 * DAY
        self.working = [counts(minute) for minute in range(self.count)]
        self._upto = [0, *accumulate(self.working)]

    def between(self, start: int, end: int) -> int:
        """Minutes that count from ``start`` to ``end``."""
        return self._upto[end] - self._upto[start]

    def after(self, start: int, minutes: int) -> int:
        """When so many of its minutes have passed; the quarter's end where it is too short."""
        at = start
        while minutes > 0 and at < self.count:
            minutes -= self.working[at]
            at += 1
        return at


class Minutes(Hours):
    """The working time of the desk itself, in Shanghai."""

    def __init__(self, weeks: int) -> None:
        super().__init__(weeks, works_in_shanghai)

    @staticmethod
    def day_of(minute: int) -> date:
        """The day in which a minute lies."""
        return FIRST_DAY + timedelta(days=minute // DAY)
