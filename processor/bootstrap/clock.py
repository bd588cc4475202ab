"""The only place that asks the machine what time it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def stopped_at(moment: datetime) -> Clock:
    """A clock that always says ``moment``: for replay, tests and ``--now``."""
    return lambda: moment


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """An ISO 8601 time; without a zone it is meant in ``zone``. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
