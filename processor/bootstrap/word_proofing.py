"""`template check`, the Word templates: each report printed of a made-up case.

The case lies in a database that is made for it and thrown away: a closed incident, one that is a
major incident, one of a process that investigates, a problem and a change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from zoneinfo import ZoneInfo

from processor.bootstrap.pack import letterhead_of, process_documents
from processor.bootstrap.press import press_of, print_document
from processor.domain.change import Change
from processor.domain.emergency import Emergency, EmergencyState, Member
from processor.domain.events import Event
from processor.domain.incident import Incident, JournalEntry, MailRecord, Status
from processor.domain.problem import Problem
from processor.replies.samples import Sample
from processor.settings.settings import Settings
from processor.store.database import Store
from processor.store.unit_of_work import UnitOfWork

N = TypeVar("N", Problem, Change)
_STEPS = ("note", "reply", "question", "comment", "broadcast", "resolved", "escalation")
_LASTED = timedelta(hours=3)


def check_documents(settings: Settings, at: datetime) -> tuple[int, list[str]]:
    """Print every report in every language; ``at`` (aware) dates the case. Gives how many were
    printed, and the faults: each names template, place and field."""
    from reports.word.faults import TemplateFault

    printed = 0
    faults: dict[str, None] = {}
    with _case(settings, at) as (store, numbers):
        for language in settings.words:
            for print_one in _printings(settings, store, numbers, language, at):
                try:
                    print_one()
                except TemplateFault as fault:
                    faults[fault.reason] = None
                except FileNotFoundError as fault:  # the template, by its name below templates/
                    faults[str(fault)] = None
                printed += 1
    return printed, list(faults)


def _printings(
    settings: Settings, store: Store, numbers: Mapping[str, str], language: str, at: datetime
) -> Iterator[Callable[[], object]]:
    from reports.documents.registry import DOCUMENTS, Subject
    from reports.periods import current

    now = at + timedelta(days=1)
    press = press_of(settings, store)
    with store.read() as work:
        dossier = work.incidents.dossier(numbers["incident"])
    for audience in ("team", "reporter"):
        yield partial(press, dossier, language, audience, now)
    for kind, document in DOCUMENTS.items():
        about_record = document.subject is Subject.RECORD
        if about_record and kind not in numbers:
            continue  # no process of this house asks for it
        zone = ZoneInfo(settings.zone)
        yield partial(
            print_document, settings, store, document, now, language=language,
            period=None if about_record else current(document.period, at, zone),
            number=numbers.get(kind, "") if about_record else "",
        )  # fmt: skip
    words = settings.words[language]
    head = letterhead_of(settings, words, now)
    yield from (make for _, make in process_documents(settings, words, head))


@contextmanager
def _case(settings: Settings, at: datetime) -> Iterator[tuple[Store, dict[str, str]]]:
    """The store, and which record each kind of report is about."""
    sample = Sample(settings.words[settings.language], at)
    with TemporaryDirectory(prefix="postdesk-") as folder:
        store = Store(f"sqlite:///{folder}/case.db", blobs=Path(folder) / "blobs", lasting=False)
        store.upgrade()
        try:
            with store.begin() as work:
                numbers = _fill(settings, work, sample, at)
            yield store, numbers
        finally:
            store.close()


def _fill(settings: Settings, work: UnitOfWork, sample: Sample, at: datetime) -> dict[str, str]:
    closed = replace(
        sample.incident(Status.CLOSED), confirmation="confirmed", satisfaction=5,
        resolved_at=at + _LASTED, confirmed_at=at + _LASTED, closed_at=at + _LASTED,
        resolver=sample.engineer.address, closure_code=settings.closure_codes[0],
    )  # fmt: skip
    day = closed.number.rpartition("-")[0]
    major = replace(closed, number=f"{day}-0002", priority=1, major=True)
    records = {"incident": closed, "major": major}
    for name, profile in settings.profiles.items():
        if profile.investigated:
            records["investigation"] = replace(closed, number=f"{day}-0003", profile=name)
    for incident in records.values():
        _open(work, sample, incident, at, next(iter(settings.calendars)))
    _declare(work, sample, major, at)
    numbers = {kind: incident.number for kind, incident in records.items()}
    events = sample.events()
    for problem in _last(events, Problem).values():
        work.problems.add(problem, sample.manager.address, at, "shell")
        work.links.add(closed.number, problem.number, "problem")
        numbers["problem"] = problem.number
    for change in _last(events, Change).values():
        work.changes.add(change, sample.engineer.address, at, "shell")
    return numbers


def _open(
    work: UnitOfWork, sample: Sample, incident: Incident, at: datetime, calendar: str
) -> None:
    who = sample.engineer.address
    clocks = (replace(one, calendar=calendar) for one in sample.clocks_of(incident))
    work.incidents.add(incident, sample.reporter.address, at, "mail:1")
    work.clocks.put(incident.number, *clocks)
    for minutes, kind in enumerate(_STEPS, 1):
        moment = at + timedelta(minutes=minutes)
        entry = JournalEntry(moment, who, kind, "mail:1", text=incident.symptom)
        work.journal.add(incident.number, entry)
    for direction, sender in (("in", sample.reporter.address), ("out", who)):
        mail = MailRecord(
            at, direction, f"{direction}.{incident.number}@example.com", sender,
            (sample.desk.address,), incident.subject, incident.symptom,
        )  # fmt: skip
        work.mails.add(incident.number, mail)


def _declare(work: UnitOfWork, sample: Sample, major: Incident, at: datetime) -> None:
    """It was a major incident: declared, told of, with duties that are kept and that are not."""
    over, leader = EmergencyState.OVER, sample.manager.address
    emergency = Emergency(
        major.number,
        over,
        asked_at=at,
        declared_at=at,
        declared_by=leader,
        reason=major.symptom,
        said=major.symptom,
        told=1,
        over_at=at + _LASTED,
    )
    work.emergencies.put(emergency)
    work.emergencies.told(major.number, (Member(leader, sample.manager.name),), at)
    for event in sample.events():
        duty = getattr(event, "duty", None)
        if duty is not None:
            work.duties.add(replace(duty, number=major.number, ordinal=0))


def _last(events: list[Event], kind: type[N]) -> dict[str, N]:
    """Of every record of that kind how it stands in the last event about it."""
    found = (getattr(event, "neighbour", None) for event in events)
    return {one.number: one for one in found if isinstance(one, kind)}
