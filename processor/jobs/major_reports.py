"""The report of each major incident, so long after its end (spec 4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import OperationalError

from processor.domain.emergency import Emergency
from processor.domain.report_order import ReportDesk, ReportOrder
from processor.domain.report_plans import MajorPlan
from processor.jobs.report_letters import AGAIN, readers_of, send, tell_fault
from processor.pipeline.state import Desk

LOOK_BACK = timedelta(days=31)  # the end of an older one is told by nobody any more

log = structlog.get_logger()


def report_majors(desk: Desk, now: datetime, stop: Callable[[], bool] = lambda: False) -> int:
    """Send the report of every major incident that has been over long enough at ``now`` (aware);
    returns how many. One that came back and was over again is reported again."""
    plan, printing = desk.policy.report_plans.major, desk.policy.reports
    if plan.after is None or printing is None:
        return 0
    with desk.store.read() as work:
        over = work.emergencies.over_between(now - LOOK_BACK, now - plan.after)
    sent = 0
    for emergency in over:
        if stop():
            break
        try:
            sent += _report(desk, printing, plan, emergency, now)
        except OperationalError:
            raise
        except Exception:  # the next look tries it again; the others do not wait for it
            log.exception("report.fault", incident=emergency.number)
    return sent


def _report(
    desk: Desk, printing: ReportDesk, plan: MajorPlan, emergency: Emergency, now: datetime
) -> bool:
    over_at = emergency.over_at
    if over_at is None:
        return False
    job = f"report/major/{emergency.number}"
    mark = f"failed/{job}/{over_at:%Y%m%dT%H%M}/{desk.policy.version}"
    with desk.store.read() as work:
        claimed, tried = work.jobs.last(job), work.jobs.last(mark)
        incident = work.incidents.get(emergency.number, lock=False)
    if incident is None or incident.drill or (claimed is not None and claimed >= over_at):
        return False
    if tried is not None and now - tried < AGAIN:
        return False
    order = ReportOrder("major", number=emergency.number)
    readers = readers_of(desk.policy, plan.roles, plan.addresses)
    languages = {one.language or desk.policy.language for one in readers}
    if plan.folder is not None:
        languages.add(desk.policy.language)
    try:
        printed = {one: printing.print(order, one, now) for one in sorted(languages)}
    except OperationalError:
        raise
    except Exception as fault:
        log.exception("report.failed", incident=emergency.number)
        tell_fault(desk, order, fault, mark, now)
        return False
    with desk.store.begin() as work:
        if not work.jobs.claim(job, over_at):
            return False  # another node was faster
        for language, document in printed.items():
            theirs = tuple(
                one for one in readers if (one.language or desk.policy.language) == language
            )
            folder = plan.folder if language == desk.policy.language else None
            cause = f"{job}:{over_at:%Y%m%dT%H%M}:{language}"
            send(desk, work, document, theirs, folder, cause, now)
        desk.checkpoint("reported")
    log.info("report.made", incident=emergency.number)
    return True
