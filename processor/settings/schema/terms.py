"""Agreements in ``config/contracts.yaml``: targets, calendars and pauses that differ from those of
``sla.yaml`` for some incidents."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from processor.settings.schema.kinds import Minutes, Model

Pausing = Literal["pending_user", "pending_vendor", "pending_change"]


class Promise(Model):
    """What differs for one priority; what is not said stays."""

    response: Minutes | None = None
    """Time to the acceptance: 15 min, 4 h."""
    resolution: Minutes | None = None
    """Time to the solution."""
    calendar: str | None = None
    """Calendar in which these times count."""


class Promises(Model):
    """What differs, by priority."""

    p1: Promise = Promise()
    p2: Promise = Promise()
    p3: Promise = Promise()
    p4: Promise = Promise()


class Agreement(Model):
    """For whom or what, and what differs there. All conditions that are given must hold."""

    organisation: str = ""
    """Name of an organisation."""
    contract: str = ""
    """Number of a contract."""
    category: str = ""
    """Path of a category; those below it count too."""
    type: Literal["incident", "service_request", "alert", "finding", ""] = ""
    """Type of the incident."""
    calendar: str = ""
    """Calendar of all targets that name none of their own here."""
    targets: Promises = Promises()
    """What differs from the targets of sla.yaml."""
    pauses: tuple[Pausing, ...] | None = None
    """Statuses in which the resolution clock stands still, instead of those of sla.yaml."""

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if not (self.organisation or self.contract or self.category or self.type):
            raise PydanticCustomError(
                "lacking", "lacks a condition", {"key": "contract", "kind": "agreement"}
            )
        return self
