"""Records, people and calendars for the tests of the domain."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from processor.domain.business_calendar import (
    ROUND_THE_CLOCK,
    WORKING_HOURS,
    WORKING_WEEK,
    BusinessCalendar,
)
from processor.domain.incident import Clock, ClockKind, Incident, IncidentType, Status
from processor.domain.sla import DEFAULT_TARGETS, SlaPolicy

SHANGHAI = ZoneInfo("Asia/Shanghai")
SPANS = WORKING_HOURS

WORKING = BusinessCalendar("working", SHANGHAI, WORKING_WEEK)
POLICY = SlaPolicy(DEFAULT_TARGETS, {"working": WORKING, "7x24": ROUND_THE_CLOCK})


def local(text: str) -> datetime:
    """``2026-11-23 09:00`` on the clocks of Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def incident(**given: Any) -> Incident:
    values: dict[str, Any] = {
        "number": "INC-20261123-0001",
        "type": IncidentType.INCIDENT,
        "status": Status.NEW,
        "reported_at": local("2026-11-23 09:00"),
        "subject": "打印机卡纸",
        "symptom": "三楼打印机卡纸",
        "reporter_address": "li@customer.example",
    }
    return Incident(**{**values, **given})


def clock(priority: int = 3, at: str = "2026-11-23 09:00") -> Clock:
    """A resolution clock by the shipped policy."""
    return POLICY.start(priority, local(at))[1]


def response(priority: int = 3, at: str = "2026-11-23 09:00") -> Clock:
    found = POLICY.start(priority, local(at))[0]
    assert found.kind is ClockKind.RESPONSE
    return found
