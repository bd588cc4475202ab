"""What administrators are told of the house itself. See :mod:`.events`."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarUncovered(Event):
    """No list of holidays covers ``year`` in the ``calendars`` (names): there every Monday to
    Friday counts as a working day."""

    year: int
    calendars: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigurationRefused(Event):
    """A changed configuration did not come into force; ``faults`` are lines in the desk's language,
    ``more`` counts those that are left out, ``in_force`` is the version that stays."""

    faults: tuple[str, ...]
    more: int
    in_force: str
