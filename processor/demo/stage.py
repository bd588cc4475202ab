"""Where the story plays: a wired desk between mail servers, and a clock that the story sets."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from processor.bootstrap.wiring import App, wire
from processor.demo.correspondent import read
from processor.demo.servers import LOOPBACK, DemoServers
from processor.demo.story import DESK, mailboxes
from processor.domain.incident import Incident
from processor.pipeline.processing import process_pending
from processor.pipeline.state import Journey
from processor.settings.settings import Settings

PASSWORD = "demo"  # noqa: S105 - of servers that live as long as the demo


class StoryClock:
    """Stands where the story is."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        """The time (aware) at which the story is."""
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
        """The desk lets go of its database."""
        self.app.close()


def passwords() -> dict[str, str]:
    """Everybody's mailbox of the story with its password."""
    return dict.fromkeys(mailboxes(), PASSWORD)


def submitter(port: int) -> Callable[[bytes, str], None]:
    """A mail program's way out: SMTP to the loopback server at ``port``."""

    def submit(raw: bytes, recipient: str) -> None:
        sender = str(read(raw)["From"].addresses[0].addr_spec)
        with smtplib.SMTP(LOOPBACK, port, timeout=20) as smtp:
            smtp.sendmail(sender, [recipient], raw)

    return submit


def on_servers(settings: Settings, servers: DemoServers) -> Settings:
    """The same settings with the first mailbox and sender on the demo's servers; what stands in
    the home stays as it is, so that every command works on it afterwards."""
    mailbox = replace(
        settings.mailboxes[0],
        kind="imap",
        host=LOOPBACK,
        port=servers.imap_port,
        security="none",
        user=DESK,
        secret_of=lambda: PASSWORD,
        address=DESK,
    )
    sender = replace(
        settings.senders[0], kind="smtp", host=LOOPBACK, port=servers.smtp_port, security="none"
    )
    return replace(settings, mailboxes=(mailbox,), senders=(sender,))
