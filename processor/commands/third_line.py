"""The keyword that hands an incident to a vendor (spec 1.7, 100.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from processor.commands.errand import Command, Errand, Outcome, done
from processor.domain.errors import Refusal
from processor.domain.events_vendors import Released
from processor.domain.incident import Status
from processor.domain.message import Attachment
from processor.domain.people import Directory, Person, Role
from processor.domain.vendors import Vendor, VendorPolicy
from processor.services import vendors

_LEADING = " \t\r\n,，;；:：、。-—"
_FILES = re.compile(
    r"^[ \t]*(?:附件|attachments?|files?|attach)\s*[:：](?P<names>.*)$", re.I | re.M
)
_NAMES = re.compile(r"[,，;；、]")
_NONE = frozenset({"无", "没有", "不发", "none", "no"})
_MOST_WORDS = 5  # of a vendor's name
# Whole mails are released by name alone: programs put the one that is answered in by themselves.
_MAILS = ("message/", "application/vnd.ms-outlook")
_MAIL_NAMES = (".eml", ".msg")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked, what, with which files of the record; ``alone``: with no others."""

    vendor: Vendor
    contact: Person
    text: str
    files: tuple[str, ...]
    alone: bool = False


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
    alone = bool(names) and all(name.casefold() in _NONE for name in names)
    said = _FILES.sub("", value).lstrip(_LEADING).rstrip()
    found, text = _named(said, agreed, directory)
    if found is None:
        first = re.split(r"[\s,，;；:：]", said, maxsplit=1)
        address = first[0].lstrip("@＠").lower()
        if not agreed.unknown_addresses or "@" not in address:
            raise Refusal("vendor_unknown", name=first[0], vendors=agreed.names())
        contact = Person(address=address, roles=frozenset({Role.VENDOR}), organisation=address)
        found, text = (agreed.stranger(contact), contact), first[1] if len(first) > 1 else ""
    return Asked(*found, text.lstrip(_LEADING).rstrip(), () if alone else tuple(names), alone=alone)


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
    files, named = _released(read, errand.enclosed)
    if errand.on.confidential and (files or named):  # nobody can veil the names in them
        raise Refusal("vendor_files_confidential", number=errand.on.number)
    events = vendors.hand_over(
        errand.work, policy, errand.on, errand.actor, errand.at,
        vendor=read.vendor, contact=read.contact, text=read.text or errand.note,
        files=named, enclosed=files,
    )  # fmt: skip
    sent = [file.name for event in events for file in event.files]
    name, number = read.vendor.name, errand.on.number
    if sent:
        return done(errand, "vendor_files", [*events], number=number, to=name, files=sent)
    return done(errand, "vendor", [*events], number=number, to=name)


def _released(
    read: Asked, enclosed: tuple[Attachment, ...]
) -> tuple[tuple[Released, ...], tuple[str, ...]]:
    """The files of the mail that go to the vendor, and the names to be looked for in the record.

    What was attached to the very mail goes along; what may be there without the sender's doing (a
    picture within the text, which a quoted mail has as well, or a whole mail) only by its name.
    """
    wanted = {name.casefold() for name in read.files}
    going = {
        file.name.casefold(): Released(file.name, file.type, file.content)
        for file in enclosed
        if file.name.casefold() in wanted or (not read.alone and _deliberate(file))
    }
    return tuple(going.values()), tuple(n for n in read.files if n.casefold() not in going)


def _deliberate(file: Attachment) -> bool:
    mail = file.type.startswith(_MAILS) or file.name.lower().endswith(_MAIL_NAMES)
    return not file.inline and not mail


COMMANDS = (
    Command(
        "vendor",
        _vendor,
        frozenset({Role.ASSIGNEE}),
        frozenset({Status.IN_PROGRESS, Status.PENDING_VENDOR}),
    ),
)
