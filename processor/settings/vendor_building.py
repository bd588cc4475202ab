"""From ``config/vendors.yaml`` to the domain's values."""

from __future__ import annotations

from processor.domain.people import Person, Role
from processor.domain.vendors import Vendor, VendorPolicy
from processor.settings.emergency_building import reminders_of
from processor.settings.schema import vendors as schema


def vendors_of(file: schema.VendorsFile) -> VendorPolicy:
    """Vendors, their contacts as people."""
    return VendorPolicy(
        vendors=tuple(
            Vendor(
                name=one.name,
                contacts=tuple(_person(contact, one.name) for contact in one.contacts),
                contract=one.contract,
                calendar=one.calendar,
                targets=_targets(one.targets or file.targets),
                release=frozenset(file.release if one.release is None else one.release),
            )
            for one in file.vendors
        ),
        unknown_addresses=file.unknown_addresses,
        targets=_targets(file.targets),
        release=frozenset(file.release),
        reminders=reminders_of(file.reminders),
    )


def contacts_of(vendors: VendorPolicy) -> tuple[Person, ...]:
    """Everybody at a vendor."""
    return tuple(contact for vendor in vendors.vendors for contact in vendor.contacts)


def _person(entry: schema.Contact, house: str) -> Person:
    return Person(
        address=entry.address.lower(),
        name=entry.name,
        roles=frozenset({Role.VENDOR}),
        language=entry.language,
        phone=entry.phone,
        organisation=house,
    )


def _targets(entry: schema.Targets) -> dict[int, int]:
    spans = (entry.p1, entry.p2, entry.p3, entry.p4)
    return {grade: span for grade, span in enumerate(spans, start=1) if span is not None}
