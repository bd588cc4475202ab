"""Mails and files of an incident."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Executable, Insert, Table, bindparam, insert, select

from processor.domain.incident import MailRecord, StoredAttachment
from processor.domain.outgoing import Outgoing
from processor.store.outbox import Queued
from processor.store.tables import attachments, mails
from processor.store.types import key_of
from processor.store.writing import Row, Writing

_INSERT_FILE = insert(attachments)
_FILES = (
    select(
        attachments.c.name,
        attachments.c.type,
        attachments.c.size,
        attachments.c.sha256,
        attachments.c.inline,
        attachments.c.message_id,
    )
    .where(attachments.c.number == bindparam("wanted"), attachments.c.logo.is_(False))
    .order_by(attachments.c.id)
)
_LOOKED_AT = 40  # the latest occurrences of one content: a logo comes with every mail
_LATEST = (
    select(attachments.c.number, attachments.c.message_id)
    .where(
        attachments.c.sha256 == bindparam("sha256"), attachments.c.number != bindparam("besides")
    )
    .order_by(attachments.c.id.desc())
    .limit(_LOOKED_AT)
    .subquery()
)
_INCIDENTS_WITH = (
    select(mails.c.number)
    .distinct()
    .select_from(_LATEST)
    .join(mails, mails.c.number == _LATEST.c.number)
    .where(
        mails.c.message_id == _LATEST.c.message_id,
        mails.c.direction == "in",
        mails.c.sender.endswith(bindparam("domain"), autoescape=False),
    )
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The statements of one table of mails; ``needs`` is what its rows hang on, and what tells
    which are new."""

    insert: Insert
    mails: Executable
    last_from: Executable
    by_id: Executable
    table: frozenset[str]
    needs: frozenset[str]


@cache
def _asked(table: Table) -> _Asked:
    c = table.c
    of_number = c.number == bindparam("wanted")
    parents = ("incidents",) if table is mails else ()
    return _Asked(
        insert=insert(table),
        mails=select(
            c.at,
            c.direction,
            c.message_id,
            c.sender,
            c.recipients,
            c.subject,
            c.text,
            c.event,
            c.internal,
        )
        .where(of_number)
        .order_by(c.id),
        last_from=select(c.sender, c.message_id)
        .where(of_number, c.direction == "in", c.message_id != "")
        .order_by(c.id),
        by_id=select(c.message_id, c.number, c.recipients, c.direction)
        .where(c.message_id.in_(bindparam("ids", expanding=True)), c.message_id != "")
        .order_by(c.id),
        table=frozenset({table.name}),
        needs=frozenset({*parents, "outbox"}),
    )


Filed = tuple[str, str, tuple[str, ...], str]
"""Message-ID, incident, recipients, direction."""

_THREAD = 200  # ids of one thread that are looked up


@dataclass(frozen=True, slots=True)
class _Sent:
    number: str
    queued: Queued
    record: Callable[[Outgoing], MailRecord]


def _row(number: str, mail: MailRecord, spool_id: int | None) -> Row:
    return {
        "number": number,
        "at": mail.at,
        "direction": mail.direction,
        "message_id": mail.message_id,
        "sender": mail.sender.lower(),
        "recipients": mail.recipients,
        "subject": mail.subject,
        "text": mail.text,
        "event": mail.event,
        "internal": mail.internal,
        "spool_id": spool_id,
    }


class Mails:
    """Mails that belong to incidents, both directions, or to what else ``table`` is for."""

    def __init__(self, writing: Writing, table: Table = mails) -> None:
        self._writing = writing
        self._asked = _asked(table)
        # of the Message-IDs that were looked up: what is filed, by now
        self._filed: dict[str, list[Filed]] = {}
        # number → address → Message-ID of the last mail that was taken in here
        self._last_here: dict[str, dict[str, str]] = {}

    def forget(self) -> None:
        """After a rollback: look up anew."""
        self._filed.clear()
        self._last_here.clear()

    def add(self, number: str, mail: MailRecord, spool_id: int | None = None) -> None:
        """File a mail; ``spool_id`` is its place in the spool when it came in."""
        self.add_many([(number, mail)], spool_id)

    def add_many(
        self, filed: Sequence[tuple[str, MailRecord]], spool_id: int | None = None
    ) -> None:
        """File mails, each with its incident's number."""
        for number, mail in filed:
            if mail.direction == "in" and mail.message_id:
                self._last_here.setdefault(number, {})[mail.sender.lower()] = mail.message_id
            if mail.message_id in self._filed:
                found = (mail.message_id, number, mail.recipients, mail.direction)
                self._filed[mail.message_id].append(found)
        self._later([_row(number, mail, spool_id) for number, mail in filed])

    def add_sent(
        self, number: str, queued: Queued, record: Callable[[Outgoing], MailRecord]
    ) -> None:
        """File a mail that is queued, unless the outbox had it before: what ``record`` makes of
        it, which is asked once it is written."""
        self._later([_Sent(number, queued, record)])

    def _later(self, waiting: Sequence[Row | _Sent]) -> None:
        asked = self._asked
        self._writing.bundle(asked.insert, asked.table, self._insert, waiting, needs=asked.needs)

    def _insert(self, waiting: Sequence[Row | _Sent]) -> None:
        rows = []
        for one in waiting:
            if not isinstance(one, _Sent):
                rows.append(one)
            elif one.queued.new:
                rows.append(_row(one.number, one.record(one.queued.mail), None))
        if rows:
            self._writing.execute_past(self._asked.insert, rows)

    def of(self, number: str) -> tuple[MailRecord, ...]:
        """All mails of an incident, in the order in which they were filed."""
        rows = self._writing.execute(self._asked.mails, {"wanted": number})
        return tuple(MailRecord(*row) for row in rows)

    def last_from(self, number: str) -> dict[str, str]:
        """Address → Message-ID of the last mail that it wrote on the incident."""
        rows = self._writing.execute_past(self._asked.last_from, {"wanted": number})
        last = {row.sender: row.message_id for row in rows}
        return last | self._last_here.get(number, {})

    def incident_of(self, message_ids: Sequence[str]) -> list[Filed]:
        """(Message-ID, incident, recipients, direction) of each of these mails that is ours or
        that we took in. Of a long thread the first two hundred ids are looked up."""
        asked = tuple(one for one in message_ids[:_THREAD] if one)
        unknown = [one for one in asked if one not in self._filed]
        if unknown:
            self.look_up(unknown)
        return [found for one in dict.fromkeys(asked) for found in self._filed[one]]

    def look_up(self, message_ids: Sequence[str]) -> None:
        """Find at once what :meth:`incident_of` is going to be asked for."""
        asked = {key_of(one): one for one in message_ids if one}
        for one in message_ids:
            self._filed.setdefault(one, [])
        keys = list(asked)
        for start in range(0, len(keys), _THREAD):
            some = keys[start : start + _THREAD]
            for row in self._writing.execute(self._asked.by_id, {"ids": some}):
                self._filed[asked[row[0]]].append((asked[row[0]], row[1], row[2], row[3]))


class Attachments:
    """Files of incidents; their bytes are blobs."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        # content → (incident, sender) of what was added here and may not be written yet
        self._added: dict[str, list[tuple[str, str]]] = {}

    def forget(self) -> None:
        """After a rollback: what was added is not to be."""
        self._added.clear()

    def add(self, number: str, *files: StoredAttachment, sender: str = "") -> None:
        """Note files, which a mail of this ``sender`` brought."""
        for file in files:
            self._added.setdefault(file.sha256, []).append((number, sender.lower()))
        rows = [
            {
                "number": number,
                "name": file.name,
                "type": file.type,
                "size": file.size,
                "sha256": file.sha256,
                "inline": file.inline,
                "message_id": file.message_id,
                "logo": file.logo,
            }
            for file in files
        ]
        self._writing.later(_INSERT_FILE, rows)

    def of(self, number: str) -> tuple[StoredAttachment, ...]:
        """The files of an incident, in order; logos are none of its files."""
        rows = self._writing.execute(_FILES, {"wanted": number})
        return tuple(StoredAttachment(*row) for row in rows)

    def incidents_with(self, sha256: str, domain: str, *, besides: str) -> int:
        """To how many other incidents mails from this domain brought the same content; of the
        latest occurrences only, which is enough to tell a habit."""
        asked = {"sha256": sha256, "domain": f"@{domain}", "besides": besides}
        found = {row[0] for row in self._writing.execute_past(_INCIDENTS_WITH, asked)}
        for number, sender in self._added.get(sha256, ()):
            if number != besides and sender.endswith(f"@{domain}"):
                found.add(number)
        return len(found)
