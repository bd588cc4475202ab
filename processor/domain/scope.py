"""Whom the desk serves, and who may be kept informed, as agreed (spec 1.4 (2))."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.people import Person


@dataclass(frozen=True, slots=True)
class Scope:
    """What becomes of reports by those who belong to no organisation that is served, and of what
    an organisation's contract does not cover.

    ``outside`` is ``accept``, ``ask`` (the service desk decides) or ``reject``. ``sales`` is the
    address that hears of what was not taken on ("" : nobody), ``tell_sales`` of which:
    ``outside`` (those outside alone), ``always`` or ``never``.
    """

    outside: str = "accept"
    sales: str = ""
    tell_sales: str = "outside"

    def told(self, *, outside: bool) -> str:
        """Who in sales is to be told of a rejection, "" for nobody."""
        wanted = self.tell_sales == "always" or (self.tell_sales == "outside" and outside)
        return self.sales if wanted else ""


@dataclass(frozen=True, slots=True)
class Customer:
    """What a contract says of whom it is with: the ``services`` (categories, each with those below
    it; empty: all), and its ``contacts``, who hear how it stands with everything of theirs."""

    name: str
    contract: str = ""
    services: tuple[str, ...] = ()
    contacts: tuple[Person, ...] = ()

    def covers(self, category: str) -> bool:
        """Whether what is of this category is served; what has none yet is."""
        return (
            not category
            or not self.services
            or any(f"{category}/".startswith(f"{one}/") for one in self.services)
        )


@dataclass(frozen=True, slots=True)
class Watching:
    """Whom reporters may have kept informed: people of their ``organisation``, ``anybody`` or
    ``nobody``; at most ``most`` on one incident. The team may add anybody."""

    by_reporters: str = "organisation"
    most: int = 30
