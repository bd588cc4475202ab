"""The incident record (seed 6.1, 事件信息项) as a plain value, and its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """事件状态, seed 6.9."""

    NEW = "new"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    PENDING_USER = "pending_user"
    PENDING_VENDOR = "pending_vendor"
    PENDING_CHANGE = "pending_change"
    RESOLVED = "resolved"
    PENDING_REVIEW = "pending_review"
    CLOSED = "closed"
    REJECTED = "rejected"
    MERGED = "merged"
    CANCELLED = "cancelled"


OPEN_STATUSES = frozenset(
    {
        Status.NEW,
        Status.ASSIGNED,
        Status.IN_PROGRESS,
        Status.PENDING_USER,
        Status.PENDING_VENDOR,
        Status.PENDING_CHANGE,
    }
)


class IncidentType(StrEnum):
    """事件性质, seed 6.2."""

    INCIDENT = "incident"
    SERVICE_REQUEST = "service_request"
    ALERT = "alert"
    FINDING = "finding"


class Source(StrEnum):
    """事件来源, seed 6.3."""

    MAIL = "mail"
    FORM = "form"
    PHONE = "phone"
    FAX = "fax"
    MONITORING = "monitoring"
    INSPECTION = "inspection"
    SELF_SERVICE = "self_service"
    WALK_IN = "walk_in"


@dataclass(slots=True)
class Incident:
    """One record. Times are aware (UTC in storage), efforts minutes, grades 1 (highest) to 4.

    Services change the fields of a loaded incident; the store compares it with what was loaded
    and journals every difference, so that no change can escape the journal.
    """

    number: str
    type: IncidentType
    status: Status
    reported_at: datetime
    subject: str
    symptom: str
    reporter_address: str
    reporter_name: str = ""
    reporter_phone: str = ""
    department: str = ""
    organisation: str = ""
    contract: str = ""
    site: str = ""
    language: str = "zh"
    profile: str = ""
    source: Source = Source.MAIL
    active_service: bool = False  # 主动服务: found by us rather than reported to us
    recorder: str = "postdesk"
    mailbox: str = ""  # which service mailbox it came in by: answers leave from there
    reply_template: str = ""  # with which its report was answered; "": as every report
    occurred_at: datetime | None = None
    ci: str = ""
    system: str = ""
    error_code: str = ""
    likely_impact: str = ""
    category: str = ""  # path of up to three codes: "network/lan/switch"
    impact: int = 4
    urgency: int = 3
    priority: int = 4
    initial_priority: int = 4
    owner: str = ""  # exactly one: an address, or the name of the service desk's group
    line: int = 1
    group: str = ""
    assignee: str = ""
    assigned_at: datetime | None = None
    accepted_at: datetime | None = None
    resolved_at: datetime | None = None
    confirmed_at: datetime | None = None
    closed_at: datetime | None = None
    question: str = ""  # what the reporter was asked last
    cause: str = ""
    action: str = ""
    solution: str = ""
    solution_kind: str = ""  # "permanent" | "workaround"
    closure_code: str = ""  # 事件结束代码
    resolver: str = ""
    resolver_role: str = ""  # 事件解决人角色: "desk" | "first" | "second" | "third"
    fault_vendor: str = ""
    knowledge_used: str = ""
    effort_minutes: int = 0
    confirmation: str = ""  # "" | "confirmed" | "silent"
    satisfaction: int | None = None  # 1..5
    satisfaction_comment: str = ""
    callback_result: str = ""
    parent: str = ""  # number of the incident that this one is merged under
    major: bool = False
    drill: bool = False
    commander: str = ""  # address of who leads a major incident (指挥)
    confidential: bool = False
    dispatches: int = 0
    wrong_dispatches: int = 0
    reopens: int = 0
    functional_escalations: int = 0
    hierarchical_escalations: int = 0
    watchers: tuple[str, ...] = ()  # addresses kept informed
    tags: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()  # addresses whose mail came back
    id: int | None = None  # row id, None until stored

    @property
    def open(self) -> bool:
        """Still to be solved."""
        return self.status in OPEN_STATUSES


class ClockKind(StrEnum):
    """What a clock counts: the time to the first response, or to the solution."""

    RESPONSE = "response"
    RESOLUTION = "resolution"


@dataclass(slots=True)
class Clock:
    """One SLA clock of an incident. ``target_minutes`` counts in the calendar ``calendar``;
    ``paused_minutes`` are the working minutes of that calendar that pauses have taken so far,
    ``pauses`` when they were, as far as is known: another calendar counts them differently."""

    kind: ClockKind
    target_minutes: int
    calendar: str
    started_at: datetime
    due_at: datetime
    paused_minutes: float = 0.0
    paused_since: datetime | None = None
    stopped_at: datetime | None = None  # met or missed: compare with due_at
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    elapsed_minutes: float | None = None  # of its calendar, without pauses, until it was stopped

    @property
    def running(self) -> bool:
        """Neither stopped nor paused."""
        return self.stopped_at is None and self.paused_since is None

    @property
    def met(self) -> bool | None:
        """True or False once it was stopped, None while it runs."""
        return None if self.stopped_at is None else self.stopped_at <= self.due_at


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One thing that happened: a field's change (``kind="field"``) or a step (note, mail, command,
    rule, clock). ``via`` as in :class:`processor.domain.people.Actor`."""

    at: datetime
    actor: str
    kind: str
    via: str
    field: str = ""
    old: str | None = None
    new: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class MailRecord:
    """A mail that belongs to an incident. ``text`` is what was newly written; internal mails and
    notes (``internal``) are never shown to a reporter or a vendor."""

    at: datetime
    direction: str  # "in" | "out"
    message_id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    event: str = ""  # X-Postdesk-Event of outgoing mail, disposition of incoming
    internal: bool = False


@dataclass(frozen=True, slots=True)
class StoredAttachment:
    """A file kept for an incident; its bytes are found by ``sha256`` in the blob store.

    ``logo``: it only dresses the sender's mails, and is not listed with the incident's files.
    """

    name: str
    type: str
    size: int
    sha256: str
    inline: bool = False
    message_id: str = ""
    logo: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """``kind`` is "parent", "duplicate", "related", "follows", "problem" or "change"."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Tick:
    """An item of the profile's checklist that somebody (``actor``, an address) said to be true."""

    item: str
    at: datetime
    actor: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that is known of one incident: for `show`, for reports, for replies."""

    incident: Incident
    clocks: tuple[Clock, ...] = ()
    journal: tuple[JournalEntry, ...] = ()
    mails: tuple[MailRecord, ...] = ()
    attachments: tuple[StoredAttachment, ...] = ()
    links: tuple[Link, ...] = ()
    people: dict[str, str] = field(default_factory=dict)  # address → name for display
    own: tuple[tuple[str, str], ...] = ()  # fields of its profile: name, value
    ticked: tuple[Tick, ...] = ()
