"""Major incidents and the receipts of their roster: see :mod:`processor.domain.emergency`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, select, update

from processor.domain.emergency import Emergency, EmergencyState, Member, Receipt
from processor.store.duty_tables import emergencies, receipts
from processor.store.upserts import insert_into
from processor.store.writing import Writing

_ONE = select(emergencies).where(emergencies.c.number == bindparam("wanted"))
_RECEIPTS = (
    select(receipts)
    .where(receipts.c.number == bindparam("wanted"))
    .order_by(receipts.c.told_at, receipts.c.address)
)
_ACKED = (
    update(receipts)
    .where(
        receipts.c.number == bindparam("of"),
        receipts.c.address == bindparam("who"),
        receipts.c.acked_at.is_(None),
    )
    .values(acked_at=bindparam("moment"))
)


@cache
def _put(dialect: str) -> Executable:
    statement = insert_into(emergencies, dialect)
    return statement.on_conflict_do_update(
        index_elements=["number"],
        set_={c.name: statement.excluded[c.name] for c in emergencies.c if c.name != "number"},
    )


@cache
def _tell(dialect: str) -> Executable:
    return insert_into(receipts, dialect).on_conflict_do_nothing()


class Emergencies:
    """Inside one unit of work. Whoever changes them holds the incident's lock."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._put = _put(writing.dialect.name)
        self._tell = _tell(writing.dialect.name)

    def of(self, number: str) -> Emergency | None:
        """That of an incident."""
        row = self._writing.execute(_ONE, {"wanted": number}).one_or_none()
        if row is None:
            return None
        return Emergency(**{**row._mapping, "state": EmergencyState(row.state)})

    def over_between(self, since: datetime, until: datetime) -> list[Emergency]:
        """Those that were over after ``since`` and by ``until`` (aware), the earliest first."""
        c = emergencies.c
        query = select(emergencies).where(
            c.state == EmergencyState.OVER.value, c.over_at > since, c.over_at <= until
        )
        rows = self._writing.execute(query.order_by(c.over_at, c.number))
        return [Emergency(**{**row._mapping, "state": EmergencyState(row.state)}) for row in rows]

    def put(self, emergency: Emergency) -> None:
        """Store it as it is now."""
        row: dict[str, Any] = {c.name: getattr(emergency, c.name) for c in emergencies.c}
        self._writing.execute(self._put, row | {"state": emergency.state.value})

    def told(self, number: str, members: Iterable[Member], at: datetime) -> None:
        """These were told and are to acknowledge it; who was told before stays as he is."""
        for member in members:
            row = {
                "number": number,
                "address": member.address,
                "name": member.name,
                "language": member.language,
                "told_at": at,
                "acked_at": None,
            }
            self._writing.execute(self._tell, row)

    def receipts(self, number: str) -> tuple[Receipt, ...]:
        """Everybody who was told, in that order."""
        rows = self._writing.execute(_RECEIPTS, {"wanted": number})
        return tuple(Receipt(**row._mapping) for row in rows)

    def acknowledge(self, number: str, address: str, at: datetime) -> bool:
        """He has it; False when he is not on the roster or had said so before."""
        done = self._writing.execute(_ACKED, {"of": number, "who": address, "moment": at})
        return done.rowcount == 1
