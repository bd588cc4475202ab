"""The keyword that hands an incident to a vendor (spec 1.7, 100.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from processor.commands.errand import Command, Errand, Outcome, done
from processor.domain.errors import Refusal
from processor.domain.incident import Status
from processor.domain.people import Directory, Person, Role
from processor.domain.vendors import Vendor, VendorPolicy
from processor.services import vendors

_LEADING = " \t\r\n,，;；:：、。-—"
_FILES = re.compile(
    r"^[ \t]*(?:附件|attachments?|files?|attach)\s*[:：](?P<names>.*)$", re.I | re.M
)
_NAMES = re.compile(r"[,，;；、]")
_MOST_WORDS = 5  # of a vendor's name


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked, what, with which files."""

    vendor: Vendor
    contact: Person
    text: str
    files: tuple[str, ...]


def read_vendor(value: str, agreed: VendorPolicy, directory: Directory) -> Asked:
    """``示例厂商 请远程检查控制器``, an address in place of the name, a line ``附件：日志.txt``.

    Raises Refusal ``vendor_unknown``.
    """
    names = [
        name.strip()
        for found in _FILES.finditer(value)
        for name in _NAMES.split(found["names"])
        if name.strip()
    ]
    said = _FILES.sub("", value).lstrip(_LEADING).rstrip()
    found, text = _named(said, agreed, directory)
    if found is None:
        first = re.split(r"[\s,，;；:：]", said, maxsplit=1)
        address = first[0].lstrip("@＠").lower()
        if not agreed.unknown_addresses or "@" not in address:
            raise Refusal("vendor_unknown", name=first[0], vendors=agreed.names())
        contact = Person(address=address, roles=frozenset({Role.VENDOR}), organisation=address)
        found, text = (agreed.stranger(contact), contact), first[1] if len(first) > 1 else ""
    return Asked(*found, text.lstrip(_LEADING).rstrip(), tuple(names))


def _named(
    said: str, agreed: VendorPolicy, directory: Directory
) -> tuple[tuple[Vendor, Person] | None, str]:
    """The vendor whose name the text begins with, and the rest; the longest name counts."""
    first, _, below = said.partition("\n")
    parts = re.split(r"([\s,，;；:：]+)", first)
    for count in range(min(2 * _MOST_WORDS - 1, len(parts)), 0, -2):
        name = "".join(parts[:count])
        found = agreed.find(name, directory)
        if found is not None:
            rest = "".join(parts[count:]).lstrip(_LEADING).rstrip()
            return found, f"{rest}\n{below}" if rest and below else rest or below
    return None, ""


def _vendor(errand: Errand) -> Outcome:
    policy = errand.policy
    read = read_vendor(errand.order.value, policy.vendors, policy.directory)
    events = vendors.hand_over(
        errand.work, policy, errand.on, errand.actor, errand.at,
        vendor=read.vendor, contact=read.contact, text=read.text or errand.note, files=read.files,
    )  # fmt: skip
    name = read.vendor.name
    return done(errand, "vendor", events, number=errand.on.number, to=name)


COMMANDS = (
    Command(
        "vendor",
        _vendor,
        frozenset({Role.ASSIGNEE}),
        frozenset({Status.IN_PROGRESS, Status.PENDING_VENDOR}),
    ),
)
