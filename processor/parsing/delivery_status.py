"""Delivery reports with fields (RFC 3464): who failed, with which code, for good or for now."""

from __future__ import annotations

import re
from dataclasses import dataclass

from processor.domain.message import FailedRecipient

_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{2,40})[ \t]*:[ \t]*(.*)$")
_ADDRESS = re.compile(
    r"[^\s<>@,;:\"'()\[\]=]{1,128}@[^\s<>@,;:\"'()\[\]=]{1,254}[^\s<>@,;:\"'()\[\].=]"
)
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
# A reply code of SMTP stands before words; a telephone number goes on with digits.
REPLY = re.compile(r"(?<![\d.\w-])([45]\d\d)[ -](?=#?[45]\.\d|[A-Za-z<\"'*\u4e00-\u9fff])")
_SUCCESSES = ("delivered", "relayed", "expanded", "deliverable")
_MOST = 500


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """What a report says: failures, and whether it only tells of success."""

    failed: tuple[FailedRecipient, ...] = ()
    success_only: bool = False


def read(text: str) -> DeliveryStatus:
    """The per-recipient groups of one ``message/delivery-status`` body."""
    failed: dict[str, FailedRecipient] = {}
    successes = 0
    for group in re.split(r"\n[ \t]*\n", text)[:_MOST]:
        fields = _fields(group)
        address = _address(fields)
        if not address:
            continue
        action = (fields.get("action", "").split() or [""])[0].lower().strip(";.")
        if action in _SUCCESSES:
            successes += 1
            continue
        status = best_status(fields.get("status", ""), fields.get("diagnostic-code", ""))
        permanent = action not in ("delayed",) and not status.startswith("4")
        failed.setdefault(address.lower(), FailedRecipient(address, status, permanent))
    return DeliveryStatus(tuple(failed.values()), bool(successes) and not failed)


def best_status(status: str, diagnostic: str) -> str:
    """The most telling enhanced code: the status field, or a sharper one from the diagnostic.

    ``5.0.0`` says nothing but that it failed; many servers put the real code into the words.
    """
    own = STATUS.search(status)
    code = own[1] if own else ""
    if not code or code.endswith(".0.0"):
        told = STATUS.search(diagnostic)
        if told and not told[1].startswith("2") and (not code or told[1][0] == code[0]):
            return told[1]
    if not code:
        reply = REPLY.search(diagnostic)
        if reply:
            return f"{reply[1][0]}.0.0"
    return code


def _fields(group: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for line in group.split("\n"):
        if line[:1] in (" ", "\t") and name:
            fields[name] += " " + line.strip()
            continue
        found = _FIELD.match(line)
        name = ""
        if found and found[1].lower() not in fields:
            name = found[1].lower()
            fields[name] = found[2].strip()
    return fields


def _address(fields: dict[str, str]) -> str:
    """The address as the sender wrote it, else the one that it was rewritten to on its way."""
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        value = fields.get(name, "").replace("<", " ").replace(">", " ")
        _, _, rest = value.partition(";")
        for part in (rest, value):
            found = _ADDRESS.search(part)
            if found:
                return found[0].strip(".")
    return ""
