"""Reports at set times of the working calendar: each once a period, whoever asks and however often.

A document is printed before anything is claimed, since that may take long; claiming its period,
the mails and the file are one transaction. What was missed while nothing ran is made up for, but
for the daily ones of days that are over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import structlog
from sqlalchemy.exc import OperationalError

from processor.domain.business_calendar import BusinessCalendar
from processor.domain.people import Person
from processor.domain.report_order import ReportDesk, ReportOrder
from processor.domain.report_plans import Every, ReportDue, ReportPlan
from processor.domain.wall_clock import instant
from processor.jobs.report_letters import AGAIN, readers_of, send, tell_fault
from processor.pipeline.state import Desk

LOOK_BACK = timedelta(days=400)  # further back nobody waits for a report

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Share:
    """One document of a plan: of one contract (""  all), in one language, for ``readers`` who
    read it. ``job`` is under what its periods are claimed."""

    plan: ReportPlan
    contract: str
    language: str
    readers: tuple[Person, ...]

    @property
    def job(self) -> str:
        """The name of the job whose periods are claimed."""
        return f"report/{self.plan.name}/{self.contract}/{self.language}"


def run_reports(desk: Desk, now: datetime, stop: Callable[[], bool] = lambda: False) -> int:
    """Make and send every report that is due at ``now`` (aware); returns how many."""
    plans, printing = desk.policy.report_plans, desk.policy.reports
    calendar = desk.policy.sla.calendars.get(plans.calendar)
    if printing is None or calendar is None:
        return 0
    made = 0
    for share in (one for plan in plans.plans for one in _shares(desk, plan)):
        if stop():
            break
        try:
            made += _catch_up(desk, printing, share, calendar, now)
        except OperationalError:
            raise
        except Exception:  # the next look tries it again; the others do not wait for it
            log.exception("report.fault", report=share.job)
    return made


def _shares(desk: Desk, plan: ReportPlan) -> Iterator[Share]:
    """A document for each contract and language in which somebody reads it."""
    plans = desk.policy.report_plans
    contracts = tuple(plans.contacts) if plan.each_contract else (plan.contract,)
    for contract in contracts:
        contacts = plans.contacts.get(contract, ()) if plan.contacts else ()
        readers = readers_of(desk.policy, plan.roles, plan.addresses, contacts)
        by_language: dict[str, list[Person]] = {}
        for reader in readers:
            language = plan.language or reader.language or desk.policy.language
            by_language.setdefault(language, []).append(reader)
        if plan.folder:
            by_language.setdefault(plan.language or desk.policy.language, [])
        for language, people in sorted(by_language.items()):
            yield Share(plan, contract, language, tuple(people))


def _catch_up(
    desk: Desk, printing: ReportDesk, share: Share, calendar: BusinessCalendar, now: datetime
) -> int:
    zone = desk.policy.zone
    today = now.astimezone(zone).date()
    with desk.store.read() as work:
        last = work.jobs.last(share.job)
    known = last.astimezone(zone).date() if last else None
    after = max(known or date.min, today - LOOK_BACK)
    due = share.plan.due_between(calendar, zone, after, now)
    if known is None and due:  # what was due before there was a schedule is owed to nobody
        _claim(desk, share, due[-1])
        return 0
    made = 0
    for one in due:
        late = share.plan.every is Every.DAY and one.unit != today
        if late:
            _skip(desk, share, one, now)
        elif not _make(desk, printing, share, one, now):
            break  # in order: what comes after waits for it
        else:
            made += 1
    return made


def _claim(desk: Desk, share: Share, due: ReportDue) -> None:
    with desk.store.begin() as work:
        work.jobs.claim(share.job, instant(due.unit, time(0), desk.policy.zone))


def _skip(desk: Desk, share: Share, due: ReportDue, now: datetime) -> None:
    with desk.store.begin() as work:
        if work.jobs.claim(share.job, instant(due.unit, time(0), desk.policy.zone)):
            work.jobs.ran(f"skipped/{share.job}/{due.unit.isoformat()}", now)
            log.warning("report.skipped", report=share.job, day=due.unit.isoformat())


def _make(desk: Desk, printing: ReportDesk, share: Share, due: ReportDue, now: datetime) -> bool:
    """Print, and unless another node was faster: send and keep. False when it cannot be made."""
    plan = share.plan
    order = ReportOrder(
        plan.kind,
        period=printing.period_of(plan.every.value, due.about),
        contract=share.contract,
        profile=plan.profile,
        only=frozenset({share.contract}) if plan.each_contract else None,
    )
    mark = f"failed/{share.job}/{due.unit.isoformat()}/{desk.policy.version}"
    with desk.store.read() as work:
        tried = work.jobs.last(mark)
    if tried is not None and now - tried < AGAIN:
        return False
    try:
        printed = printing.print(order, share.language, now)
    except OperationalError:
        raise
    except Exception as fault:
        log.exception("report.failed", report=share.job, period=order.period)
        tell_fault(desk, order, fault, mark, now)
        return False
    with desk.store.begin() as work:
        if not work.jobs.claim(share.job, instant(due.unit, time(0), desk.policy.zone)):
            return False  # another node was faster
        cause = f"{share.job}:{due.unit.isoformat()}"
        send(desk, work, printed, share.readers, plan.folder, cause, now)
        desk.checkpoint("reported")
    log.info("report.made", report=share.job, period=order.period, told=len(share.readers))
    return True
