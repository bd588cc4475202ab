"""Which configurations were in force, each kept as it was written."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, or_, select

from processor.store.book_tables import configurations
from processor.store.upserts import insert_into
from processor.store.writing import Writing

_C = configurations.c
_KEPT = (_C.version, _C.files, _C.first_at, _C.last_at)
_LATEST = select(_C.version).order_by(_C.last_at.desc(), _C.first_at.desc()).limit(1)
_ONE = select(*_KEPT).where(_C.version == bindparam("wanted"))


@dataclass(frozen=True, slots=True)
class KeptConfiguration:
    """``files``: name relative to the home → text; ``last_at`` (UTC) is when it last came into
    force."""

    version: str
    files: Mapping[str, str]
    first_at: datetime
    last_at: datetime


@cache
def _came_into_force(dialect: str) -> Executable:
    statement = insert_into(configurations, dialect)
    return statement.on_conflict_do_update(
        index_elements=["version"], set_={"last_at": statement.excluded.last_at}
    )


class Configurations:
    """Configurations inside one unit of work."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing

    def in_force(self) -> str:
        """The version that came into force last; "" where none ever did."""
        return str(self._writing.execute(_LATEST).scalar() or "")

    def take(self, version: str, files: Mapping[str, str], at: datetime) -> None:
        """This version is in force from ``at`` (aware) on; kept once however often it comes back.
        Secrets are no part of ``files``: they stand there by reference alone."""
        packed = zlib.compress(json.dumps(dict(files), ensure_ascii=False).encode())
        row = {"version": version, "files": packed, "first_at": at, "last_at": at}
        self._writing.execute(_came_into_force(self._writing.dialect.name), row)

    def during(self, start: datetime, end: datetime) -> list[KeptConfiguration]:
        """Those that came into force from ``start`` to ``end`` (aware), and the one that was in
        force at ``start``, as far as that is known."""
        within = or_(_C.last_at.between(start, end), _C.first_at.between(start, end))
        rows = list(self._writing.execute(select(*_KEPT).where(within)))
        before = select(*_KEPT).where(_C.last_at < start).order_by(_C.last_at.desc()).limit(1)
        rows += list(self._writing.execute(before))
        return [_kept(row) for row in rows]

    def get(self, version: str) -> KeptConfiguration | None:
        """A version that was in force."""
        row = self._writing.execute(_ONE, {"wanted": version}).one_or_none()
        if row is None:
            return None
        return _kept(row)


def _kept(row: Any) -> KeptConfiguration:
    files = json.loads(zlib.decompress(bytes(row.files)))
    return KeptConfiguration(row.version, files, row.first_at, row.last_at)
