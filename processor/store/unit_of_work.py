"""One transaction, and everything that can be done in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy import Connection

from processor.store.audits import Audits
from processor.store.bookkeeping import Counters, Jobs, Numbers, People
from processor.store.configurations import Configurations
from processor.store.correspondence import Attachments, Mails
from processor.store.duties import Duties
from processor.store.editions import Editions
from processor.store.emergencies import Emergencies
from processor.store.exports import Exports
from processor.store.facts import rebuild
from processor.store.incidents import Incidents
from processor.store.items import Items
from processor.store.journal import Clocks, Journal, Links
from processor.store.knowledge import Knowledge
from processor.store.likenesses import Likenesses
from processor.store.neighbour_records import Changes, Problems
from processor.store.neighbours import neighbour_journal, neighbour_mails, neighbour_timers
from processor.store.outbox import Outbox
from processor.store.overviews import Overviews
from processor.store.own_records import OwnRecords
from processor.store.spool import Spool
from processor.store.timers import Timers
from processor.store.troubles import Troubles
from processor.store.writing import Writing


class UnitOfWork:
    """The repositories on one connection; committed or rolled back as a whole by the store."""

    def __init__(self, connection: Connection, *, reading: bool = False) -> None:
        self._writing = Writing(connection)
        self._reading = reading

    @property
    def connection(self) -> Connection:
        """The connection itself, for what no repository offers."""
        return self._writing.plain

    def write(self) -> None:
        """Write what waited for the end."""
        self._writing.write()

    def recount(self) -> None:
        """Work out anew what reports count of every incident: after rows were written past the
        repositories. It takes some seconds for 100,000 incidents."""
        self.write()
        rebuild(self._writing)

    @cached_property
    def spool(self) -> Spool:
        """Messages in."""
        return Spool(self._writing)

    @cached_property
    def incidents(self) -> Incidents:
        """Incidents and their dossiers."""
        return Incidents(
            self._writing,
            self.journal,
            self.clocks,
            self.mails,
            self.attachments,
            self.links,
            self.own,
            reading=self._reading,
        )

    @cached_property
    def journal(self) -> Journal:
        """Who changed what."""
        return Journal(self._writing)

    @cached_property
    def clocks(self) -> Clocks:
        """SLA clocks."""
        return Clocks(self._writing)

    @cached_property
    def timers(self) -> Timers:
        """What is to ring."""
        return Timers(self._writing)

    @cached_property
    def mails(self) -> Mails:
        """Mails of incidents."""
        return Mails(self._writing)

    @cached_property
    def attachments(self) -> Attachments:
        """Files of incidents."""
        return Attachments(self._writing)

    @cached_property
    def links(self) -> Links:
        """Which records belong together."""
        return Links(self._writing)

    @cached_property
    def duties(self) -> Duties:
        """What is owed on incidents by a time."""
        return Duties(self._writing)

    @cached_property
    def emergencies(self) -> Emergencies:
        """Major incidents and who has acknowledged them."""
        return Emergencies(self._writing)

    @cached_property
    def own(self) -> OwnRecords:
        """What profiles add to the record."""
        return OwnRecords(self._writing)

    @cached_property
    def troubles(self) -> Troubles:
        """What monitoring systems tell of."""
        return Troubles(self._writing)

    @cached_property
    def editions(self) -> Editions:
        """Which edition of a small collection is in force."""
        return Editions(self._writing)

    @cached_property
    def items(self) -> Items:
        """Configuration items."""
        return Items(self._writing, self.editions)

    @cached_property
    def knowledge(self) -> Knowledge:
        """Knowledge articles and known errors."""
        return Knowledge(self._writing, self.editions)

    @cached_property
    def likenesses(self) -> Likenesses:
        """Which incidents have which terms."""
        return Likenesses(self._writing)

    @cached_property
    def problems(self) -> Problems:
        """Problems."""
        return Problems(self._writing, self.neighbour_journal, self.editions, reading=self._reading)

    @cached_property
    def changes(self) -> Changes:
        """Requests for change."""
        return Changes(self._writing, self.neighbour_journal, reading=self._reading)

    @cached_property
    def neighbour_journal(self) -> Journal:
        """Who changed what of problems and changes."""
        return Journal(self._writing, neighbour_journal)

    @cached_property
    def neighbour_mails(self) -> Mails:
        """Mails of problems and changes."""
        return Mails(self._writing, neighbour_mails)

    @cached_property
    def neighbour_timers(self) -> Timers:
        """What is to ring for problems and changes."""
        return Timers(self._writing, neighbour_timers)

    @cached_property
    def outbox(self) -> Outbox:
        """Mails out."""
        return Outbox(self._writing)

    @cached_property
    def numbers(self) -> Numbers:
        """Numbers of records."""
        return Numbers(self._writing)

    @cached_property
    def people(self) -> People:
        """Who ever wrote."""
        return People(self._writing)

    @cached_property
    def counters(self) -> Counters:
        """Rates."""
        return Counters(self._writing)

    @cached_property
    def jobs(self) -> Jobs:
        """When jobs ran."""
        return Jobs(self._writing)

    @cached_property
    def configurations(self) -> Configurations:
        """Configurations that were in force."""
        return Configurations(self._writing)

    @cached_property
    def audits(self) -> Audits:
        """What an audit of the process finds."""
        return Audits(self._writing)

    @cached_property
    def exports(self) -> Exports:
        """Everything of a period."""
        return Exports(self._writing)

    @cached_property
    def overviews(self) -> Overviews:
        """What lists are made of."""
        return Overviews(self._writing)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """All or none inside the transaction: an exception undoes what was done in it, and
        incidents are loaded anew afterwards."""
        try:
            with self.connection.begin_nested():
                yield
                self.write()
        except BaseException:
            self._writing.forget()
            for book in (
                self.incidents,
                self.spool,
                self.mails,
                self.attachments,
                self.numbers,
                self.counters,
                self.editions,
                self.likenesses,
            ):
                book.forget()
            for beside in (self.problems, self.changes, self.neighbour_mails):
                beside.forget()
            raise
