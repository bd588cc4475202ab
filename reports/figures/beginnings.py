"""Since when there are records: a period before has nothing to compare with."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from processor.store.fact_tables import facts
from reports.periods import Period

_DAY = timedelta(days=1)


def recorded(connection: Connection, period: Period) -> bool:
    """Whether the desk kept records for nearly the whole of ``period``: where its first incident
    came after the first tenth, what was counted then says little and compares with nothing."""
    first = connection.execute(select(func.min(facts.c.reported))).scalar()
    if first is None:
        return False
    day = datetime.fromtimestamp(first, period.zone).date()
    return day <= period.first + period.days // 10 * _DAY
