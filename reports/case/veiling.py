"""Names of people of confidential records, for documents of readers who are not cleared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from processor.domain.incident import Incident
from processor.domain.profile import Profile
from processor.domain.veil import Veil, veil_of
from processor.store.unit_of_work import UnitOfWork


def veils(
    work: UnitOfWork,
    incidents: Iterable[Incident],
    profiles: Mapping[str, Profile],
    people: Mapping[str, str],
) -> dict[str, Veil]:
    """Number → what hides the people of the incident, of those that are confidential. ``people``
    maps addresses to names, so that who is named is not known by his address either."""
    hiding = [one for one in incidents if one.confidential]
    if not hiding:
        return {}
    named = work.own.names(one.number for one in hiding)
    addresses: dict[str, list[str]] = {}
    for address, name in people.items():
        addresses.setdefault(name, []).append(address)
    found = {}
    for one in hiding:
        names = [name for name in (*named[one.number], one.reporter_name) if name]
        contacts = [
            contact
            for contact in (one.reporter_address, one.reporter_phone, *one.watchers)
            if contact
        ]
        contacts += [address for name in names for address in addresses.get(name, ())]
        profile = profiles.get(one.profile)
        style = profile.discretion.style if profile and profile.discretion else "stars"
        found[one.number] = veil_of(names, style, contacts)
    return found
