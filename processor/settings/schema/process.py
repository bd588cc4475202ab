"""``config/commands.yaml``, ``reports.yaml`` and what profiles share: how work is done."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from processor.settings.schema.kinds import LanguageCode, Model, Name, Text, Titles

ProofName = Literal["token", "domain", "path"]
Risk = Literal["none", "low", "high"]
CommandName = Literal[
    "accept", "note", "reply", "assign", "return", "escalate", "raise", "recall", "wait_user",
    "vendor", "resume", "resolve", "confirm", "reopen", "rate", "approve", "send_back", "priority",
    "impact", "urgency", "category", "ci", "duplicate", "relate", "major", "confirm_major",
    "deny_major", "problem", "cause", "workaround", "target", "change", "change_result",
    "grant", "refuse", "kb", "reject", "cancel", "log", "effort",
    "cc", "uncc", "status", "find", "queue", "report", "forms", "drill", "broadcast", "ack", "help",
    "hold", "callback", "mine", "overdue", "lists",
    "field", "check", "commander", "measure", "measure_done", "duty_done",
]  # fmt: skip
"""Every command of the grammar, by its stable name."""
ANSWERING = frozenset({"status", "help", "find", "queue", "forms", "mine", "overdue", "lists"})
"""Commands that change nothing and answer only to the configured address of who is named: no
other may have the risk ``none``, for a From header can name anybody."""
Words = Annotated[tuple[Text, ...], Field(min_length=1)]


class Command(Model):
    """A keyword that people mail."""

    risk: Risk
    """none: only answers; low; high: what closes, cancels or grants."""
    zh: Words
    """Chinese keywords; the first one is offered."""
    en: Words
    """English keywords; the first one is offered."""
    more: dict[LanguageCode, Words] = Field(default_factory=dict)
    """Keywords in further languages, by code (ja, de); they are understood, not offered."""


class Proofs(Model):
    """Proof that a risk asks for."""

    low: ProofName = "token"
    """token: the reply to a mail of ours; domain: DKIM or DMARC; path: a trusted mailbox."""
    high: ProofName = "token"
    """The same, for commands of high risk."""


FieldName = Literal[
    "subject", "symptom", "reporter", "address", "phone", "department", "organisation", "site",
    "type", "source", "active_service", "occurred_at", "system", "error_code", "likely_impact",
    "fault_vendor",
]  # fmt: skip
"""Fields of the record that a mail can fill by their names."""


class FieldNames(Model):
    """What a field is called."""

    zh: Words
    """Chinese names; the first one is offered."""
    en: Words
    """English names; the first one is offered."""
    more: dict[LanguageCode, Words] = Field(default_factory=dict)
    """Names in further languages, by code."""


class Watchers(Model):
    """Who may be kept informed beside the reporter."""

    by_reporters: Literal["organisation", "anybody", "nobody"] = "organisation"
    """Whom reporters may add."""
    most: int = Field(default=30, ge=1, le=500)
    """At most so many on one incident."""


class CommandsFile(Model):
    """Keywords and proofs."""

    proofs: Proofs = Proofs()
    token_days: int = Field(default=90, ge=1, le=3650)
    """Days for which a mail of ours can be answered with a command."""
    thanks: tuple[Text, ...] = ()
    """Phrases of thanks; a mail of nothing else moves nothing."""
    unsolved: tuple[Text, ...] = ()
    """Phrases by which a reporter says, in his own words, that what was solved is not."""
    behalf: tuple[Text, ...] = ()
    """Phrases by which the team names the user it writes for; … is where the name stands."""
    commands: dict[CommandName, Command]
    fields: dict[FieldName, FieldNames] = Field(default_factory=dict)
    """Names of the record's fields, for what is recorded by phone and for #site: … and the like."""
    watchers: Watchers = Watchers()
    """Who may be kept informed."""


class Category(Model):
    """A category and those below it; at most three levels."""

    code: Name
    """Short name; codes of all levels joined by / make the path: network/lan."""
    title: Titles
    """What readers call it, by language."""
    below: tuple[Category, ...] = ()
    """The next level."""


class ClosureCode(Model):
    """How an incident ended."""

    code: Name
    """What commands and rules say."""
    title: Titles
    """What readers see."""


Category.model_rebuild()
