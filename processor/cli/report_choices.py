"""Options of `report` as a selection: which period, which incidents, told apart by what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from processor.cli.frame import USER_FAULT, Stop, sentence
from processor.domain.incident import IncidentType, Source
from processor.settings.settings import Settings
from reports.documents.registry import Document
from reports.figures.selection import Dimension, Filters, Selection
from reports.periods import FORMS, Period, PeriodError, PeriodKind, current, parse_period


class Choices(NamedTuple):
    """The options as they were typed; ``only`` are ``field=value``."""

    period: str | None
    only: Sequence[str]
    by: Sequence[str]


_FIELDS = {
    "organisation": "organisations", "contract": "contracts", "category": "categories",
    "ci": "cis", "group": "groups", "engineer": "engineers", "priority": "priorities",
    "source": "sources", "type": "types", "profile": "profiles",
}  # fmt: skip


def choose(
    settings: Settings, now: datetime, document: Document | None, choices: Choices
) -> Selection:
    """The selection. Ends the command over a value that is not known, with those that are."""
    _known("by", choices.by, (one.value for one in Dimension))
    by = tuple(Dimension(one) for one in dict.fromkeys(choices.by))
    if sum(one.of_time for one in by) > 1:
        raise Stop(USER_FAULT, sentence("two_times"))
    zone = ZoneInfo(settings.zone)
    kind = document.period if document else PeriodKind.MONTH
    usual = current(kind, now, zone)
    return Selection(
        period=_period(choices.period, zone)
        or (usual if kind is PeriodKind.DAY else usual.previous()),
        now=now,
        filters=_filters(settings, choices.only),
        by=by,
        repeat_days=settings.goals.repeat_days,
    )


def _filters(settings: Settings, only: Sequence[str]) -> Filters:
    found: dict[str, list[str | int]] = {}
    there: Mapping[str, Iterable[str]] = {
        "contract": {one.contract for one in settings.organisations} - {""},
        "profile": settings.profiles,
        "category": (one.code for one in settings.categories),
        "group": settings.directory.groups,
        "priority": ("1", "2", "3", "4"),
        "source": (one.value for one in Source),
        "type": (one.value for one in IncidentType),
    }
    for one in only:
        name, sign, value = (part.strip() for part in one.partition("="))
        _known("only", [name if sign else one], _FIELDS)
        if name in there:
            _known(name, [value], there[name])
        found.setdefault(_FIELDS[name], []).append(int(value) if name == "priority" else value)
    values: dict[str, Any] = {name: tuple(dict.fromkeys(some)) for name, some in found.items()}
    return Filters(**values)


def _period(text: str | None, zone: ZoneInfo) -> Period | None:
    if text is None:
        return None
    try:
        return parse_period(text, zone)
    except PeriodError as fault:
        told = sentence(f"bad_period_{fault.reason}", value=text, forms=", ".join(FORMS))
        raise Stop(USER_FAULT, told) from fault


def _known(option: str, given: Sequence[str], known: Iterable[str]) -> None:
    there = sorted(known)
    for value in given:
        if value not in there:
            shown = ", ".join(there) or "—"
            raise Stop(USER_FAULT, sentence("bad_choice", option=option, value=value, known=shown))
