"""The daemon: collects mailboxes, settles messages, sends mails, rings timers, until stopped.

Three kinds of hands work side by side, each on its own thread: one a mailbox (its connection
belongs to it), one that settles messages in order, one that sends. APScheduler wakes them at
their intervals and sweeps the timers; whoever finished a piece of work wakes the next at once.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from processor.bootstrap.wiring import App
from processor.daemon.hand import Hand
from processor.daemon.heap import calm
from processor.daemon.reader import FEW, Reader
from processor.daemon.scribe import Scribe
from processor.intake.collector import Collector
from processor.jobs.agreements import follow_configuration
from processor.jobs.calendar_watch import watch_calendars
from processor.jobs.inventory import take_items
from processor.jobs.major_reports import report_majors
from processor.jobs.reports import run_reports
from processor.jobs.rounds import run_rounds
from processor.jobs.sweep import sweep
from processor.jobs.upkeep import look_after
from processor.parsing.parse import ParseLimits
from processor.pipeline.processing import process_pending
from processor.pipeline.state import Journey, Opened

SWEEP_SECONDS = 30
SEND_SECONDS = 5

log = structlog.get_logger()


@dataclass(slots=True)
class Once:
    """What one drain did; ``unreachable`` names mail ends that could not be used, and why."""

    fetched: int = 0
    settled: int = 0
    sent: int = 0
    rung: int = 0
    rounds: int = 0
    reports: int = 0
    dispositions: dict[str, int] = field(default_factory=dict)
    unreachable: tuple[str, ...] = ()

    def count(self, journey: Journey) -> None:
        """Count one journey's disposition."""
        name = str(journey.disposition)
        self.dispositions[name] = self.dispositions.get(name, 0) + 1

    def as_dict(self) -> dict[str, Any]:
        """As `--json` shows it."""
        return asdict(self)


class Service:
    """Runs one wired desk."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.stop = threading.Event()
        self._reader = Reader()
        self._scribe = Scribe(app.desk.composer)
        self._settler = Hand("settle", self._settle, self.stop)
        self._sender = Hand("send", self._send, self.stop)
        self._clocks = Hand("clocks", self._sweep, self.stop)

    def send(self) -> None:
        """Somebody left a mail in the outbox."""
        self._sender.wake()

    # ---- until told to stop ------------------------------------------------------------------

    def run(self, *, signals: bool = True) -> None:
        """Work until SIGTERM, SIGINT or ``stop``; what was begun is finished first."""
        if signals:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: self.stop.set())
        watchers = [
            threading.Thread(target=self._watch, args=(collector,), name=collector.source.origin)
            for collector in self.app.collectors
        ]
        scheduler = self._scheduler()
        calm()
        log.info("daemon.started", mailboxes=[w.name for w in watchers])
        hands = (self._settler, self._sender, self._clocks)
        for hand in hands:
            hand.start()
            hand.wake()  # for what was left when the last one stopped
        for watcher in watchers:
            watcher.start()
        scheduler.start()
        self.stop.wait()
        log.info("daemon.stopping")
        scheduler.shutdown(wait=True)
        for hand in hands:
            hand.wake()
            hand.join()
        self._reader.close()
        self._scribe.close()
        for watcher in watchers:
            watcher.join()
        log.info("daemon.stopped")

    def _scheduler(self) -> BackgroundScheduler:
        scheduler = BackgroundScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        scheduler.add_job(self._clocks.wake, "interval", seconds=SWEEP_SECONDS, id="clocks")
        scheduler.add_job(self._sender.wake, "interval", seconds=SEND_SECONDS, id="outbox")
        scheduler.add_job(self._settler.wake, "interval", seconds=SEND_SECONDS, id="spool")
        return scheduler

    def _watch(self, collector: Collector) -> None:
        """One mailbox: collect, have it settled, acknowledge, wait for more."""
        mailbox = self.app.desk.mailboxes[collector.source.origin]
        while not self.stop.is_set():
            try:
                spooled = collector.collect(self.app.clock())
                if spooled:
                    self._settler.wake()
                acknowledged = collector.acknowledge(self.app.clock())
            except Exception:
                log.exception("mailbox.fault", mailbox=mailbox.name)
                self.stop.wait(mailbox.poll_seconds)
                continue
            if spooled:
                continue
            if not self._settler.idle.is_set():
                # what was collected is still being settled: it is acknowledged by the hundred
                self._settler.idle.wait(timeout=1.0)
                continue
            if acknowledged:
                continue
            collector.wait(mailbox.poll_seconds, self.stop)
        try:
            collector.acknowledge(self.app.clock())
        except Exception:  # what is not said now is said after the next start
            log.exception("mailbox.fault", mailbox=mailbox.name)
        collector.close()

    def _settle(self) -> None:
        desk = replace(self.app.desk, understand=self._understand, composer=self._scribe)
        process_pending(desk, self.app.clock, self.stop.is_set, lambda _: self._sender.wake())

    def _understand(self, raws: Sequence[bytes], limits: ParseLimits) -> Sequence[Opened]:
        if len(raws) > FEW:
            self._scribe.hire()
        return self._reader.understand(raws, limits)

    def _send(self) -> None:
        while not self.stop.is_set() and self.app.dispatcher.run_once(self.app.clock()):
            pass

    def _sweep(self) -> None:
        desk, stop = self.app.desk, self.stop.is_set
        take_items(desk, self.app.clock())
        follow_configuration(desk, self.app.clock(), stop)
        told = watch_calendars(desk, self.app.clock())
        rung = sweep(desk, self.app.clock(), stop)
        held = run_rounds(desk, self.app.clock(), stop)
        held += run_reports(desk, self.app.clock(), stop)
        held += report_majors(desk, self.app.clock(), stop)
        if look_after(desk, self.app.clock()) or held or rung or told:
            self._sender.wake()

    # ---- once --------------------------------------------------------------------------------

    def once(self) -> Once:
        """Drain: fetch, settle, ring what is due, hold rounds, send, until nothing is left."""
        app, result = self.app, Once()
        take_items(app.desk, app.clock())
        for collector in app.collectors:
            while True:
                spooled = collector.collect(app.clock())
                result.fetched += spooled
                result.settled += process_pending(app.desk, app.clock, after=result.count)
                collector.acknowledge(app.clock())
                if not spooled:
                    break
        follow_configuration(app.desk, app.clock())
        watch_calendars(app.desk, app.clock())
        result.rung = sweep(app.desk, app.clock())
        result.rounds = run_rounds(app.desk, app.clock())
        result.reports = run_reports(app.desk, app.clock()) + report_majors(app.desk, app.clock())
        look_after(app.desk, app.clock())
        while sent := app.dispatcher.run_once(app.clock()):
            result.sent += sent
        result.unreachable = tuple(self._troubles())
        return result

    def _troubles(self) -> list[str]:
        ends: list[tuple[str, Any]] = [
            (collector.source.origin, collector.backoff) for collector in self.app.collectors
        ]
        ends.extend(self.app.dispatcher.backoffs.items())
        return [f"{name}: {backoff.last_error}" for name, backoff in ends if backoff.failures]
