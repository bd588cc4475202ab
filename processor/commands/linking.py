"""Keywords that join incidents: duplicate, relate (spec 3; seed 5.2, 5.5)."""

from __future__ import annotations

import re

from processor.commands.errand import Command, Errand, Outcome, done
from processor.domain.errors import Refusal
from processor.domain.numbering import find_numbers
from processor.domain.people import STAFF_ROLES
from processor.services import merging, relating

_LEADING = " \t\r\n,，;；:：、。-—[]【】()（）"


def _duplicate(errand: Errand) -> Outcome:
    parent, words = _named(errand)
    events = merging.merge(
        errand.work, errand.policy, errand.on, parent, errand.actor, errand.at, words
    )
    return done(errand, "duplicate", events, number=errand.on.number, parent=errand.on.parent)


def _relate(errand: Errand) -> Outcome:
    other, words = _named(errand)
    relating.relate(errand.work, errand.on, other, errand.actor, errand.at, words)
    return done(errand, "relate", [], number=errand.on.number, other=other)


def _named(errand: Errand) -> tuple[str, str]:
    """The one number behind the keyword, and what is said beside it."""
    value = errand.order.value
    known = errand.policy.numbers
    numbers = find_numbers(value, known)
    if len(numbers) != 1:
        raise Refusal("which_other", keyword=errand.order.keyword, number=errand.on.number)
    rest = re.sub(known.pattern, " ", value, flags=re.IGNORECASE).strip(_LEADING)
    return numbers[0], rest or errand.note


COMMANDS = (
    Command("duplicate", _duplicate, STAFF_ROLES),
    Command("relate", _relate, STAFF_ROLES),
)
