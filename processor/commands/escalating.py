"""Keywords that bring in more skill or higher places, or free an engineer (spec 3; seed 5.2)."""

from __future__ import annotations

import re

from processor.commands.errand import Command, Errand, Outcome, done
from processor.commands.values import read_target
from processor.domain.errors import Refusal
from processor.domain.incident import OPEN_STATUSES, Status
from processor.domain.people import Group, Person, Role
from processor.services import escalating

_LINES = {"一": 1, "二": 2, "三": 3, "first": 1, "second": 2, "third": 3}
_LINE = re.compile(
    r"第?(?P<zh>[一二三1-3])\s*[线線]|(?:support\s+)?(?:line|l)\s*(?P<en>[1-3])\b"
    r"|(?P<word>first|second|third|[123](?=st|nd|rd))(?:st|nd|rd)?[\s-]+line\b",
    re.IGNORECASE,
)
_LEADING = " \t\r\n,，;；:：、。-—|"


def _escalate(errand: Errand) -> Outcome:
    group, person, tried = _read(errand)
    incident = errand.on
    events = escalating.escalate(
        errand.work,
        errand.policy,
        incident,
        errand.actor,
        errand.at,
        group=group,
        person=person,
        tried=tried or errand.note,
    )
    to = person.label if person else ""
    params = {"number": incident.number, "group": incident.group, "person": to}
    return done(errand, "escalate_to" if person else "escalate", events, **params)


def _read(errand: Errand) -> tuple[Group | None, Person | None, str]:
    """``网络组 已重启``, ``二线 已重启``, ``@刘洋 已重启`` or only what was tried: to which group,
    to whom, and what was tried. Without a name the next line counts if it is a single group.

    Raises Refusal when a line is named that has several groups.
    """
    value = errand.order.value.strip()
    named = _LINE.match(value)
    rest = value[named.end() :].lstrip(_LEADING) if named else value
    person, group, text = read_target(rest, errand.policy.directory)
    if person is not None or group is not None:
        return group, person, _as_written(rest, text)
    above = escalating.higher_groups(errand.policy, errand.on)
    if not above:
        return None, None, rest
    line = above[0].line
    if named:
        said = (named["zh"] or named["en"] or named["word"]).lower()
        line = _LINES[said] if said in _LINES else int(said)
    there = [one for one in above if one.line == line]
    if len(there) > 1 and named:
        raise Refusal("escalate_which", line=line, groups=[one.name for one in there])
    return (there[0] if len(there) == 1 else None), None, rest


def _as_written(value: str, text: str) -> str:
    """``text``, the end of ``value`` with single blanks, as it stands there: lines stay lines."""
    words = len(value.split()) - len(text.split())
    parts = value.split(maxsplit=words)
    whole = parts[-1] if len(parts) > words else ""
    return whole.strip(_LEADING) if whole.split()[-1:] == text.split()[-1:] else text


def _raise(errand: Errand) -> Outcome:
    events = escalating.raise_up(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, errand.value
    )
    post = next(iter(getattr(event, "post", "") for event in events), "")
    return done(errand, "raise", events, number=errand.on.number, post=post)


def _recall(errand: Errand) -> Outcome:
    engineer = errand.on.assignee
    events = escalating.recall(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, errand.value
    )
    return done(errand, "recall", events, number=errand.on.number, person=engineer)


COMMANDS = (
    Command("escalate", _escalate, frozenset({Role.ASSIGNEE}), frozenset({Status.IN_PROGRESS})),
    Command(
        "raise",
        _raise,
        frozenset(
            {
                Role.REPORTER,
                Role.ASSIGNEE,
                Role.ENGINEER,
                Role.LEAD,
                Role.DESK,
                Role.MANAGER,
                Role.EXECUTIVE,
            }
        ),
        OPEN_STATUSES,
    ),
    Command(
        "recall", _recall, frozenset({Role.DESK, Role.MANAGER}), frozenset({Status.IN_PROGRESS})
    ),
)
