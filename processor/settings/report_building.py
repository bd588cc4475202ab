"""From the file of reports to the domain's values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from pathlib import Path

from processor.domain.audited import Audited
from processor.domain.listed import Listed
from processor.domain.people import Person, Role
from processor.domain.report_plans import Every, MajorPlan, ReportPlan, ReportPlans
from processor.settings.schema.agreements import DAYS
from processor.settings.schema.reports import DeliveryEntry, ReportsFile
from processor.settings.settings import Organisation

CONTACTS = "contacts"  # who is meant by that in a delivery: the contract's
_TEMPLATES = {"incident": "word/{language}/incident-report.docx"}
_ROLES = frozenset(role.value for role in Role)


def templates_of(file: ReportsFile) -> dict[str, str]:
    """Kind of report → its template; other kinds' are called as the kind is."""
    return {**_TEMPLATES, **{str(kind): name for kind, name in file.templates.items()}}


def report_plans_of(
    file: ReportsFile,
    organisations: Iterable[Organisation],
    posts: Mapping[str, str],
    home: Path,
    usual_calendar: str,
) -> ReportPlans:
    """What goes out when; ``posts`` maps posts to addresses, folders lie below ``home``; the
    ``usual_calendar`` counts where none is named."""
    contacts: dict[str, tuple[Person, ...]] = {}
    for one in organisations:
        if one.contract:
            contacts[one.contract] = (*contacts.get(one.contract, ()), *one.contacts)
    major = file.major
    return ReportPlans(
        calendar=file.calendar or usual_calendar,
        plans=tuple(_plan(entry, posts, home) for entry in file.schedule if entry.send),
        major=MajorPlan(
            after=None if major.after is None else timedelta(minutes=major.after),
            roles=_roles(major.to),
            addresses=_addresses(major.to, major.addresses, posts),
            folder=home / major.folder if major.folder else None,
        ),
        audited=Audited(file.audit.recorded, file.audit.closed),
        listed=Listed(file.listed.problems, file.listed.audit),
        contacts=contacts,
        for_customers=frozenset(file.for_customers),
    )


def _plan(entry: DeliveryEntry, posts: Mapping[str, str], home: Path) -> ReportPlan:
    clock = None
    if entry.at is not None:
        hour, minute = map(int, entry.at.split(":"))
        clock = time(hour, minute)
    return ReportPlan(
        name=entry.id,
        kind=entry.report,
        every=Every(entry.every),
        minutes=entry.before_end,
        at=clock,
        weekday=DAYS.index(entry.day),
        roles=_roles(entry.to),
        addresses=_addresses(entry.to, entry.addresses, posts),
        contacts=CONTACTS in entry.to,
        each_contract=entry.each_contract,
        language=entry.language,
        folder=home / entry.folder if entry.folder else None,
        contract=entry.contract,
        profile=entry.profile,
    )


def _roles(to: Iterable[str]) -> frozenset[Role]:
    return frozenset(Role(name) for name in to if name in _ROLES)


def _addresses(
    to: Iterable[str], addresses: Iterable[str], posts: Mapping[str, str]
) -> tuple[str, ...]:
    named = (posts[name].lower() for name in to if name in posts and name not in _ROLES)
    return tuple(dict.fromkeys((*named, *addresses)))
