"""Bytes → message value."""

from __future__ import annotations

from processor.pipeline.state import Desk, Journey


def parse(journey: Journey, desk: Desk) -> None:
    """Judge: understand the bytes. Never raises; what was wrong is in ``message.defects``."""
    opened = journey.opened or desk.understand([journey.raw], desk.parse_limits)[0]
    journey.message = opened()
