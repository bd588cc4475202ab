"""Bytes → message value."""

from __future__ import annotations

from processor.parsing.parse import parse as parse_bytes
from processor.pipeline.state import Desk, Journey


def parse(journey: Journey, desk: Desk) -> None:
    """Judge: understand the bytes. Never raises; what was wrong is in ``message.defects``."""
    journey.message = parse_bytes(journey.raw, desk.parse_limits)
