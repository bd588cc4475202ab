"""A report reaches its readers and its folder; that one failed reaches the administrators."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from processor.domain.events import Event
from processor.domain.events_reports import ReportFailed, ReportMade
from processor.domain.people import Person, Role
from processor.domain.report_order import PrintedReport, ReportOrder
from processor.pipeline.posting import post
from processor.pipeline.state import Desk
from processor.services.policy import Policy, system
from processor.store.unit_of_work import UnitOfWork
from reports.word.faults import TemplateFault

AGAIN = timedelta(hours=1)  # until a report that failed is tried again
_LONGEST = 400  # characters of a reason in a letter


def readers_of(
    policy: Policy,
    roles: Collection[Role],
    addresses: Iterable[str],
    contacts: Iterable[Person] = (),
) -> tuple[Person, ...]:
    """Everybody of these roles and addresses, and these contacts, once each."""
    people = [person for person in policy.directory.people if person.roles & frozenset(roles)]
    people += [policy.directory.find(one) or Person(address=one.lower()) for one in addresses]
    people += contacts
    return tuple({person.address: person for person in people}.values())


def send(
    desk: Desk,
    work: UnitOfWork,
    printed: PrintedReport,
    readers: tuple[Person, ...],
    folder: Path | None,
    cause: str,
    now: datetime,
) -> None:
    """Mail the document to ``readers`` and keep it in ``folder``, in the transaction of ``work``.
    The file is there whole or not at all; a repeated transaction writes the same."""
    if readers:
        event = ReportMade(
            at=now,
            actor=system(desk.policy.language),
            readers=readers,
            title=printed.title,
            subject=printed.subject,
            file_name=printed.name,
            document=printed.content,
        )
        _post(desk, work, event, cause, now)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        begun = folder / f".{printed.name}.begun"
        begun.write_bytes(printed.content)
        begun.replace(folder / printed.name)


def tell_fault(desk: Desk, order: ReportOrder, fault: Exception, mark: str, now: datetime) -> None:
    """Tell the administrators, once for each ``mark`` (what failed, under which configuration), and
    remember that it was tried."""
    policy = desk.policy
    with desk.store.begin() as work:
        known = work.jobs.last(mark) is not None
        work.jobs.ran(mark, now)
        if known:
            return
        reason, template, place, field = str(fault) or type(fault).__name__, "", "", ""
        if isinstance(fault, TemplateFault):
            reason, template, place = fault.problem, str(fault.template), fault.place
            field = fault.field
        event = ReportFailed(
            at=now,
            actor=system(policy.language),
            title=policy.say(policy.language, f"report.kind.{order.kind}"),
            subject=order.number or order.period,
            reason=reason[:_LONGEST],
            template=template,
            place=place,
            field=field,
        )
        _post(desk, work, event, mark, now)


def _post(desk: Desk, work: UnitOfWork, event: Event, cause: str, now: datetime) -> None:
    mailbox = next(iter(desk.mailboxes.values()))
    post([event], desk, work, now, cause=cause, mailbox=mailbox)
