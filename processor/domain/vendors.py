"""Third line (三线支持, 厂商): who is called in, by when they answer, and what they may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from processor.domain.duty import Reminders
from processor.domain.incident import Incident
from processor.domain.people import Directory, Person, Role

RELEASABLE = (
    "subject", "symptom", "system", "ci", "error_code", "category", "occurred_at",
    "likely_impact", "site", "department", "organisation", "reporter_name", "reporter_phone",
    "reporter_address",
)  # fmt: skip
"""What of a record can be shown to a vendor; nothing else ever is."""
_NEEDED = (
    "number", "type", "status", "reported_at", "impact", "urgency", "priority",
    "initial_priority", "language", "mailbox", "profile", "drill",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vendor:
    """``targets`` maps a priority to the minutes of ``calendar`` ("": round the clock) in which an
    answer is owed; a priority without one owes none. ``release`` are the fields it may see."""

    name: str
    contacts: tuple[Person, ...]
    contract: str = ""
    calendar: str = ""
    targets: Mapping[int, int] = field(default_factory=dict)
    release: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class VendorPolicy:
    """``unknown_addresses``: whether an engineer may write to somebody who stands nowhere, with
    the ``targets`` and ``release`` here."""

    vendors: tuple[Vendor, ...] = ()
    unknown_addresses: bool = False
    targets: Mapping[int, int] = field(default_factory=dict)
    release: frozenset[str] = frozenset()
    reminders: Reminders = field(default_factory=Reminders)

    def find(self, words: str, directory: Directory) -> tuple[Vendor, Person] | None:
        """The vendor and the contact that ``words`` name: a vendor's name, or a contact's name or
        address, here or among the people with that role."""
        wanted = words.strip().lstrip("@＠").casefold()
        for vendor in self.vendors:
            if wanted and wanted == vendor.name.casefold() and vendor.contacts:
                return vendor, vendor.contacts[0]
            for contact in vendor.contacts:
                if wanted and wanted in (contact.address.casefold(), contact.name.casefold()):
                    return vendor, contact
        person = directory.named(wanted) or _of_house(wanted, directory)
        if person is not None and Role.VENDOR in person.roles:
            return self.stranger(person), person
        return None

    def stranger(self, contact: Person) -> Vendor:
        """A vendor of whom nothing was agreed."""
        name = contact.organisation or contact.name or contact.address
        return Vendor(name, (contact,), targets=self.targets, release=self.release)

    def named(self, name: str) -> Vendor | None:
        """The vendor of that name."""
        return next((one for one in self.vendors if one.name == name), None)

    def names(self) -> tuple[str, ...]:
        """Of all of them."""
        return tuple(vendor.name for vendor in self.vendors)


def _of_house(wanted: str, directory: Directory) -> Person | None:
    """The first contact of a house of that name."""
    return next(
        (
            person
            for person in directory.with_role(Role.VENDOR)
            if wanted and person.organisation.casefold() == wanted
        ),
        None,
    )


def released(incident: Incident, release: Iterable[str]) -> Incident:
    """A copy that holds nothing but what may leave the house: a letter made from it cannot show
    what was not released."""
    shown = {name for name in release if name in RELEASABLE}
    kept: dict[str, Any] = {name: getattr(incident, name) for name in (*_NEEDED, *shown)}
    blank: dict[str, Any] = {
        name: "" for name in ("subject", "symptom", "reporter_address") if name not in shown
    }
    return Incident(**kept, **blank)
