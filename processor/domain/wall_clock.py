"""When a clock on the wall shows a time: once, twice, or on a spring night not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

_SECOND = timedelta(seconds=1)


def instant(day: date, wall: time, zone: tzinfo) -> datetime:
    """The moment (UTC) at which the clocks of ``zone`` first show or pass ``wall`` on ``day``.

    A time that comes twice means its first coming (RFC 5545, 3.3.5). A time that is skipped
    means the moment of the leap, so that a later wall time never means an earlier moment.
    """
    shown = datetime.combine(day, wall)
    before = _offset(shown.replace(tzinfo=zone, fold=0))
    after = _offset(shown.replace(tzinfo=zone, fold=1))
    late = (shown - before).replace(tzinfo=UTC)
    if before >= after:
        return late
    early = (shown - after).replace(tzinfo=UTC)
    while late - early > _SECOND:  # zones leap at whole seconds
        middle = early + (late - early) // 2
        if _offset(middle.astimezone(zone)) == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


def aware(at: datetime) -> datetime:
    """``at`` itself. Raises ValueError for a time without a zone, which names no moment."""
    if at.utcoffset() is None:
        raise ValueError(f"{at} has no time zone")
    return at


def _offset(at: datetime) -> timedelta:
    return at.utcoffset() or timedelta()
