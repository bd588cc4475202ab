"""`postdesk demo`: the main job on mail servers inside this process, told as it happens."""

from __future__ import annotations

import smtplib
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from processor.bootstrap.wiring import App, wire
from processor.demo.servers import LOOPBACK, DemoServers
from processor.demo.story import DESK, cast_and_scenes
from processor.domain.incident import Incident
from processor.pipeline.processing import process_pending
from processor.pipeline.state import Journey
from processor.settings.settings import Settings


class StoryClock:
    """Stands where the story is."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now


class DeskStage:
    """A wired desk and people who send it mail: the stage of the story on any servers.

    ``submit`` hands a mail to the mail system, ``mailbox`` gives what an address received.
    """

    def __init__(
        self,
        settings: Settings,
        clock: StoryClock,
        submit: Callable[[bytes, str], None],
        mailbox: Callable[[str], list[bytes]],
    ) -> None:
        self.clock = clock
        self.app: App = wire(settings, clock, once=True)
        self.received = mailbox
        self._submit = submit
        self._numbers: list[str] = []

    def send(self, raw: bytes, recipient: str, at: datetime) -> None:
        """Hand a person's mail to the mail system at the story's time ``at``."""
        self.clock.now = at
        self._submit(raw, recipient)

    def turn(self, at: datetime) -> list[str]:
        """Fetch, settle, send; see :class:`processor.demo.story.Stage`."""
        self.clock.now = at
        seen: list[str] = []

        def note(journey: Journey) -> None:
            seen.append(str(journey.disposition))
            if journey.incident and journey.incident.number not in self._numbers:
                self._numbers.append(journey.incident.number)

        for collector in self.app.collectors:
            collector.collect(at)
            process_pending(self.app.desk, self.clock, after=note)
            collector.acknowledge(at)
        while self.app.dispatcher.run_once(at):
            pass
        return seen

    def incident(self, ordinal: int) -> Incident:
        """The incident that was opened as the ``ordinal``-th, as it is now."""
        with self.app.store.read() as work:
            found = work.incidents.get(self._numbers[ordinal - 1], lock=False)
        if found is None:
            raise LookupError(self._numbers[ordinal - 1])
        return found

    def close(self) -> None:
        self.app.close()


def submit_by_smtp(port: int, senders: Callable[[bytes], str]) -> Callable[[bytes, str], None]:
    """A mail program's way: SMTP to the loopback server at ``port``."""

    def submit(raw: bytes, recipient: str) -> None:
        with smtplib.SMTP(LOOPBACK, port, timeout=20) as smtp:
            smtp.sendmail(senders(raw), [recipient], raw)

    return submit


def passwords() -> dict[str, str]:
    """Everybody's mailbox of the story, the desk's among them, with its password."""
    people, _ = cast_and_scenes()
    return {one.address: "demo" for one in people.values()} | {DESK: "demo"}
