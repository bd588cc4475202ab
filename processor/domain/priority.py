"""Priority from impact and urgency (seed 6.6, 6.8), and the grade that is never lowered."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.errors import Refusal
from processor.domain.incident import Incident
from processor.domain.people import Role

HIGHEST = 1


@dataclass(frozen=True, slots=True)
class PriorityMatrix:
    """``rows[impact - 1][urgency - 1]`` is the priority; 1 is the highest of each.

    Raises ValueError for rows of unlike length, for none, and for grades below 1.
    """

    rows: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if not self.rows or len({len(row) for row in self.rows}) != 1 or not self.rows[0]:
            raise ValueError("every impact needs the same urgencies")
        if min(min(row) for row in self.rows) < HIGHEST:
            raise ValueError(f"no priority is above {HIGHEST}")

    def priority(self, impact: int, urgency: int) -> int:
        """The priority of an impact and an urgency. Raises ValueError for grades that the matrix
        does not have."""
        if not 1 <= impact <= len(self.rows) or not 1 <= urgency <= len(self.rows[0]):
            raise ValueError(f"no impact {impact} with urgency {urgency}")
        return self.rows[impact - 1][urgency - 1]


DEFAULT_MATRIX = PriorityMatrix(((1, 1, 2, 3), (1, 2, 3, 3), (2, 3, 3, 4), (3, 3, 4, 4)))
"""Spec 1.5."""


def raised_for_vip(urgency: int) -> int:
    """One step more urgent, as far as there is one."""
    return max(HIGHEST, urgency - 1)


def check_grade(incident: Incident, new_priority: int, roles: frozenset[Role], reason: str) -> None:
    """Let ``new_priority`` pass unless it takes the incident further below its initial grade.

    Only the incident manager may do that, and only with a reason (seed 5, spec 1.4 (4)). Raises
    Refusal ``grade_below_initial`` or ``grade_reason_missing``.
    """
    if new_priority <= max(incident.initial_priority, incident.priority):
        return
    if Role.MANAGER not in roles:
        raise Refusal("grade_below_initial", initial=incident.initial_priority, value=new_priority)
    if not reason.strip():
        raise Refusal("grade_reason_missing", initial=incident.initial_priority)
