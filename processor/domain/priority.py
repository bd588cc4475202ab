"""Priority from impact and urgency (seed 6.6, 6.8), and the grade that is never lowered."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.errors import Refusal
from processor.domain.incident import Incident
from processor.domain.people import Role

HIGHEST, LOWEST = 1, 4


@dataclass(frozen=True, slots=True)
class PriorityMatrix:
    """``rows[impact - 1][urgency - 1]`` is the priority; all from 1 (highest) to 4."""

    rows: tuple[tuple[int, ...], ...]

    def priority(self, impact: int, urgency: int) -> int:
        """The priority of an impact and an urgency."""
        return self.rows[impact - 1][urgency - 1]


DEFAULT_MATRIX = PriorityMatrix(((1, 1, 2, 3), (1, 2, 3, 3), (2, 3, 3, 4), (3, 3, 4, 4)))


def raised_for_vip(urgency: int) -> int:
    """One step more urgent, as far as there is one."""
    return max(HIGHEST, urgency - 1)


def check_grade(incident: Incident, new_priority: int, roles: frozenset[Role], reason: str) -> None:
    """Raises Refusal where the grade would fall below the initial one: only the incident manager
    may do that, and only with a reason (seed 5, spec 1.4 (4))."""
    if new_priority <= incident.initial_priority:
        return
    if Role.MANAGER not in roles:
        raise Refusal("grade_below_initial", initial=incident.initial_priority, value=new_priority)
    if not reason.strip():
        raise Refusal("grade_reason_missing", initial=incident.initial_priority)
