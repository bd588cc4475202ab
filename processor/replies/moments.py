"""Times as readers in either language expect them, in their own zone."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from processor.domain.wording import Words


class Moments:
    """Speaks aware times in ``zone`` (IANA name).

    The year is said only where it is not the one of ``now``; the zone only where it is not
    ``home``, the desk's, since colleagues in one place do not need to be told.
    """

    def __init__(self, words: Words, zone: str, home: str, now: datetime) -> None:
        self._words = words
        self.zone = zone_named(zone, home)
        self._foreign = self.zone != zone_named(home, "UTC")
        self._year = now.astimezone(self.zone).year

    def say(self, at: datetime) -> str:
        """Such as ``11月24日(周二) 14:30`` and ``Tue 24 Nov, 14:30``."""
        local = at.astimezone(self.zone)
        weekday = self._words.say(f"mail.weekday.{local.weekday()}")
        month = self._words.say(f"mail.month.{local.month}")
        said = self._words.say(
            "mail.moment" if local.year == self._year else "mail.moment_with_year",
            year=local.year,
            month=month,
            day=local.day,
            weekday=weekday,
            hour=local.hour,
            minute=local.minute,
        )
        if not self._foreign:
            return said
        offset = local.strftime("%z")
        return self._words.say("mail.in_zone", moment=said, offset=f"{offset[:3]}:{offset[3:]}")


@lru_cache(maxsize=256)
def zone_named(name: str, otherwise: str) -> ZoneInfo:
    """The zone of that IANA name, or ``otherwise``: a mistyped zone must not cost a letter."""
    try:
        return ZoneInfo(name) if name else ZoneInfo(otherwise)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(otherwise)
