"""What is remembered of each trouble that monitoring systems tell of, by its key."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, select, update

from processor.domain.alerts import Trouble
from processor.store.facts import ALERT_REPEATED, occurred
from processor.store.tables import troubles
from processor.store.upserts import insert_into
from processor.store.writing import Writing

_ONE = select(troubles).where(troubles.c.key == bindparam("wanted")).with_for_update()
_OF = (
    select(troubles)
    .where(troubles.c.number == bindparam("of"))
    .order_by(troubles.c.key)
    .with_for_update()
)
_SAVE = update(troubles).where(troubles.c.key == bindparam("wanted"))


@cache
def _claim(dialect: str) -> Executable:
    return insert_into(troubles, dialect).on_conflict_do_nothing(index_elements=["key"])


class Troubles:
    """Troubles inside one unit of work. Whoever has one loaded holds it until the transaction
    ends, so that two mails about it, read at once, are told one after the other."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._claim = _claim(writing.dialect.name)

    def take(self, key: str, source: str, at: datetime) -> Trouble:
        """The trouble of this key; a new one, not yet of any incident, where there was none."""
        fresh = Trouble(key=key, source=source, first_at=at, last_at=at)
        self._writing.execute(self._claim, {"key": key, **_row(fresh)})
        found = self.find(key)
        if found is None:
            raise AssertionError("it was claimed in this transaction")
        return found

    def find(self, key: str) -> Trouble | None:
        """The trouble of this key."""
        row = self._writing.execute(_ONE, {"wanted": key}).one_or_none()
        return _trouble(row) if row else None

    def of(self, number: str) -> list[Trouble]:
        """Those that an incident holds."""
        return [_trouble(row) for row in self._writing.execute(_OF, {"of": number})]

    def save(self, trouble: Trouble) -> None:
        """Store what changed."""
        self._writing.execute(_SAVE.values(_row(trouble)), {"wanted": trouble.key})

    def repeated(self, number: str, at: datetime) -> None:
        """An alert was told again whose incident is there: reports count it."""
        occurred(self._writing, number, ALERT_REPEATED, at)


def _row(trouble: Trouble) -> dict[str, Any]:
    return {
        "source": trouble.source,
        "number": trouble.number or None,
        "first_at": trouble.first_at,
        "last_at": trouble.last_at,
        "firing": trouble.firing,
        "count": trouble.count,
        "returns": trouble.returns,
        "recovered_at": trouble.recovered_at,
        "flapping_since": trouble.flapping_since,
        "doubted": trouble.doubted,
    }


def _trouble(row: Any) -> Trouble:
    return Trouble(**{**row._mapping, "number": row.number or ""})
