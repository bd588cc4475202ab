"""Checks of everything outside postdesk itself, each with what to do (`doctor`)."""

from __future__ import annotations

from datetime import datetime

from processor.bootstrap.clock import Clock, wall_clock
from processor.bootstrap.doctor_dns import names
from processor.bootstrap.doctor_house import house
from processor.bootstrap.doctor_mail import mail
from processor.bootstrap.findings import Finding
from processor.settings.settings import Settings


def examine(settings: Settings, now: datetime, clock: Clock = wall_clock) -> list[Finding]:
    """Every check, in the order in which a message meets these things. ``now`` (aware) says which
    holidays must be known; ``clock``, the machine's own, is compared with those of servers."""
    return [*mail(settings, clock), *names(settings), *house(settings, now, clock)]
