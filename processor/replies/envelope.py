"""Where a letter's answers go and which thread it joins: what its header says of other mails."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from processor.replies.addressing import Audience
from processor.replies.letters import Letter

# Sent with the null return path (RFC 3834 3): answers of a machine, which nobody shall answer and
# whose bounce would tell us nothing. All others leave with the reply address, so that the bounce
# of a letter that matters comes back to its incident.
NULL_RETURN = frozenset(
    {"opened", "accepted", "command-done", "command-refused", "not-proven", "forgery-warning",
     "stranger-wrote", "delivery-failed", "status", "queue", "found", "help", "report",
     "report-asked", "report-due",
     "quarantine-notice", "burst-digest", "forms", "form-faulty", "form-taken",
     "emergency-acked",
     "unsolved-list", "work-list", "overdue-list", "callback-list", "callback-results"}
)  # fmt: skip
_ID = re.compile(r"[\x21-\x3b=\x3f-\x7e]{1,250}")  # what may stand between < and >
_MAX_REFERENCES = 20
_MAX_LOCAL = 64  # octets of a local part, RFC 5321 4.5.3.1.1


class Mailbox(Protocol):
    """What of a service mailbox's settings a letter needs. ``subaddress`` is "+" where the
    server delivers ``desk+anything@`` to ``desk@``, else empty; ``staff_text`` ("note" or "reply")
    says what becomes of the team's free text."""

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def display_name(self) -> Mapping[str, str]: ...
    @property
    def subaddress(self) -> str: ...
    @property
    def staff_text(self) -> str: ...


def reply_address(box: Mailbox, number: str, token: str) -> tuple[str, bool]:
    """Where answers go, and whether that address proves receipt."""
    local, _, domain = box.address.rpartition("@")
    full = f"{local}{box.subaddress}{number.lower()}-{token}"
    if not box.subaddress or not token or len(full) > _MAX_LOCAL:
        return box.address, False
    return f"{full}@{domain}", True


def root_of(letter: Letter, number: str, domain: str) -> str:
    """An id that no mail has, at the head of the team's thread of one incident: letters to the
    team answer nothing that they were sent, and would else lie about singly."""
    return f"{number.lower()}@{domain}" if number and letter.audience is Audience.STAFF else ""


def thread_fields(parent: str, references: Sequence[str], root: str) -> list[tuple[str, str]]:
    """In-Reply-To and References (RFC 5322 3.6.4), one id a line; unusable ids are left out."""
    wanted = (i.strip().strip("<>") for i in (root, *references, parent))
    ids = list(dict.fromkeys(i for i in wanted if _ID.fullmatch(i)))
    if len(ids) > _MAX_REFERENCES:  # the first names the thread, the last are looked for
        ids = [ids[0], *ids[1 - _MAX_REFERENCES :]]
    parent = parent.strip().strip("<>")
    fields = [("In-Reply-To", f"<{parent}>")] if _ID.fullmatch(parent) else []
    if ids:
        fields.append(("References", "\r\n ".join(f"<{i}>" for i in ids)))
    return fields
