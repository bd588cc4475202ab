"""Confidential processes: who may read names, and the veil over what all others get."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import re2

from processor.domain.incident import Dossier, Incident
from processor.domain.own_fields import names_in
from processor.domain.people import Person
from processor.domain.profile import Discretion, Profile
from processor.domain.veil import Veil, veil_of
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def cleared(discretion: Discretion, reader: Person) -> bool:
    """Whether the reader may read names."""
    own = {reader.address.lower(), *(alias.lower() for alias in reader.aliases)}
    return bool(own & discretion.cleared)


def remember(
    work: UnitOfWork,
    profile: Profile,
    incident: Incident,
    *texts: str,
    names: Iterable[str] = (),
) -> None:
    """Keep the people of a confidential record: ``names``, and whom the patterns of its process
    find in ``texts``. Of any other process nothing is kept."""
    discretion = profile.discretion
    if discretion is None:
        return
    found = [hit for text in texts for hit in _found(discretion.patterns, text)]
    told = [name for said in names for name in names_in(said)]
    work.own.name(incident.number, dict.fromkeys((*told, *found)))


def veil_for(
    work: UnitOfWork, policy: Policy, incidents: Iterable[Incident], reader: Person
) -> Veil | None:
    """What hides the people of the confidential ones among ``incidents`` from ``reader``; None
    where there is nothing that he may not read. His own name is not hidden from himself."""
    hiding = [
        (one, discretion)
        for one in incidents
        if (discretion := policy.profile(one.profile).discretion) is not None
        and not cleared(discretion, reader)
    ]
    if not hiding:
        return None
    names = work.own.names(one.number for one, _ in hiding)
    style = hiding[0][1].style
    people = [name for one, _ in hiding for name in (*names[one.number], one.reporter_name) if name]
    contacts = [
        contact
        for one, _ in hiding
        for contact in (one.reporter_address, one.reporter_phone, *one.watchers)
        if contact
    ]
    for name in people:
        known = policy.directory.named(name)
        if known is not None:
            contacts += [known.address, *known.aliases]
    own = (reader.name, reader.address, *reader.aliases, reader.phone)
    return veil_of(people, style, contacts, spare=[one for one in own if one])


def readable(work: UnitOfWork, policy: Policy, dossier: Dossier, reader: Person) -> Dossier:
    """The dossier as ``reader`` may have it."""
    veil = veil_for(work, policy, (dossier.incident,), reader)
    return replace(veil.over(dossier), attachments=()) if veil else dossier


def veiled(work: UnitOfWork, policy: Policy, dossier: Dossier) -> Dossier | None:
    """The dossier as who is not cleared may have it, without its files, whose content nobody has
    looked through; None where anybody may read it."""
    nobody = Person(address="")
    veil = veil_for(work, policy, (dossier.incident,), nobody)
    return replace(veil.over(dossier), attachments=()) if veil else None


@lru_cache(maxsize=16)
def _patterns(sources: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(re2.compile(source) for source in sources)


def _found(sources: tuple[str, ...], text: str) -> list[str]:
    return [hit["name"].strip() for one in _patterns(sources) for hit in one.finditer(text)]
