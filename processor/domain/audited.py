"""What an audit of the process asks for (流程审核, spec 4)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Audited:
    """Fields of the record that must not be empty: ``recorded`` of what was recorded in the
    period, ``closed`` of what was closed in it."""

    recorded: tuple[str, ...] = ("reporter_name", "category", "symptom", "group")
    closed: tuple[str, ...] = ("cause", "action", "solution", "closure_code", "resolver_role")
