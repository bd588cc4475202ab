"""Whom the desk serves, and who may be kept informed, as agreed (spec 1.4 (2))."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What becomes of reports by those who belong to no organisation that is served.

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
class Watching:
    """Whom reporters may have kept informed: people of their ``organisation``, ``anybody`` or
    ``nobody``; at most ``most`` on one incident. The team may add anybody."""

    by_reporters: str = "organisation"
    most: int = 30
