"""Keywords about what is owed by a time: measures of a review, notices, reports (spec 1.7 101)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from processor.commands.due_dates import read_due
from processor.commands.errand import Command, Errand, Outcome, done
from processor.domain.emergency import MEASURE, NOTICE, REPORT
from processor.domain.errors import Refusal
from processor.domain.people import STAFF_ROLES, Directory, Person, Role
from processor.services import measures

_CUTS = (r"[;；\n]", r"[;；\n,，]")
_LEADING = " \t\r\n,，;；:：、。-—"
_OWNER = re.compile(r"(?:负责人|责任人|owner|who)\s*[:：]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Measure:
    """What is to be done, by whom, until when; None where nothing says it."""

    what: str
    owner: Person | None
    due_at: datetime | None


def read_measure(value: str, directory: Directory, now: datetime, zone: ZoneInfo) -> Measure:
    """``更换交换机; @王强; 12月1日``, parts in any order, cut by semicolons, lines or commas."""
    found = Measure("", None, None)
    for cut in _CUTS:
        found = _parts(re.split(cut, value), directory, now, zone)
        if found.owner is not None and found.due_at is not None:
            return found
    return found


def _parts(parts: list[str], directory: Directory, now: datetime, zone: ZoneInfo) -> Measure:
    what: list[str] = []
    owner: Person | None = None
    due_at: datetime | None = None
    for part in (one.strip(_LEADING) for one in parts):
        bare = _OWNER.sub("", part, count=1)
        if owner is None and (person := _colleague(bare, directory)) is not None:
            owner = person
        elif due_at is None and (moment := read_due(part, now, zone)) is not None:
            due_at = moment
        elif part:
            what.append(part)
    return Measure("；".join(what) if len(what) > 1 else "".join(what), owner, due_at)


def _colleague(name: str, directory: Directory) -> Person | None:
    person = directory.named(name.lstrip("@＠"))
    return person if person is not None and person.staff else None


def _measure(errand: Errand) -> Outcome:
    policy = errand.policy
    read = read_measure(errand.value, policy.directory, errand.at, policy.zone)
    if not read.what or read.owner is None or read.due_at is None:
        raise Refusal("measure_unreadable")
    duty, events = measures.decide(
        errand.work, policy, errand.on, errand.actor, errand.at,
        what=read.what, owner=read.owner, due_at=read.due_at,
    )  # fmt: skip
    return done(
        errand,
        "measure",
        events,
        number=errand.on.number,
        ordinal=duty.ordinal,
        person=read.owner,
        due=read.due_at,
    )


def _finished(errand: Errand, code: str, kinds: frozenset[str]) -> Outcome:
    duty = measures.done(
        errand.work, errand.on, errand.actor, errand.at, errand.order.value, kinds,
        remark=errand.rest.take,
    )  # fmt: skip
    params = {"number": errand.on.number, "ordinal": duty.ordinal, "text": duty.text}
    return done(errand, code, [], **params)


def _measure_done(errand: Errand) -> Outcome:
    return _finished(errand, "measure_done", frozenset({MEASURE}))


def _duty_done(errand: Errand) -> Outcome:
    return _finished(errand, "duty_done", frozenset({NOTICE, REPORT}))


_LEADS = frozenset({Role.MANAGER, Role.COMMANDER})

COMMANDS = (
    Command("measure", _measure, _LEADS),
    Command("measure_done", _measure_done, STAFF_ROLES),
    Command("duty_done", _duty_done, STAFF_ROLES),
)
