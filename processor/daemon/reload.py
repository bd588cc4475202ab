"""A daemon that follows its configuration: all of a change comes into force, or none of it.

Files are looked at every other second, and at once on SIGHUP. What can be read, passes every
check and can be built takes over when the desk at work has finished what it began; mail that
comes meanwhile waits where it is. Anything else leaves the last good configuration in force, and
the administrators are told by log and mail, once for each state of the files.
"""

from __future__ import annotations

import hashlib
import signal
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import structlog

from processor.bootstrap.in_force import keep_in_force
from processor.bootstrap.wiring import App
from processor.daemon.service import Service
from processor.domain.events_house import ConfigurationRefused
from processor.domain.wording import Words
from processor.pipeline.posting import post
from processor.services.policy import system
from processor.settings.loader import ConfigFaults, load
from processor.settings.settings import Settings

LOOK_SECONDS = 2.0
WATCHED = ("config", "templates")
MOST_TOLD = 50  # faults in a mail

Build = Callable[[Settings], App]
Check = Callable[[Settings, Words, datetime], list[str]]

log = structlog.get_logger()


def fingerprint(home: Path) -> str:
    """Changes with any file of the configuration or of the home's templates."""
    seen = hashlib.sha256()
    for path, stamp in _stamps(home):
        seen.update(f"{path}\0{stamp}\n".encode("utf-8", "surrogateescape"))
    return seen.hexdigest()[:16]


def _stamps(home: Path) -> Iterator[tuple[Path, str]]:
    for folder in WATCHED:
        for path in sorted((home / folder).rglob("*")):
            try:
                found = path.stat()
            except OSError:
                continue  # an editor's file, gone again
            if path.is_file():
                yield path, f"{found.st_mtime_ns} {found.st_size} {found.st_ino}"


class Reloading:
    """Runs one desk after the other until told to stop, each by a configuration of its own.

    ``build`` makes a desk of settings, ``check`` names what is wrong with settings beyond their
    form (in the desk's language). The first desk is given, and closed here like all others.
    """

    def __init__(
        self, app: App, build: Build, check: Check, *, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._app = app
        self._build = build
        self._check = check
        self._look_seconds = look_seconds
        self._home = app.settings.home
        self._seen = fingerprint(self._home)
        self._judged = self._seen
        self._asked = threading.Event()  # something wants the watcher's attention
        self._forced = False
        self._ended = threading.Event()
        self._next: App | None = None
        self._service = Service(app)

    @property
    def version(self) -> str:
        """Of the configuration in force."""
        return self._app.settings.version

    def run(self, *, signals: bool = True) -> None:
        """Work until SIGTERM, SIGINT or :meth:`stop`; SIGHUP reads the configuration anew."""
        if signals:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: self.stop())
            signal.signal(signal.SIGHUP, lambda *_: self.reload())
        watcher = threading.Thread(target=self._watch, name="configuration")
        watcher.start()
        try:
            while True:
                keep_in_force(self._app.store, self._app.settings, self._app.clock())
                lacking = self._app.settings.as_shipped
                log.info("configuration.in_force", version=self.version, as_shipped=lacking)
                self._service.run(signals=False)
                if self._next is None or self._ended.is_set():
                    return
                self._app.close()
                self._app, self._next = self._next, None
                self._service = Service(self._app)
                if self._ended.is_set():
                    return
        finally:
            self.stop()
            watcher.join()
            for app in (self._app, self._next):
                if app is not None:
                    app.close()

    def stop(self) -> None:
        """End when what was begun is finished."""
        self._ended.set()
        self._service.stop.set()
        self._asked.set()

    def reload(self) -> None:
        """Read the configuration anew, changed or not (a password may have changed)."""
        self._forced = True
        self._asked.set()

    def _watch(self) -> None:
        while not self._ended.is_set():
            self._asked.wait(self._look_seconds)
            self._asked.clear()
            if self._ended.is_set():
                return
            try:
                self._look()
            except Exception:
                log.exception("configuration.fault")

    def _look(self) -> None:
        now_there = fingerprint(self._home)
        settled, self._seen = now_there == self._seen, now_there
        forced, self._forced = self._forced, False
        if self._next is not None:
            self._forced = forced
            return  # the last change is just taking over
        if forced or (settled and now_there != self._judged):
            # of an edit that is still going on the end is waited for
            self._judged = now_there
            self._take_over(now_there)

    def _take_over(self, mark: str) -> None:
        words = self._app.settings.words[self._app.settings.language]
        try:
            settings = load(self._home)
            wrong = self._check(settings, words, self._app.clock())
        except ConfigFaults as faults:
            wrong = [fault.told(words) for fault in faults.faults]
        if not wrong:
            try:
                app = self._build(settings)
            except Exception as fault:
                log.exception("configuration.not_built")
                wrong = [f"{type(fault).__name__}: {fault}"]
            else:
                self._next = app
                self._service.stop.set()
                return
        self._refuse(wrong, mark)

    def _refuse(self, wrong: list[str], mark: str) -> None:
        log.error("configuration.refused", in_force=self.version, faults=wrong[:MOST_TOLD])
        desk, now = self._app.desk, self._app.clock()
        event = ConfigurationRefused(
            at=now,
            actor=system(desk.policy.language),
            faults=tuple(wrong[:MOST_TOLD]),
            more=max(0, len(wrong) - MOST_TOLD),
            in_force=self.version,
        )
        mailbox = next(iter(desk.mailboxes.values()))
        with desk.store.begin() as work:
            post([event], desk, work, now, cause=f"configuration:{mark}", mailbox=mailbox)
        self._service.send()
