"""Reports that go to people, and those that could not be made. See :mod:`.events`."""

from __future__ import annotations

from dataclasses import dataclass, field

from processor.domain.events import Event
from processor.domain.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMade(Event):
    """A document of a period or a record for ``readers``; ``subject`` says which (October 2026, a
    number). ``asked``: one of them asked for it, else it is due."""

    readers: tuple[Person, ...]
    title: str
    subject: str
    file_name: str
    document: bytes = field(repr=False)
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFailed(Event):
    """For the administrators: the report of ``title`` on ``subject`` could not be made. ``reason``
    is what is wrong; ``template``, ``place`` and ``field`` say where, as far as that is known."""

    title: str
    subject: str
    reason: str
    template: str = ""
    place: str = ""
    field: str = ""
