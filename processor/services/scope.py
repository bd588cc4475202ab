"""What is taken on and what is not (不受理, seed 5.1, 8.1; spec 1.4 (2))."""

from __future__ import annotations

from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.events_records import Appealed, Rejected
from processor.domain.incident import Incident, Source, Status
from processor.domain.people import Actor, Person
from processor.services.moving import keep, move_by_desk, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

# what nobody has begun to work on goes by way of the desk, as the table of moves has it
_BACK = {Status.ASSIGNED: Status.NEW}
_ASKED = frozenset({Source.MAIL, Source.FORM, Source.SELF_SERVICE})


def outside(policy: Policy, person: Person) -> bool:
    """Whether somebody belongs to no organisation that is served, nor to the desk's own people."""
    if not person.address or policy.directory.find(person.address) is not None:
        return False
    return policy.customer_of(person.address) == ("", "")


def uncovered(policy: Policy, address: str, category: str) -> bool:
    """Whether the contract of whom the address belongs to does not cover this category."""
    customer = policy.customers.get(policy.customer_of(address)[0])
    return customer is not None and not customer.covers(category)


def ruling(policy: Policy, reporter: Person, source: Source, category: str) -> str:
    """``accept``, ``ask`` or ``reject``, for what somebody reports by himself. What the team
    records for somebody has been judged by whoever did."""
    if policy.scope.outside == "accept" or source not in _ASKED:
        return "accept"
    if outside(policy, reporter) or uncovered(policy, reporter.address, category):
        return policy.scope.outside
    return "accept"


def why(policy: Policy, reporter: Person, language: str) -> str:
    """The reason that a reporter is given who was not served, or not with this."""
    return policy.say(language, "scope.outside" if outside(policy, reporter) else "scope.service")


def reject(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, reason: str
) -> list[Event]:
    """不受理: not taken on. The reporter is told why and how to appeal, and sales where the
    contracts' file says so. Raises Refusal."""
    reporter = Person(address=incident.reporter_address)
    if not reason.strip():
        raise Refusal("reason_missing")
    move_by_desk(work, policy, incident, Status.REJECTED, actor, at, _BACK)
    incident.assignee = ""
    incident.owner = policy.desk
    step(work, incident, actor, at, "rejected", reason)
    frozen = keep(work, incident, actor, at)
    beyond = outside(policy, reporter) or uncovered(
        policy, incident.reporter_address, incident.category
    )
    sales = policy.scope.told(outside=beyond)
    return [Rejected(at=at, actor=actor.person, incident=frozen, reason=reason, sales=sales)]


def appeal(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, text: str
) -> list[Event]:
    """The reporter of what was not taken on does not agree: the service desk decides anew. His
    words are in the journal already."""
    frozen = keep(work, incident, actor, at)
    return [Appealed(at=at, actor=actor.person, incident=frozen, text=text)]
