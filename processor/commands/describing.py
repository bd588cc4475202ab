"""``#地点: 三楼``, ``#system: OA``: a field of the record by its name (spec 1.2).

The names are configuration (``fields`` in ``config/commands.yaml``); each is the command
``set_<field>`` and counts with its mark alone, for people write such lines in plain text, too.
"""

from __future__ import annotations

from collections.abc import Callable

from processor.commands.errand import Command, Errand, Outcome, done
from processor.commands.field_values import attribute, read_value
from processor.domain.people import STAFF_ROLES, Role
from processor.services import describing

_TEAM = STAFF_ROLES
_PARTIES = STAFF_ROLES | {Role.REPORTER}
_DESK = frozenset({Role.DESK})
_WHO = {
    "phone": _PARTIES,
    "department": _PARTIES,
    "site": _PARTIES,
    "occurred_at": _PARTIES,
    "system": _PARTIES,
    "error_code": _PARTIES,
    "likely_impact": _PARTIES,
    "subject": _TEAM,
    "type": _TEAM,
    "source": _TEAM,
    "active_service": _TEAM,
    "organisation": _TEAM,
    "fault_vendor": _TEAM,
    "symptom": _DESK,  # else it is what the reporter wrote
    "reporter": _DESK,
    "address": _DESK,  # who has it is asked, told and obeyed as the reporter
}

OF_THE_TEAM = frozenset(
    f"set_{field}" for field, roles in _WHO.items() if Role.REPORTER not in roles
)
"""Commands of fields that only the team sets: where others write ``# 现象`` and nothing behind it,
that is a heading."""


def _setting(field: str) -> Callable[[Errand], Outcome]:
    def run(errand: Errand) -> Outcome:
        said = errand.order.value or (errand.note if field == "symptom" else "")
        value = read_value(field, said, errand.policy, errand.at)
        events = describing.describe(
            errand.work,
            errand.on,
            errand.actor,
            errand.at,
            attribute(field),
            value,
            errand.order.text,
        )
        return done(
            errand, "field_set", events, number=errand.on.number, named=attribute(field), value=said
        )

    return run


COMMANDS = tuple(
    Command(f"set_{field}", _setting(field), roles, listed=False) for field, roles in _WHO.items()
)
