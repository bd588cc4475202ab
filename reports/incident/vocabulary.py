"""Codes, addresses and values of a dossier in the reader's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from processor.domain.incident import Dossier
from processor.domain.wording import Words
from reports.moments import Moments
from reports.word.plain_text import block, line

# Where a field's codes have their words: key prefix + "." + code.
_CODED = {
    "status": "status",
    "type": "type",
    "source": "source",
    "priority": "priority",
    "initial_priority": "priority",
    "impact": "impact",
    "urgency": "urgency",
    "line": "report.line",
    "language": "report.language",
    "solution_kind": "report.solution_kind",
    "resolver_role": "report.resolver_role",
    "confirmation": "report.confirmation",
}
_PEOPLE = frozenset(
    {
        "assignee",
        "owner",
        "resolver",
        "recorder",
        "commander",
        "opener",
        "raised_by",
        "decided_by",
    }
)
_TIMES = frozenset(
    {
        "reported_at",
        "occurred_at",
        "assigned_at",
        "accepted_at",
        "resolved_at",
        "confirmed_at",
        "closed_at",
        "opened_at",
        "target_at",
        "raised_at",
        "decided_at",
        "ended_at",
    }
)
_FLAGS = frozenset({"major", "drill", "confidential", "active_service"})
_LISTS = frozenset({"watchers", "tags", "unreachable"})
LONG_FIELDS = frozenset({"symptom", "solution", "cause", "action", "question"})


@dataclass(frozen=True, slots=True)
class Titles:
    """What the configuration calls its own codes, in the report's language: categories by path
    (each level its own title), groups by name, closure codes by code, fields of the record's
    profile by name, and profiles by name. A code without a title is shown as it is."""

    categories: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    closure_codes: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    profiles: Mapping[str, str] = field(default_factory=dict)


class Wordbook:
    """Says codes, addresses and values of records; ``people`` maps addresses to names."""

    fields = "field"  # where the names of the record's fields stand
    coded_fields: Mapping[str, str] = _CODED

    def __init__(
        self,
        people: Mapping[str, str],
        words: Words,
        moments: Moments,
        titles: Titles | None = None,
    ) -> None:
        self.words, self.moments = words, moments
        self._titles = titles or Titles()
        self._people = {address.lower(): name for address, name in people.items() if name}
        self.empty = words.say("report.empty")
        self._say_field: dict[str, Callable[[str], str]] = {
            "category": self.category,
            "group": self.group,
            "closure_code": self.closure_code,
            "profile": lambda raw: line(self._titles.profiles.get(raw, raw)),
            "effort_minutes": lambda raw: moments.working(float(raw)),
            "satisfaction": lambda raw: words.say("report.level", score=raw),
        }

    def say(self, key: str, **params: object) -> str:
        """A sentence of reports."""
        return self.words.say(f"report.{key}", **params)

    def coded(self, prefix: str, code: object) -> str:
        """The words for ``code``; the code itself when the catalogue has none (a code that an
        older configuration knew must not stop a report)."""
        key = f"{prefix}.{code}"
        return self.words.say(key) if self.words.has(key) else line(str(code)) or self.empty

    def field_name(self, name: str) -> str:
        """What a field is called, its profile's own word first."""
        return line(self._titles.fields.get(name) or self.coded(self.fields, name))

    def group(self, name: str) -> str:
        """A group's title, or the word for nothing."""
        return line(self._titles.groups.get(name, name)) or self.empty

    def closure_code(self, code: str) -> str:
        """A closure code's title."""
        return line(self._titles.closure_codes.get(code) or self.coded("closure_code", code))

    def category(self, path: str) -> str:
        """``network/lan`` as "Network / LAN"."""
        parts = path.split("/")
        titles = (
            self._titles.categories.get("/".join(parts[: at + 1]), part)
            for at, part in enumerate(parts)
        )
        return line(" / ".join(titles))

    def person(self, address: str) -> str:
        """The name for an address; a group's title or the desk itself where that is meant."""
        if address == "postdesk":
            return self.say("who.desk")
        known = self._people.get(address.lower()) or self._titles.groups.get(address)
        return line(known or address) or self.empty

    def value(self, name: str, raw: object) -> str:
        """The value ``raw`` of the incident field ``name``, as the record or its journal has it."""
        if raw is None or raw in ("", (), []):
            return self.empty
        text = str(raw)
        if name in self.coded_fields:
            return self.coded(self.coded_fields[name], text)
        if name in _PEOPLE:
            return self.person(text)
        if name in _TIMES:
            return self.moments.moment(raw if isinstance(raw, datetime) else _moment(text))
        if name in _FLAGS:
            return self.say("yes" if text.lower() in ("true", "1") else "no")
        if name in _LISTS:
            return line(self.say("separator").join(_items(raw)), 2_000) or self.empty
        if name in self._say_field:
            return self._said(name, text)
        return block(text, self.say("cut")) or self.empty

    def _said(self, name: str, text: str) -> str:
        try:
            return self._say_field[name](text)
        except ValueError:  # a journal of an older version may hold what is no number
            return line(text)


class Vocabulary(Wordbook):
    """Says what stands in one dossier."""

    def __init__(
        self, dossier: Dossier, words: Words, moments: Moments, titles: Titles | None = None
    ) -> None:
        super().__init__(dossier.people, words, moments, titles)
        reporter = dossier.incident
        if reporter.reporter_name:
            self._people.setdefault(reporter.reporter_address.lower(), reporter.reporter_name)


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _items(raw: object) -> list[str]:
    """The members of a list, also as the journal keeps it: in a row with commas."""
    if isinstance(raw, tuple | list):
        return [str(item) for item in raw]
    return str(raw).split(", ")
