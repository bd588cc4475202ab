"""Working time as a child would count it: one flag a minute, written down day by day.

Nothing of the product is used here. The days off are those of the State Council's notice on the
holidays of 2026 (国务院办公厅关于2026年部分节假日安排的通知).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import accumulate

FIRST_DAY = date(2026, 9, 7)
DAYS_OFF = {  # that are no Saturdays or Sundays: Mid-Autumn, National Day
    *(date(2026, 9, day) for day in (25,)),
    *(date(2026, 10, day) for day in (1, 2, 5, 6, 7)),
}
WORKED = {date(2026, 9, 20), date(2026, 10, 10)}  # make-up days
SPANS = ((8 * 60 + 30, 12 * 60), (13 * 60 + 30, 18 * 60))
DAY = 24 * 60


def works(day: date) -> bool:
    """Whether people work on that day."""
    return day in WORKED or (day.weekday() < 5 and day not in DAYS_OFF)


class Minutes:
    """Minutes since midnight (Shanghai) of the first day. ``working[m]`` says whether minute m,
    which ends at m + 1, is working time."""

    def __init__(self, weeks: int) -> None:
        self.count = weeks * 7 * DAY
        self.working = [self._is_working(minute) for minute in range(self.count)]
        self._upto = [0, *accumulate(self.working)]

    @staticmethod
    def _is_working(minute: int) -> bool:
        days, of_day = divmod(minute, DAY)
        day = FIRST_DAY + timedelta(days=days)
        return works(day) and any(begin <= of_day < end for begin, end in SPANS)

    def between(self, start: int, end: int, *, always: bool) -> int:
        """Minutes that count from ``start`` to ``end``."""
        return end - start if always else self._upto[end] - self._upto[start]

    def after(self, start: int, minutes: int) -> int:
        """When so many working minutes have passed; the quarter's end where it is too short."""
        at = start
        while minutes > 0 and at < self.count:
            minutes -= self.working[at]
            at += 1
        return at

    @staticmethod
    def day_of(minute: int) -> date:
        """The day in which a minute lies."""
        return FIRST_DAY + timedelta(days=minute // DAY)

    @staticmethod
    def minute_of(moment: datetime, start: datetime) -> float:
        """The other way round, for a moment of the desk."""
        return (moment - start).total_seconds() / 60
