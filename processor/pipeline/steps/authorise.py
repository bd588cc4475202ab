"""Which commands the proof suffices for."""

from __future__ import annotations

from processor.domain.people import Proof
from processor.pipeline.proofs import by_transport
from processor.pipeline.state import Desk, Journey
from processor.store.unit_of_work import UnitOfWork


def authorise(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Judge: every command's risk asks for a proof; one that lacks holds the whole mail.

    A token speaks for its own incident alone: a command that names another one needs more.
    That of a list speaks for what the list offers.
    """
    if not journey.orders and not journey.misspelt and not journey.staff:
        return
    transport = by_transport(journey.message, journey.mailbox, journey.sealed_by)
    token = journey.proof
    journey.proof = max(token, transport)
    own = journey.number or None
    # the manager's list offers to hold back each of its incidents
    offered = {"hold"} if journey.listed else set()
    lacking = tuple(
        order
        for order in journey.orders
        if (journey.proof if order.number in (None, own) or order.name in offered else transport)
        < desk.commands.proof_for(order.name)
    )
    if lacking:
        journey.unproven, journey.orders = journey.orders, ()
        journey.trail.append(f"authorise:unproven:{','.join(o.name for o in lacking)}")
    elif journey.orders:
        journey.trail.append(f"authorise:{Proof(journey.proof).name.lower()}")
