"""What happened, in the past tense. Services return events; replies turn them into mails."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from processor.domain.association import Associations, Found, ItemCard
from processor.domain.form import Titles
from processor.domain.incident import Clock, ClockKind, Dossier, Incident
from processor.domain.neighbours import Neighbour
from processor.domain.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """``at`` is aware; ``actor`` is who did it (the desk itself for rules and clocks)."""

    at: datetime
    actor: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEvent(Event):
    """``incident`` is the record as it stands after the event."""

    incident: Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(IncidentEvent):
    """An incident was recorded; ``clocks`` are those that run from now on."""

    clocks: tuple[Clock, ...] = ()
    follows: str = ""  # number of a closed incident that this one continues
    quiet: bool = False  # the reporter is told of it together with others
    like: Associations = field(default_factory=Associations)
    missing: tuple[Titles, ...] = ()  # fields that the process asks for and the report lacks
    outside: bool = False  # by somebody of no organisation that is served


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatched(IncidentEvent):
    """To a group, and within it to ``incident.assignee`` when that is set."""

    clocks: tuple[Clock, ...] = ()
    text: str = ""
    like: Associations = field(default_factory=Associations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(IncidentEvent):
    """An engineer works on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(IncidentEvent):
    """An internal note; never told to the reporter."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReporterWrote(IncidentEvent):
    """A party outside the team wrote something new on the incident."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(IncidentEvent):
    """The team answers the reporter."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(IncidentEvent):
    """An answer is waited for ``until`` then, None: for ever."""

    question: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(IncidentEvent):
    """The wait is over: it is worked on, and its clock goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved(IncidentEvent):
    """Silence counts as yes ``until`` then, None: never."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed(IncidentEvent):
    """The manager is reminded where he has not reviewed it ``until`` then, None: he is not."""

    comment: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(IncidentEvent):
    """What was solved is not; ``comment`` is what the reporter says of it."""

    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(IncidentEvent):
    """The reporter gave a score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived(IncidentEvent):
    """The manager approved: closed. ``report`` is (file name, bytes) of the Word report, ``masked``
    the same for who may not read names in it (None: anybody may read the other)."""

    report: tuple[str, bytes] | None = None
    masked: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack(IncidentEvent):
    """The review found that it is not done: back to whoever solved it."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(IncidentEvent):
    """Wrong dispatch: back at the service desk."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassified(IncidentEvent):
    """Category, impact, urgency or priority are others; ``clocks`` as they run now."""

    clocks: tuple[Clock, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled(IncidentEvent):
    """The reporter withdrew it, with a ``reason`` or without."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StrangerWrote(IncidentEvent):
    """Somebody who is no party quoted ``incident``'s number; ``opened`` is his own new incident."""

    stranger: str
    opened: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(IncidentEvent):
    """A letter did not reach ``address``; ``status`` is the server's (RFC 3463)."""

    address: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandUnproven(Event):
    """``actor`` is whom the mail names; nobody knows who wrote it."""

    incident: Incident | None
    commands: tuple[str, ...]
    neighbour: Neighbour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetNear(IncidentEvent):
    """``share`` percent of the clock's target has run (75, 100, …); ``tell`` are the addresses.

    Their turn is it as ``post``; ``meant`` is the place that the timetable names, another one where
    nobody fills that. ``following`` are told at ``following_at`` (aware) if nothing changes.
    """

    clock: Clock
    kind: ClockKind
    share: int
    tell: tuple[str, ...]
    post: str = "assignee"
    meant: str = "assignee"
    following: tuple[str, ...] = ()
    following_at: datetime | None = None


# ---- answers to whoever wrote ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done:
    """One command that was carried out: its keyword as written and the sentence's key and fill."""

    keyword: str
    code: str  # words key done.<code>
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandsDone(Event):
    """Everything that a mail ordered was done."""

    incident: Incident | None
    done: tuple[Done, ...]
    clocks: tuple[Clock, ...] = ()
    allowed: tuple[str, ...] = ()  # names of the commands that this person may give next
    neighbour: Neighbour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandsRefused(Event):
    """Nothing of the mail was carried out. ``code``/``params`` as in Refusal; ``allowed`` are the
    names of the commands that this person may give here now; ``suggestion`` the nearest keyword."""

    incident: Incident | None
    keyword: str
    code: str
    params: dict[str, object] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()
    suggestion: str = ""
    neighbour: Neighbour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusAsked(Event):
    """``dossier`` for one incident, else ``incidents`` of the asker."""

    dossier: Dossier | None = None
    incidents: tuple[tuple[Incident, tuple[Clock, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueAsked(Event):
    """Somebody wants to see what a group has to do, in the order of work."""

    group: str
    incidents: tuple[tuple[Incident, tuple[Clock, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAsked(Event):
    """What a search for ``words`` found, or the items that were asked for."""

    words: str
    found: tuple[Found, ...] = ()
    items: tuple[ItemCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked(Event):
    """``commands`` are the names of what this person may do (here: on ``incident``)."""

    incident: Incident | None
    commands: tuple[str, ...]
    neighbour: Neighbour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAsked(Event):
    """A report that was asked for by mail, as a file; ``incident`` where it is about one."""

    incident: Incident | None
    title: str
    file_name: str
    document: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageQuarantined(Event):
    """For the administrators."""

    spool_id: int
    mailbox: str
    sender: str
    subject: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BurstHeld(Event):
    """``actor`` sent so many mails that single answers would be a flood: one digest."""

    numbers: tuple[str, ...]
