"""The configuration in force, as values. Folders are absolute; a daemon replaces it whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from processor.domain.agreement import Agreement
from processor.domain.alerts import AlertPolicy
from processor.domain.association import AssociationSettings
from processor.domain.business_calendar import BusinessCalendar
from processor.domain.change import ChangePolicy
from processor.domain.emergency import EmergencyPolicy
from processor.domain.follow_up import FollowUp
from processor.domain.form import FormSettings
from processor.domain.goals import Goals
from processor.domain.habits import ReadingPolicy
from processor.domain.people import Directory, Person, Proof
from processor.domain.problem import ProblemPolicy
from processor.domain.profile import Profile
from processor.domain.report_plans import ReportPlans
from processor.domain.rounds import RoundPlans
from processor.domain.ruling import RuleSpec
from processor.domain.scope import Customer, Scope, Watching
from processor.domain.sla import SlaPolicy
from processor.domain.vendors import VendorPolicy
from processor.domain.wording import Words
from processor.domain.work_order import Ageing
from processor.settings.secret_refs import no_secret

Titles = Mapping[str, str]
"""Language → words."""


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """One service mailbox. ``path`` is relative to the home; ``port`` 0 is the kind's own.

    ``staff_text`` says what free text of staff becomes: ``note`` or ``reply``. ``subaddress`` is
    "+" where ``desk+anything@`` reaches ``desk@``, else "". ``sender`` names the way out, "" the
    first one. ``rejoin_days``: how long the subject alone tells a conversation. ``secret_of``
    reads the password and raises Fault when there is none; with a ``login``, tokens of that one
    are used instead.
    """

    name: str
    kind: str  # "imap" | "maildir" | "folder"
    address: str
    aliases: tuple[str, ...] = ()
    display_name: Titles = field(default_factory=dict)
    sender: str = ""
    path: str = ""
    host: str = ""
    port: int = 0
    security: str = "tls"  # "tls" | "starttls" | "none"
    user: str = ""
    secret_of: Callable[[], str] = field(default=no_secret, repr=False)
    auth: str = "password"  # "password" | "oauth2"
    login: str = ""
    folder: str = "INBOX"
    processed_folder: str = "postdesk/processed"
    quarantine_folder: str = "postdesk/quarantine"
    subaddress: str = ""
    trusted_path: bool = False
    authserv_ids: tuple[str, ...] = ()
    verify_dkim: bool = True
    staff_text: str = "note"
    rejoin_days: int = 14
    profile: str = ""
    poll_seconds: int = 60
    idle: bool = True
    batch: int = 50
    timeout_seconds: int = 60


@dataclass(frozen=True, slots=True)
class SenderSettings:
    """One way out. ``pool`` is how many connections may be open at a time; ``envelope_from`` ""
    is the mailbox's own address; ``hello`` "" is this host's name; without ``null_return_path``
    automatic answers, too, go under ``envelope_from``."""

    name: str
    kind: str  # "smtp" | "outbox"
    path: str = ""
    host: str = ""
    port: int = 0
    security: str = "starttls"
    user: str = ""
    secret_of: Callable[[], str] = field(default=no_secret, repr=False)
    auth: str = "password"
    login: str = ""
    pool: int = 1
    timeout_seconds: int = 60
    envelope_from: str = ""
    null_return_path: bool = True
    hello: str = ""


@dataclass(frozen=True, slots=True)
class LoginSettings:
    """One login by OAuth 2. ``secret_of`` reads the application's secret; None: it has none."""

    name: str
    grant: str  # "device" | "code" | "client"
    token_endpoint: str
    client_id: str
    scopes: tuple[str, ...]
    device_endpoint: str = ""
    authorization_endpoint: str = ""
    secret_of: Callable[[], str] | None = field(default=None, repr=False)
    timeout_seconds: int = 30


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; rates are mails in an hour."""

    message_bytes: int
    header_bytes: int
    attachment_bytes: int
    attachments: int
    replies_per_sender_hour: int
    replies_per_thread_hour: int


@dataclass(frozen=True, slots=True)
class CommandSettings:
    """Keywords by command and language, the risk of each command, and what each risk asks for.
    ``token_days`` is how long an issued token counts; a mail of ``thanks`` alone moves nothing;
    one of the reporter with a phrase of ``unsolved`` reopens what waits for his confirmation;
    ``behalf`` are phrases by which the team names for whom it writes;
    ``fields`` are the names by which a mail calls a field of the record."""

    synonyms: Mapping[str, Mapping[str, tuple[str, ...]]]
    risk: Mapping[str, str]
    proofs: Mapping[str, Proof]
    token_days: int
    thanks: tuple[str, ...] = ()
    unsolved: tuple[str, ...] = ()
    behalf: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    watching: Watching = field(default_factory=Watching)

    def proof_for(self, command: str) -> Proof:
        """The weakest proof that suffices; a command without a risk counts as ``high``."""
        return self.proofs[self.risk.get(command, "high")]


@dataclass(frozen=True, slots=True)
class Category:
    """``code`` is the path (``network/lan``); ``title`` says its last level."""

    code: str
    title: Titles


@dataclass(frozen=True, slots=True)
class Organisation:
    """A customer: who writes from one of its ``domains`` or ``addresses`` belongs to it;
    ``contacts`` get its reports and may ask for them."""

    name: str
    domains: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    contract: str = ""
    services: tuple[str, ...] = ()  # categories that the contract covers; empty: all
    contacts: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an administrator decides.

    ``zone`` is an IANA name; ``database`` an SQLAlchemy URL; ``secret`` the key of tokens;
    ``templates`` the search path, the home's own first; ``posts`` maps posts outside the desk
    (it_director, …) to addresses, ``contacts`` those outside the ladder; ``closure_titles`` maps
    codes to titles; ``profile`` names the one of ``profiles`` that applies where nothing says
    another;
    ``report_templates`` maps a kind of report to a file below ``templates`` with ``{language}``
    in it; ``reply_templates`` are the letters that rules can choose; ``as_shipped`` names files
    that the home lacks, so that the shipped ones are in force; ``version`` is a hash of all that
    was read, ``files`` the home's own part of it (name relative to the home → text), in which
    secrets stand by reference alone.
    """

    home: Path
    language: str
    zone: str
    organisation: str
    database: str = field(repr=False)
    secret: bytes = field(repr=False)
    mailboxes: tuple[MailboxSettings, ...]
    senders: tuple[SenderSettings, ...]
    logins: tuple[LoginSettings, ...]
    limits: Limits
    directory: Directory
    posts: Mapping[str, str]
    contacts: Mapping[str, str]
    organisations: tuple[Organisation, ...]
    scope: Scope
    sla: SlaPolicy
    agreements: tuple[Agreement, ...]
    calendars: Mapping[str, BusinessCalendar]
    most_dispatches: int
    ageing: Ageing
    reopen_days: int
    public_mail_domains: frozenset[str]
    vip_raises: bool
    categories: tuple[Category, ...]
    closure_codes: tuple[str, ...]
    closure_titles: Mapping[str, Titles]
    profiles: Mapping[str, Profile]
    profile: str
    commands: CommandSettings
    rules: tuple[RuleSpec, ...]
    alerts: AlertPolicy
    emergency: EmergencyPolicy
    vendors: VendorPolicy
    words: Mapping[str, Words]
    templates: tuple[Path, ...]
    reply_templates: tuple[str, ...]
    report_templates: Mapping[str, str]
    goals: Goals
    reports: ReportPlans
    forms: FormSettings
    association: AssociationSettings
    follow_up: FollowUp
    rounds: RoundPlans
    problems: ProblemPolicy
    changes: ChangePolicy
    reading: ReadingPolicy
    version: str
    as_shipped: tuple[str, ...]
    files: Mapping[str, str] = field(repr=False)

    def report_template(self, kind: str, language: str) -> Path:
        """The Word template of a kind of report: the one that is configured, else the one that is
        called as the kind is. Raises FileNotFoundError where there is no such file."""
        default = f"word/{{language}}/{kind}.docx"
        name = self.report_templates.get(kind, default).replace("{language}", language)
        for folder in self.templates:
            if (folder / name).is_file():
                return folder / name
        raise FileNotFoundError(name)

    @property
    def customers(self) -> dict[str, Customer]:
        """What was agreed with each organisation, by its name."""
        return {
            one.name: Customer(one.name, one.contract, one.services, one.contacts)
            for one in self.organisations
        }

    def organisation_of(self, address: str) -> Organisation | None:
        """The customer that an address belongs to: by the address itself, else by its domain or
        the nearest domain above it."""
        wanted = address.strip().lower()
        for organisation in self.organisations:
            if wanted in organisation.addresses:
                return organisation
        domain = wanted.rpartition("@")[2]
        while domain:
            for organisation in self.organisations:
                if domain in organisation.domains:
                    return organisation
            domain = domain.partition(".")[2]
        return None
