"""What a letter's reader is told beyond its event: fields of the process, and names or no names.

Everything that leaves passes here; a reader who is not cleared for a confidential record gets
the event, and later its finished letter, under a veil.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from processor.domain.incident import Clock, Incident
from processor.domain.people import Person
from processor.pipeline.state import Desk
from processor.replies.addressing import Audience, Enclosure
from processor.replies.letters import Letter
from processor.services import discretion
from processor.store.unit_of_work import UnitOfWork

_PLAIN = (str, int, float, bytes, datetime, Enum, Clock, Person)


def confided(letters: Sequence[Letter], desk: Desk, work: UnitOfWork) -> list[Letter]:
    """The letters as their readers may have them."""
    incidents: dict[int, tuple[Incident, ...]] = {}
    told: list[Letter] = []
    for letter in letters:
        about = incidents.get(id(letter.event))
        if about is None:
            about = incidents[id(letter.event)] = tuple(_incidents(letter.event))
        letter = _with_own(letter, desk, work)
        hidden = [one for one in about if one.confidential]
        veil = discretion.veil_for(work, desk.policy, hidden, letter.recipient) if hidden else None
        if veil is not None:
            letter = replace(
                letter,
                event=veil.over(letter.event),
                own=veil.over(letter.own),
                attachments=tuple(
                    _masked(veil.text(e.name), e) for e in letter.attachments if e.masked
                ),
                veil=veil,
            )
        told.append(letter)
    return told


def _masked(name: str, enclosed: Enclosure) -> Enclosure:
    return replace(enclosed, name=name, content=enclosed.masked)


def _with_own(letter: Letter, desk: Desk, work: UnitOfWork) -> Letter:
    incident = letter.incident
    if incident is None or letter.audience is not Audience.STAFF:
        return letter
    profile = desk.policy.profile(incident.profile)
    own = tuple(work.own.fields(incident.number).items()) if profile.fields else ()
    ticked = work.own.ticks(incident.number) if profile.checklist else ()
    if not own and not ticked:
        return letter
    return replace(letter, own=own, ticked=tuple(one.item for one in ticked))


def _incidents(value: Any) -> Iterator[Incident]:
    """Every incident that an event tells of, however deep."""
    if value is None or isinstance(value, _PLAIN):
        return
    if isinstance(value, Incident):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _incidents(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _incidents(one)
    elif is_dataclass(value):
        for one in fields(value):
            if one.name not in ("journal", "mails", "attachments"):
                yield from _incidents(getattr(value, one.name))
