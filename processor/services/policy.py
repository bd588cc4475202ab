"""What the organisation has agreed, in the shape that use cases need."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from processor.domain.agreement import Agreement
from processor.domain.alerts import AlertPolicy
from processor.domain.change import ChangePolicy
from processor.domain.emergency import EmergencyPolicy
from processor.domain.follow_up import FollowUp
from processor.domain.form import BlankForm
from processor.domain.incident import Dossier
from processor.domain.numbering import pattern_with
from processor.domain.people import Directory, Person, Role
from processor.domain.problem import ProblemPolicy
from processor.domain.profile import Profile
from processor.domain.report_order import ReportDesk
from processor.domain.report_plans import ReportPlans
from processor.domain.rounds import RoundPlans
from processor.domain.ruling import Facts, Verdict
from processor.domain.scope import Customer, Scope, Watching
from processor.domain.sla import SlaPolicy
from processor.domain.vendors import VendorPolicy
from processor.domain.wording import Words
from processor.domain.work_order import Ageing
from processor.services.association import Associator

# (dossier, language, audience, time of printing) → (file name, bytes of the Word document)
Press = Callable[[Dossier, str, str, datetime], tuple[str, bytes]]


# (language, words of a title or "") → blank forms
Blanks = Callable[[str, str], tuple[BlankForm, ...]]


_PLAIN = Profile()


def _none(_language: str, _wanted: str) -> tuple[BlankForm, ...]:
    return ()


def _nobody(_address: str) -> tuple[str, str]:
    return "", ""


def _undecided(_facts: Facts) -> Verdict:
    return Verdict()


def _no_file(sha256: str) -> bytes:
    raise FileNotFoundError(sha256)


@dataclass(frozen=True, slots=True)
class Policy:
    """Read-only. ``zone`` is the desk's; ``agreements`` say what differs from ``sla`` for some;
    ``version`` changes with the configuration; ``posts`` maps posts outside the desk to addresses,
    the lower ones first; an incident that is dispatched more than ``most_dispatches`` times is told
    to the manager; ``ageing`` lifts what waits in the queue; ``reopen_days`` are working days after
    closing in which a reply reopens; at ``public_mail_domains`` anybody has an address;
    ``categories`` maps a category's path to its titles by language;
    ``press`` prints the incident report; ``blanks`` gives blank Word forms;
    ``customer_of`` gives the organisation and the contract that an address belongs to, both ""
    where there is none, ``customers`` what was agreed with each by name;
    ``follow_up`` says who is reminded when, ``rounds`` which lists go
    round; ``words`` are the catalogues by language, for what the desk itself writes
    into a record; ``association`` finds what incidents are like; ``profiles`` are the processes by
    name, ``usual_profile`` names the one that applies where nothing says another; ``offices`` are
    all posts that a process can tell; ``judge`` asks the rules; ``labels`` are what the fields of
    a record may be called in a mail, by the field's name; ``reports`` prints what is
    asked for (None: nothing), ``report_plans`` say which goes out by itself; ``blob`` gives a kept
    file's bytes by its SHA-256."""

    directory: Directory
    sla: SlaPolicy
    zone: ZoneInfo
    language: str
    categories: Mapping[str, Mapping[str, str]]
    closure_codes: Sequence[str]
    press: Press
    agreements: tuple[Agreement, ...] = ()
    version: str = ""
    posts: Mapping[str, str] = field(default_factory=dict)
    most_dispatches: int = 3
    ageing: Ageing = field(default_factory=Ageing)
    reopen_days: int = 5
    public_mail_domains: frozenset[str] = frozenset()
    vip_raises: bool = True
    blanks: Blanks = _none
    customer_of: Callable[[str], tuple[str, str]] = _nobody
    customers: Mapping[str, Customer] = field(default_factory=dict)
    alerts: AlertPolicy = field(default_factory=AlertPolicy)
    vendors: VendorPolicy = field(default_factory=VendorPolicy)
    blob: Callable[[str], bytes] = _no_file
    emergency: EmergencyPolicy = field(default_factory=EmergencyPolicy)
    association: Associator = field(default_factory=Associator)
    words: Mapping[str, Words] = field(default_factory=dict)
    follow_up: FollowUp = field(default_factory=FollowUp)
    rounds: RoundPlans = field(default_factory=RoundPlans)
    problems: ProblemPolicy = field(default_factory=ProblemPolicy)
    changes: ChangePolicy = field(default_factory=ChangePolicy)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    usual_profile: str = ""
    offices: Mapping[str, str] = field(default_factory=dict)
    scope: Scope = field(default_factory=Scope)
    watching: Watching = field(default_factory=Watching)
    judge: Callable[[Facts], Verdict] = _undecided
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reports: ReportDesk | None = None
    report_plans: ReportPlans = field(default_factory=ReportPlans)

    def profile(self, name: str) -> Profile:
        """The process of that name; of one that is configured no longer, and of "", the usual."""
        found = self.profiles.get(name) or self.profiles.get(self.usual_profile)
        return found or _PLAIN

    def terms(self, profile: str) -> SlaPolicy:
        """Targets and matrix of that process."""
        return self.profile(profile).sla or self.sla

    @property
    def numbers(self) -> re.Pattern[str]:
        """Matches the numbers of every record of this desk."""
        return pattern_with(frozenset(one.prefix for one in self.profiles.values()))

    def say(self, language: str, key: str, **params: object) -> str:
        """A sentence for the record in that language, or in the desk's."""
        words = self.words.get(language) or self.words[self.language]
        return words.say(key, **params)

    @property
    def desk(self) -> str:
        """The service desk's group: owner of whatever nobody else has (seed 5.3)."""
        return self.directory.desk


def system(language: str) -> Person:
    """Rules, clocks and the desk's own machinery as an actor."""
    return Person(address="postdesk", roles=frozenset({Role.SYSTEM}), language=language)
