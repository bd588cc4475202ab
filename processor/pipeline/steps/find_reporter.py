"""For whom one of the team writes."""

from __future__ import annotations

from processor.domain.message import MessageKind
from processor.pipeline.on_behalf import on_behalf
from processor.pipeline.state import Desk, Journey
from processor.store.unit_of_work import UnitOfWork


def find_reporter(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Judge: whose report a mail of the team is, where it may open one."""
    if journey.incident is not None or journey.orders or journey.alert is not None:
        return
    if journey.message.kind is not MessageKind.HUMAN:
        return
    journey.behalf = on_behalf(journey, desk)
    if journey.behalf is not None:
        journey.trail.append(f"reporter:{journey.behalf.reporter.address}")
