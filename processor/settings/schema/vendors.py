"""``config/vendors.yaml``: third line, and what vendors may see."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from processor.settings.schema.emergency import Reminders
from processor.settings.schema.kinds import AddressText, Minutes, Model, Text

ReleaseName = Literal[
    "subject", "symptom", "system", "ci", "error_code", "category", "occurred_at",
    "likely_impact", "site", "department", "organisation", "reporter_name", "reporter_phone",
    "reporter_address",
]  # fmt: skip
"""What of a record can be shown to a vendor."""


class Targets(Model):
    """Time in which an answer is owed, by priority; without one none is."""

    p1: Minutes | None = None
    p2: Minutes | None = None
    p3: Minutes | None = None
    p4: Minutes | None = None


class Contact(Model):
    """Somebody at a vendor."""

    address: AddressText
    """Mail address."""
    name: str = ""
    """Full name."""
    language: Literal["zh", "en", ""] = ""
    """Language of mails to the person; empty: the incident's."""
    phone: str = ""
    """Telephone."""


class Vendor(Model):
    """A vendor."""

    name: Text
    """As engineers write it behind the keyword."""
    contract: str = ""
    """Number of the contract."""
    calendar: str = ""
    """Calendar in which the targets count; empty: round the clock."""
    targets: Targets | None = None
    """Its own targets; without them those below."""
    release: tuple[ReleaseName, ...] | None = None
    """What it may see of a record; without it the list below."""
    contacts: Annotated[tuple[Contact, ...], Field(min_length=1)]
    """The first one is written to where only the vendor is named."""


class VendorsFile(Model):
    """Vendors."""

    unknown_addresses: bool = False
    """true: engineers may write to addresses that stand nowhere here."""
    release: tuple[ReleaseName, ...] = ("subject", "symptom", "system", "ci", "error_code")
    """What vendors may see of a record beside the engineer's text."""
    targets: Targets = Targets()
    """Where a vendor has none of its own."""
    reminders: Reminders = Reminders()
    """When a vendor is reminded of an answer."""
    vendors: tuple[Vendor, ...] = ()
    """Who can be called in."""
