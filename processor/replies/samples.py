"""A made-up case, of which every letter can be written: for the check at start and the gallery.

A template that fails must fail before the daemon works, not on the day when its letter is due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypedDict

from processor.domain import events as e
from processor.domain import events_alerts as al
from processor.domain import events_profiles as ep
from processor.domain.incident import (
    Clock,
    ClockKind,
    Incident,
    IncidentType,
    Status,
)
from processor.domain.people import Directory, Group, Person, Role
from processor.domain.wording import Words
from processor.replies import (
    samples_answers,
    samples_closing,
    samples_emergency,
    samples_escalation,
    samples_neighbours,
)
from processor.replies.letters import Letter, letters_for
from processor.replies.samples_found import associations, candidate

CATEGORY = "hardware/printer"


class _By(TypedDict):
    at: datetime
    actor: Person


class Sample:
    """The case in the language of ``words``, in the process ``profile``; all of it happened on the
    day of ``now`` (aware). Its report is answered by each of ``reply_templates``, too."""

    def __init__(
        self,
        words: Words,
        now: datetime,
        profile: str = "",
        reply_templates: Sequence[str] = (),
    ) -> None:
        self._profile = profile
        self._reply_templates = tuple(reply_templates)
        self.words = words
        self.language = words.language
        self.now = now
        self.categories = {CATEGORY: {words.language: self._say("category")}}
        self.reporter = self._person("reporter")
        self.engineer = self._person("engineer", Role.ENGINEER, group="network")
        self.manager = self._person("manager", Role.MANAGER, Role.ADMINISTRATOR)
        self.desk = self._person("desk", Role.DESK, group="desk")
        lead = replace(self._person("lead", Role.ENGINEER, Role.LEAD), leads=("network",))
        self.directory = Directory(
            (self.engineer, self.manager, self.desk, lead),
            (
                self._group("desk", "desk_group", 1, self.desk),
                self._group("network", "group", 2, lead, self.engineer),
            ),
            "desk",
        )
        self.system = Person(address="postdesk", roles=frozenset({Role.SYSTEM}))
        self.clocks = (
            self._clock(ClockKind.RESPONSE, 120, timedelta(hours=2)),
            self._clock(ClockKind.RESOLUTION, 1440, timedelta(days=2, hours=4, minutes=50)),
        )

    def clocks_of(self, incident: Incident) -> tuple[Clock, ...]:
        """Its targets as they stand: accepted in time, perhaps waiting, perhaps solved."""
        response, resolution = self.clocks
        if incident.status in (Status.NEW, Status.ASSIGNED):
            return self.clocks
        if incident.status.value.startswith("pending_") and incident.open:
            resolution = replace(resolution, paused_since=self.now)
        return replace(response, stopped_at=self.now), resolution

    def targets(self, letter: Letter) -> tuple[Clock, ...]:
        """What the letter shows beside what its event brings."""
        return self.clocks_of(letter.incident) if letter.incident and letter.timed else ()

    def _say(self, key: str) -> str:
        return self.words.say(f"mail.sample.{key}")

    def _by(self, actor: Person) -> _By:
        return {"at": self.now, "actor": actor}

    def letters(self) -> list[Letter]:
        """Every kind of letter at least once."""
        return [
            letter
            for event in self.events()
            for letter in letters_for(event, self.directory, language=self.language)
        ]

    def events(self) -> list[e.Event]:
        """The case from its report to its end, with all that can come between."""
        return [
            *self._course(),
            *self._warnings(),
            *samples_answers.events(self, self._say, self._by),
            *samples_closing.events(self, self._say, self._by),
            *samples_emergency.events(self, self._say, self._by),
            *samples_escalation.events(self, self._say, self._by),
            *samples_neighbours.events(self, self._say, self._by),
        ]

    def incident(self, status: Status, **changes: Any) -> Incident:
        """The record in that state."""
        base = Incident(
            number=f"INC-{self.now:%Y%m%d}-0001",
            type=IncidentType.INCIDENT,
            status=status,
            reported_at=self.now,
            subject=self._say("subject"),
            symptom=self._say("symptom"),
            reporter_address=self.reporter.address,
            reporter_name=self.reporter.name,
            reporter_phone="8023",
            department=self._say("department"),
            site=self._say("site"),
            language=self.language,
            profile=self._profile,
            category=CATEGORY,
            impact=3,
            urgency=2,
            priority=3,
            initial_priority=3,
            owner="desk",
            group="network",
            line=2,
        )
        late = (Status.NEW, Status.CANCELLED, Status.REJECTED)
        if status not in (*late, Status.ASSIGNED):
            base.assignee = self.engineer.address
        if status in late:
            base.group = ""
        if status in (Status.RESOLVED, Status.PENDING_REVIEW, Status.CLOSED):
            base.solution, base.cause = self._say("solution"), self._say("cause")
            base.action = self._say("action")
        return replace(base, **changes)

    def _course(self) -> list[e.Event]:
        say = self._say
        by_reporter = self._by(self.reporter)
        by_engineer = self._by(self.engineer)
        by_manager = self._by(self.manager)
        by_rule = self._by(self.system)
        new, assigned = self.incident(Status.NEW), self.incident(Status.ASSIGNED)
        working, asked = self.incident(Status.IN_PROGRESS), self.incident(Status.PENDING_USER)
        solved, closed = self.incident(Status.RESOLVED), self.incident(Status.CLOSED)
        review = self.incident(Status.PENDING_REVIEW, confirmation="confirmed", satisfaction=5)
        mine = replace(assigned, assignee=self.engineer.address)
        like = associations(self.words)
        later = self.now + timedelta(days=4)
        return [
            e.Opened(**by_reporter, incident=new, clocks=self.clocks, like=like),
            e.Opened(**by_reporter, incident=assigned, follows="INC-20260911-0007"),
            *(
                e.Opened(
                    **by_reporter,
                    incident=replace(assigned, reply_template=name),
                    clocks=self.clocks,
                )
                for name in self._reply_templates
            ),
            e.Dispatched(**by_rule, incident=assigned, clocks=self.clocks),
            e.Dispatched(
                **self._by(self.desk),
                incident=mine,
                clocks=self.clocks,
                text=say("dispatch"),
                like=like,
            ),
            e.Accepted(**by_engineer, incident=working),
            e.ReporterWrote(**by_reporter, incident=working, text=say("update")),
            e.Replied(
                **by_engineer,
                incident=replace(working, watchers=("watcher@example.com",)),
                text=say("reply"),
            ),
            e.Asked(**by_engineer, incident=asked, question=say("question"), until=later),
            e.Resolved(**by_engineer, incident=solved, until=later),
            e.Confirmed(**by_reporter, incident=review, comment=say("confirm"), until=later),
            e.Confirmed(**by_rule, incident=replace(review, confirmation="silent")),
            e.Reopened(**by_reporter, incident=working, comment=say("reopen")),
            e.Reopened(**by_manager, incident=working),
            e.SentBack(**by_manager, incident=working, reason=say("send_back")),
            e.Returned(**by_engineer, incident=new, reason=say("returned")),
            e.Archived(**by_manager, incident=closed, report=(say("report_file"), b"PK")),
            candidate(self.words, self.now, closed, self.system),
            e.Cancelled(**by_rule, incident=self.incident(Status.CANCELLED), reason=say("cancel")),
        ]

    def _warnings(self) -> list[e.Event]:
        by_rule = self._by(self.system)
        assigned, working = self.incident(Status.ASSIGNED), self.incident(Status.IN_PROGRESS)
        return [
            e.CommandUnproven(
                **self._by(self.engineer), incident=working, commands=(self._say("command"),)
            ),
            e.CommandUnproven(
                **self._by(self.engineer), incident=None, commands=(self._say("asking_command"),)
            ),
            e.StrangerWrote(
                **by_rule,
                incident=working,
                stranger=self._say("stranger"),
                opened=f"INC-{self.now:%Y%m%d}-0014",
            ),
            e.DeliveryFailed(
                **by_rule, incident=working, address=self.reporter.address, status="5.1.1"
            ),
            *(
                al.AlertRecovered(**by_rule, incident=record, source="zabbix", outcome=outcome)
                for outcome, record in (
                    ("resolved", self.incident(Status.RESOLVED)),
                    ("noted", working),
                    ("unproven", assigned),
                )
            ),
            ep.GradeReached(
                **by_rule, incident=replace(assigned, priority=1), tell=("director@example.com",)
            ),
            al.AlertFlapping(
                **by_rule, incident=assigned, source="zabbix", count=3, calm_minutes=60
            ),
            e.MessageQuarantined(
                **by_rule,
                spool_id=212,
                mailbox="desk",
                sender="billing@elsewhere.example",
                subject=self._say("spam_subject"),
                reason=self._say("quarantine"),
            ),
        ]

    def listed(self) -> tuple[tuple[Incident, tuple[Clock, ...]], ...]:
        """Three incidents of the case, as a list shows them."""
        day = f"INC-{self.now:%Y%m%d}"
        others = (
            self.incident(Status.ASSIGNED, number=f"{day}-0004", priority=2),
            self.incident(Status.PENDING_USER, number=f"{day}-0009", priority=4),
        )
        others[0].subject = self._say("second_subject")
        others[1].subject = self._say("third_subject")
        mine = self.incident(Status.IN_PROGRESS)
        overdue = replace(self.clocks[0], due_at=self.now - timedelta(minutes=20))
        return (
            (others[0], (overdue,)),
            (mine, self.clocks_of(mine)),
            (others[1], self.clocks_of(others[1])),
        )

    def _person(self, key: str, *roles: Role, group: str = "") -> Person:
        return Person(
            address=f"{key}@example.com",
            name=self._say(key),
            roles=frozenset(roles),
            groups=(group,) if group else (),
            language=self.language,
        )

    def _group(self, name: str, title: str, line: int, *members: Person) -> Group:
        addresses = tuple(person.address for person in members)
        return Group(name, line, {self.language: self._say(title)}, addresses[0], addresses)

    def _clock(self, kind: ClockKind, minutes: int, due: timedelta) -> Clock:
        return Clock(kind, minutes, "working", self.now, self.now + due)
