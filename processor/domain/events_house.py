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
