"""Times and durations as a reader of a report meets them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from processor.domain.wording import Words

_DAY = 24 * 60


class Moments:
    """Says times in one zone and one language."""

    def __init__(self, words: Words, zone: ZoneInfo) -> None:
        self._words, self.zone = words, zone
        self._empty = words.say("report.empty")

    def moment(self, at: datetime | None) -> str:
        """Date, weekday and minute in the zone; the sign for "empty" where there is no time."""
        if at is None:
            return self._empty
        here = at.astimezone(self.zone)
        return self._words.say(
            "report.moment",
            year=here.year,
            month=here.month,
            month_name=self._words.say(f"report.month.{here.month}"),
            day=here.day,
            weekday=self._words.say(f"report.weekday.{here.isoweekday()}"),
            hour=here.hour,
            minute=here.minute,
        )

    def short(self, at: datetime | None) -> str:
        """Day and minute without the year, for lists; the sign for "empty" where there is none."""
        if at is None:
            return self._empty
        here = at.astimezone(self.zone)
        return self._words.say(
            "document.short_moment",
            month_name=self._words.say(f"report.month.{here.month}"),
            day=here.day,
            hour=here.hour,
            minute=here.minute,
        )

    def day(self, at: datetime | None) -> str:
        """Date in the zone; the sign for "empty" where there is no time."""
        if at is None:
            return self._empty
        here = at.astimezone(self.zone)
        return self._words.say(
            "report.date",
            year=here.year,
            month=here.month,
            month_name=self._words.say(f"report.month.{here.month}"),
            day=here.day,
        )

    def duration(self, minutes: float) -> str:
        """A length of time that the wall clock measures: minutes, hours or days."""
        whole = max(round(minutes), 0)
        if whole >= 2 * _DAY:
            days, hours = divmod(round(whole / 60), 24)
            return self._words.say("report.duration.days", days=days, hours=hours)
        return self.working(whole)

    def working(self, minutes: float) -> str:
        """A length of working time: never in days, because a working day is no 24 hours."""
        whole = max(round(minutes), 0)
        hours, rest = divmod(whole, 60)
        if not hours:
            return self._words.say("report.duration.minutes", minutes=rest)
        if not rest:
            return self._words.say("report.duration.whole_hours", hours=hours)
        return self._words.say("report.duration.hours", hours=hours, minutes=rest)

    def between(self, start: datetime, end: datetime) -> str:
        """How long it took from ``start`` to ``end``."""
        return self.duration((end - start).total_seconds() / 60)
