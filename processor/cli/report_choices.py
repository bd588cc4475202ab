"""Options of `report` as a selection: which period, which incidents, told apart by what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from processor.cli.frame import USER_FAULT, Stop, sentence
from processor.settings.settings import Settings
from reports.documents.registry import Document
from reports.figures.selection import Dimension, Filters, Selection
from reports.periods import FORMS, Period, PeriodError, PeriodKind, current, parse_period


class Choices(NamedTuple):
    """The options as they were typed."""

    period: str | None
    contracts: Sequence[str]
    profiles: Sequence[str]
    categories: Sequence[str]
    groups: Sequence[str]
    by: Sequence[str]


def choose(
    settings: Settings, now: datetime, document: Document | None, choices: Choices
) -> Selection:
    """The selection. Ends the command over a value that is not known, with those that are."""
    _known("contract", choices.contracts, {one.contract for one in settings.organisations} - {""})
    _known("profile", choices.profiles, settings.profiles)
    _known("category", choices.categories, (one.code for one in settings.categories))
    _known("group", choices.groups, settings.directory.groups)
    _known("by", choices.by, (one.value for one in Dimension))
    by = tuple(Dimension(one) for one in dict.fromkeys(choices.by))
    if sum(one.of_time for one in by) > 1:
        raise Stop(USER_FAULT, sentence("two_times"))
    zone = ZoneInfo(settings.zone)
    kind = document.period if document else PeriodKind.MONTH
    return Selection(
        period=_period(choices.period, zone) or current(kind, now, zone).previous(),
        now=now,
        filters=Filters(
            contracts=tuple(choices.contracts),
            profiles=tuple(choices.profiles),
            categories=tuple(choices.categories),
            groups=tuple(choices.groups),
        ),
        by=by,
        repeat_days=settings.goals.repeat_days,
    )


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
