"""What travels through the journey, and what the desk lends it on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial

from processor.commands.grammar import Order
from processor.domain.alerts import Alert
from processor.domain.events import Event
from processor.domain.incident import Incident
from processor.domain.message import Message
from processor.domain.neighbours import Neighbour
from processor.domain.people import Person, Proof
from processor.domain.ruling import Verdict
from processor.forms.facts import Facts as FormFacts
from processor.forms.forms import Forms, Handed
from processor.parsing.parse import ParseLimits, parse
from processor.parsing.seals import Keys
from processor.replies.dictation import Writer
from processor.rules.alerts import Watch
from processor.rules.engine import Engine
from processor.services.policy import Policy
from processor.settings.settings import CommandSettings, Limits, MailboxSettings
from processor.store.database import Store
from processor.store.unit_of_work import UnitOfWork


class Disposition(StrEnum):
    """How a message ended; every message ends in exactly one (spec 6.2)."""

    OPENED = "opened"
    UPDATED = "updated"
    COMMANDED = "commanded"
    HELD = "held"  # commands that nobody proved: the text is kept
    REJECTED = "rejected"  # commands that are not allowed, forms with faults: nothing was done
    IGNORED = "ignored"
    BOUNCED = "bounced"
    QUARANTINED = "quarantined"


class Intent(StrEnum):
    """What is to be done with the message: the judgement that `apply` carries out."""

    OPEN = "open"
    FOLLOW = "follow"  # on a closed incident whose window is over: a new, linked one
    UPDATE = "update"
    COMMAND = "command"
    FORM = "form"
    RECORD = "record"  # an automatic answer: kept on the incident, nothing moves
    BOUNCE = "bounce"
    BESIDE = "beside"  # words on a problem or a change
    ALERT = "alert"  # a monitoring system tells of a trouble, or that it is over
    NOTHING = "nothing"


Opened = Callable[[], Message]  # gives what was understood, once that is done
Understand = Callable[[Sequence[bytes], ParseLimits], Sequence[Opened]]


def when_asked(raws: Sequence[bytes], limits: ParseLimits) -> list[Opened]:
    """Understand messages here, each when it is asked for."""
    return [partial(parse, raw, limits) for raw in raws]


@dataclass(frozen=True, slots=True)
class Paper:
    """One thing that a form asks to have recorded, and what the rules say of it."""

    handed: Handed
    facts: FormFacts
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Behalf:
    """Whose report a mail of the team is; ``cover`` is what its author wrote above the user's
    ``words``, both "" where he tells it in his own."""

    reporter: Person
    cover: str = ""
    words: str = ""


@dataclass(slots=True)
class Journey:
    """One message on its way. Each step fills its own part; ``ended`` stops the journey.
    ``released``: an administrator took it out of quarantine, whose reasons are not asked again."""

    spool_id: int
    mailbox: MailboxSettings
    raw: bytes = field(repr=False)
    received_at: datetime
    now: datetime
    opened: Opened | None = field(default=None, repr=False)
    message: Message = field(default_factory=Message)
    sender: Person = field(default_factory=lambda: Person(address=""))
    incident: Incident | None = None
    neighbour: Neighbour | None = None  # a problem or change that the mail belongs to
    proof: Proof = Proof.NONE
    listed: str = ""  # number of the list that it answers
    sealed_by: str = ""  # domain of an intact signature that vouches for the author
    foreign_number: str = ""  # quoted by a stranger: linked, never joined
    alert: Alert | None = None
    orders: tuple[Order, ...] = ()
    misspelt: tuple[tuple[str, str], ...] = ()  # line, nearest keyword
    unproven: tuple[Order, ...] = ()
    note: str = ""
    attached: Message | None = None  # a mail that one of the team hands on as a file
    behalf: Behalf | None = None  # for whom one of the team writes
    handed: tuple[Handed, ...] = ()  # forms among the attachments
    papers: tuple[Paper, ...] = ()  # what is to be recorded from them
    verdict: Verdict = field(default_factory=Verdict)
    intent: Intent = Intent.NOTHING
    events: list[Event] = field(default_factory=list)
    disposition: Disposition | None = None
    reason: str = ""
    trail: list[str] = field(default_factory=list)
    ended: bool = False
    released: bool = False

    def end(self, disposition: Disposition, reason: str) -> None:
        """End the journey here, for this reason (a stable code with details after a colon)."""
        self.disposition, self.reason, self.ended = disposition, reason, True

    @property
    def via(self) -> str:
        """The cause, as the journal and the outbox name it."""
        return f"mail:{self.spool_id}"

    @property
    def number(self) -> str:
        """Of the record that the mail belongs to, or empty."""
        about = self.incident or self.neighbour
        return about.number if about else ""

    @property
    def staff(self) -> bool:
        """Written by one of the team, and not as the reporter of this very incident."""
        is_reporter = (
            self.incident is not None and self.incident.reporter_address == self.sender.address
        )
        return self.sender.staff and not is_reporter


Checkpoint = Callable[[str], None]


def unmarked(_name: str) -> None:
    """The checkpoint of every day: nobody watches."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that steps may ask; wired once by bootstrap. ``own`` are all addresses that
    postdesk itself writes from. ``thanks`` are phrases that ask for nothing."""

    store: Store
    policy: Policy
    engine: Engine
    watch: Watch
    composer: Writer
    mailboxes: Mapping[str, MailboxSettings]
    commands: CommandSettings
    limits: Limits
    parse_limits: ParseLimits
    secret: bytes
    own: frozenset[str]
    checkpoint: Checkpoint = unmarked
    understand: Understand = when_asked
    keys: Keys | None = None  # asks for the keys of signatures; None: they are not checked here
    forms: Forms = field(default_factory=Forms)


Step = Callable[[Journey, Desk, UnitOfWork], None]
Reading = Callable[[Journey, Desk], None]
