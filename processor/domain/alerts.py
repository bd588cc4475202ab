"""Alerts of monitoring systems as values: how a source is known, what one mail of it says, and
what is remembered of a trouble between its mails (spec 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from processor.domain.people import Proof
from processor.domain.ruling import Condition

STATE_GROUP = "state"
"""Named group of a source's patterns that says which of its states a mail tells of."""
ANY_WORD = "*"
"""Among the words of a severity: every other one, and none."""
FLAPPING_TAG = "flapping"
"""Tag of an incident whose alert comes and goes too often to be told each time."""


class AlertState(StrEnum):
    """What a mail of a monitoring system tells."""

    PROBLEM = "problem"
    RECOVERY = "recovery"
    ACKNOWLEDGED = "acknowledged"
    FLAPPING = "flapping"  # the system itself says that it comes and goes
    STEADY = "steady"  # … and that this is over
    NOTED = "noted"  # a comment, a planned downtime: kept on the incident and no more


@dataclass(frozen=True, slots=True)
class AlertGrade:
    """Impact and urgency (1–4) that the ``words`` of a severity stand for, folded."""

    words: frozenset[str]
    impact: int
    urgency: int


@dataclass(frozen=True, slots=True)
class AlertExample:
    """A mail as its source writes it, and what is to be read from it: ``state`` and fields by
    name, besides ``impact``, ``urgency`` and ``ci``."""

    sender: str
    subject: str
    body: str
    headers: tuple[tuple[str, str], ...]
    expect: Mapping[str, str | int]
    place: str = ""


@dataclass(frozen=True, slots=True)
class AlertSource:
    """One kind of monitoring mail.

    ``when`` recognises it. The patterns' named groups are its fields, of which the first value
    found stands: those of the subject, then of headers (lower-cased name, pattern), then of the
    body. ``states`` maps folded words of the group ``state``. ``key`` and ``title`` are names of
    fields; ``ci`` and ``severity`` are one each, or empty. ``senders`` (addresses, or domains
    beginning with "@") are those of the house: ``proof`` is what a mail of theirs must prove
    to change more than a problem does.
    """

    name: str
    when: Condition
    subject_patterns: tuple[str, ...]
    header_patterns: tuple[tuple[str, str], ...]
    body_patterns: tuple[str, ...]
    states: Mapping[str, AlertState]
    key: tuple[str, ...]
    title: tuple[str, ...]
    senders: tuple[str, ...] = ()
    proof: Proof = Proof.DOMAIN
    ci: str = ""
    severity: str = ""
    grades: tuple[AlertGrade, ...] = ()
    shown: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # field → language → words
    category: str = ""
    group: str = ""
    tags: tuple[str, ...] = ()
    examples: tuple[AlertExample, ...] = ()

    def lists(self, sender: str) -> bool:
        """Whether the house has named this address (lower case) as one of the source."""
        domain = sender.rpartition("@")[2]
        return sender in self.senders or any(
            one[0] == "@" and (domain == one[1:] or domain.endswith(f".{one[1:]}"))
            for one in self.senders
        )

    def grade(self, word: str) -> AlertGrade | None:
        """What a severity (folded) stands for; None where the source does not say."""
        others = None
        for grade in self.grades:
            if word and word in grade.words:
                return grade
            if ANY_WORD in grade.words:
                others = others or grade
        return others


@dataclass(frozen=True, slots=True)
class Alert:
    """What one mail says. ``key`` is the same for every mail about one trouble; ``fields`` hold
    what was found; ``trusted``: it may do more than report a problem."""

    source: AlertSource
    state: AlertState
    key: str
    fields: Mapping[str, str]
    title: str
    trusted: bool = False

    @property
    def ci(self) -> str:
        """The configuration item that it names, or empty."""
        return self.fields.get(self.source.ci, "")


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """``again``: a problem that returns so soon after its recovery is the same one.
    ``flapping_after`` such returns nobody is told of it any more until it kept still for
    ``calm``. ``closure_code`` ends what recovered by itself."""

    sources: tuple[AlertSource, ...] = ()
    again: timedelta = timedelta(minutes=30)
    flapping_after: int = 3
    calm: timedelta = timedelta(minutes=60)
    closure_code: str = ""


@dataclass(slots=True)
class Trouble:
    """What is remembered of one key. ``number`` is the incident that holds it now; ``count``
    problems were told since that began; ``returns`` are those shortly after a recovery.
    Times are aware."""

    key: str
    source: str
    first_at: datetime
    last_at: datetime
    number: str = ""
    firing: bool = False
    count: int = 0
    returns: int = 0
    recovered_at: datetime | None = None
    flapping_since: datetime | None = None
    doubted: bool = False  # somebody was told that a recovery came without proof
