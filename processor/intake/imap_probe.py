"""What may be done in a mailbox, and how its server's clock goes: asked with a mail of two lines.

The mail is laid into each folder that settled mail goes to, looked at, and taken away again; so a
right that is missing shows before the first message needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from imapclient import IMAPClient

from processor.domain.errors import Fault
from processor.intake import imap_session as session
from processor.intake.imap_session import ImapAccount

_MAIL = b"Subject: postdesk doctor\r\n\r\nMay be deleted.\r\n"


@dataclass(frozen=True, slots=True)
class Probe:
    """``faults``: what the server refused, in its words. ``skew_seconds``: how far its clock is
    ahead of ours; None when it could not be asked."""

    faults: tuple[str, ...]
    skew_seconds: float | None


def probe(
    account: ImapAccount, folder: str, shelves: Sequence[str], clock: Callable[[], datetime]
) -> Probe:
    """Try ``folder`` (mail must be movable out of it) and ``shelves`` ("" = mail stays). Each on a
    connection of its own: one refusal leaves imaplib's in an odd state."""
    faults: list[str] = []
    skew: float | None = None
    for name in dict.fromkeys(one for one in shelves if one):
        try:
            skew = _written(account, name, clock)
        except Fault as fault:
            faults.append(f"{name}: {fault.reason}")
    try:
        faults += _movable(account, folder)
    except Fault as fault:
        faults.append(f"{folder}: {fault.reason}")
    return Probe(tuple(faults), skew)


def _written(account: ImapAccount, name: str, clock: Callable[[], datetime]) -> float | None:
    """Lay the mail there and take it away; the seconds that the server's clock is ahead. Without
    UIDPLUS (RFC 4315) nothing is laid: what others marked as deleted would go with it."""
    client = session.connect(account)
    try:
        with session.translated(account.host):
            folder = session.server_folder(client, name)
            session.ensure_folder(client, folder)
            client.select_folder(folder)
            if not client.has_capability("UIDPLUS"):
                return None
            before = clock()
            client.append(folder, _MAIL)
            after = clock()
            told = _taken_back(client)
    finally:
        session.hang_up(client)
    if told is None or told.tzinfo is None:
        return None
    return (told - (before + (after - before) / 2)).total_seconds()


def _taken_back(client: IMAPClient) -> datetime | None:
    """Remove what was laid into the selected folder; when the server says that it came."""
    client.noop()
    uids = client.search(["SUBJECT", "postdesk doctor", "SMALLER", str(len(_MAIL) + 100)])
    if not uids:
        return None
    told = client.fetch(uids[-1:], ["INTERNALDATE"])[uids[-1]].get(b"INTERNALDATE")
    client.delete_messages(uids, silent=True)
    client.uid_expunge(uids)
    return told if isinstance(told, datetime) else None


def _movable(account: ImapAccount, folder: str) -> list[str]:
    """What keeps mail from being taken out of ``folder``: it is read-only, or its list of rights
    (RFC 4314) does not give them."""
    client = session.connect(account)
    try:
        with session.translated(account.host):
            name = session.server_folder(client, folder)
            selected = client.select_folder(name)
            if b"READ-ONLY" in selected:
                return [f"{folder}: read-only"]
            if not client.has_capability("ACL"):
                return []
            # imapclient has no such command, and imaplib wants the name as it goes over the line
            said = client._imap.myrights(client._normalise_folder(name))[1][0]
    finally:
        session.hang_up(client)
    given = said.decode().rpartition(" ")[2] if isinstance(said, bytes) else ""
    missing = [right for right in ("t", "e") if right not in given]
    # older servers (RFC 2086) have d for both
    if not given or not missing or "d" in given:
        return []
    return [f"{folder}: rights {given}, without {' and '.join(missing)}"]
