"""Who is kept informed beside the reporter (抄送, 取消抄送; spec 3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.events_records import WatchersAdded
from processor.domain.incident import Incident
from processor.domain.people import Actor
from processor.services.moving import keep
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def add(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    addresses: Sequence[str],
) -> list[Event]:
    """抄送: these are kept informed from now on and are told so. A reporter adds people of his own
    organisation alone, or as the configuration says, so that nobody mails strangers through the
    desk; one who is kept informed adds nobody. Raises Refusal."""
    if not actor.person.staff:
        if not _reporter(incident, actor):
            raise Refusal("not_your_incident", number=incident.number)
        foreign = [one for one in addresses if not _may_add(policy, incident, one)]
        if foreign:
            raise Refusal("watchers_foreign", addresses=foreign)
    known = {incident.reporter_address, *incident.watchers}
    more = tuple(dict.fromkeys(one for one in addresses if one not in known))
    if not more:
        raise Refusal("watchers_already", addresses=tuple(addresses))
    if len(incident.watchers) + len(more) > policy.watching.most:
        raise Refusal("watchers_too_many", most=policy.watching.most)
    incident.watchers = (*incident.watchers, *more)
    frozen = keep(work, incident, actor, at)
    return [WatchersAdded(at=at, actor=actor.person, incident=frozen, added=more)]


def remove(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, addresses: Sequence[str]
) -> tuple[str, ...]:
    """取消抄送: these are not told any more; without ``addresses`` whoever asks. The team and the
    reporter take away anybody, others themselves. Gives those that were taken away."""
    own = (actor.address, *actor.person.aliases)
    wanted = tuple(addresses) or own
    if not (actor.person.staff or _reporter(incident, actor)) and not set(wanted) <= set(own):
        raise Refusal("not_your_incident", number=incident.number)
    gone = tuple(one for one in incident.watchers if one in wanted)
    if not gone:
        raise Refusal("watchers_unknown", addresses=wanted)
    incident.watchers = tuple(one for one in incident.watchers if one not in gone)
    keep(work, incident, actor, at)
    return gone


def _reporter(incident: Incident, actor: Actor) -> bool:
    return incident.reporter_address in (actor.address, *actor.person.aliases)


def _may_add(policy: Policy, incident: Incident, address: str) -> bool:
    if policy.watching.by_reporters != "organisation":
        return policy.watching.by_reporters == "anybody"
    customer = policy.customer_of(address)[0]
    if customer:
        return customer == policy.customer_of(incident.reporter_address)[0]
    domain = address.rpartition("@")[2]
    own = incident.reporter_address.rpartition("@")[2]
    return domain == own and domain not in policy.public_mail_domains
