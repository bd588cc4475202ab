"""How many a list of a report names one by one; what is beyond is counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listed:
    """At most so many in each list: ``problems`` of the problem review, ``audit`` of the process
    audit."""

    problems: int = 30
    audit: int = 50
