"""Keywords that keep a record complete: effort, cc, uncc (spec 3)."""

from __future__ import annotations

from processor.commands.errand import Command, Errand, Outcome, done
from processor.commands.field_values import addresses_in
from processor.commands.values import read_duration
from processor.domain.errors import Refusal
from processor.domain.people import STAFF_ROLES
from processor.services import efforts, watching


def _effort(errand: Errand) -> Outcome:
    read = read_duration(errand.order.value)
    if read is None:
        raise Refusal("effort_unreadable", value=errand.order.value)
    minutes, words = read
    events = efforts.spend(
        errand.work, errand.on, errand.actor, errand.at, minutes, words or errand.note
    )
    return done(
        errand,
        "effort",
        events,
        number=errand.on.number,
        hours=f"{minutes / 60:.2f}".rstrip("0").rstrip("."),
        total=f"{errand.on.effort_minutes / 60:.2f}".rstrip("0").rstrip("."),
    )


def _cc(errand: Errand) -> Outcome:
    wanted = _addresses(errand)
    if not wanted:
        raise Refusal("addresses_missing", keyword=errand.order.keyword)
    events = watching.add(errand.work, errand.policy, errand.on, errand.actor, errand.at, wanted)
    return done(errand, "cc", events, number=errand.on.number, addresses=wanted)


def _uncc(errand: Errand) -> Outcome:
    gone = watching.remove(errand.work, errand.on, errand.actor, errand.at, _addresses(errand))
    return done(errand, "uncc", [], number=errand.on.number, addresses=gone)


def _addresses(errand: Errand) -> tuple[str, ...]:
    """The addresses behind the keyword; the team may name its own people."""
    value = errand.order.value
    good, bad = addresses_in(value)
    if bad:
        raise Refusal("addresses_unreadable", addresses=bad)
    if good or not value.strip() or not errand.actor.person.staff:
        return good
    person = errand.policy.directory.named(value.strip().lstrip("@＠"))
    return (person.address,) if person else ()


COMMANDS = (
    Command("effort", _effort, STAFF_ROLES),
    Command("cc", _cc),
    Command("uncc", _uncc),
)
