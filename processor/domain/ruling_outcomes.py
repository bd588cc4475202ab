"""What rules may decide, read as people write it; the base of the rules' reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from processor.domain.incident import IncidentType
from processor.domain.ruling import RuleExample

Path = tuple[str | int, ...]
Scalar = str | int | bool

EXAMPLE_KEYS = ("subject", "body", "from", "headers", "at", "expect")
CAPTURED = ("category", "system", "ci", "group", "assignee", "profile")
TEXTS = (*CAPTURED, "reply_template")
GRADES = ("impact", "urgency")
SWITCHES = ("drop", "quarantine")
OUTCOMES = ("type", *TEXTS, *GRADES, "tags", *SWITCHES)
CAPTURES = (*CAPTURED, *GRADES, "tags", "error_code", "site", "department", "reporter_phone")
"""Named groups of a pattern that fill a field of that name."""


@dataclass(frozen=True, slots=True)
class NotationFault:
    """What is wrong at ``path`` (keys and list positions from the top of the file).

    ``problem`` is ``unknown_key``, ``missing_key``, ``wrong_type``, ``unknown_value``,
    ``duplicate_name``, ``empty``, ``bad_pattern`` or ``unknown_group``; ``value`` is what stands
    there, ``expected`` the names, values or kinds that would be right; ``detail`` is the
    pattern library's own word.
    """

    path: Path
    problem: str
    value: str = ""
    expected: tuple[str, ...] = ()
    detail: str = ""


@dataclass(slots=True)
class OutcomeReader:
    """Reads ``then`` and ``examples`` of one rule; gathers its faults."""

    faults: list[NotationFault] = field(default_factory=list)

    def fault(self, path: Path, problem: str, value: object = "", *expected: str) -> None:
        """Note a fault at ``path``; ``expected`` is what could stand there."""
        self.faults.append(NotationFault(path, problem, shown(value), expected))

    def keys(self, found: Mapping[object, object], path: Path, known: tuple[str, ...]) -> None:
        """Note every key that is not known."""
        for key in found:
            if key not in known:
                self.fault((*path, step(key)), "unknown_key", key, *known)

    def values(self, value: object, path: Path) -> tuple[str, ...]:
        """A text or a list of texts as a tuple."""
        if not isinstance(value, list):
            return (self.text(value, path),)
        if not value:
            self.fault(path, "empty", "", "text")
        return tuple(self.text(v, (*path, i)) for i, v in enumerate(value))

    def text(self, value: object, path: Path) -> str:
        """A number is text too (``contains: 404``); true, null and blanks are slips."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.fault(path, "wrong_type", value, "text")
            return ""
        if not str(value).strip():
            self.fault(path, "empty", value, "text")
        return str(value)

    def then(self, entry: object, path: Path) -> tuple[dict[str, Scalar], bool]:
        """Outcomes and whether ``stop`` stands among them (it may, as well as beside)."""
        if not isinstance(entry, Mapping):
            self.fault(path, "wrong_type", entry, "mapping")
            return {}, False
        self.keys(entry, path, (*OUTCOMES, "stop"))
        stop = self.switch(entry["stop"], (*path, "stop")) if "stop" in entry else False
        return self.outcomes(entry, path), stop

    def outcomes(
        self, entry: Mapping[object, object], path: Path, *, undecided: bool = False
    ) -> dict[str, Scalar]:
        """``undecided``: null is allowed and says that no rule may decide the field ("")."""
        found: dict[str, Scalar] = {}
        for name in OUTCOMES:
            if name not in entry:
                continue
            value, at = entry[name], (*path, name)
            if value is None and undecided:
                found[name] = ""
            elif name in GRADES:
                found[name] = self.grade(value, at)
            elif name in SWITCHES:
                found[name] = self.switch(value, at)
            elif name == "tags":
                found[name] = ",".join(self.values(value, at))
            elif name == "type" and value not in tuple(IncidentType):
                self.fault(at, "unknown_value", value, *IncidentType)
            else:
                found[name] = self.text(value, at)
        return found

    def grade(self, value: object, path: Path) -> int:
        """A grade from 1 to 4; 4 where there is a fault."""
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 4:
            self.fault(path, "unknown_value", value, "1", "2", "3", "4")
            return 4
        return int(value)

    def switch(self, value: object, path: Path) -> bool:
        """True or false; false where there is a fault."""
        if not isinstance(value, bool):
            self.fault(path, "wrong_type", value, "true", "false")
        return value is True

    def examples(self, entry: object, path: Path) -> tuple[RuleExample, ...]:
        """The examples of a rule; none where there is a fault."""
        if not isinstance(entry, list):
            self.fault(path, "wrong_type", entry, "list")
            return ()
        return tuple(self.example(e, (*path, i)) for i, e in enumerate(entry))

    def example(self, entry: object, path: Path) -> RuleExample:
        """One example; an empty one where there is a fault."""
        if not isinstance(entry, Mapping):
            self.fault(path, "wrong_type", entry, "mapping")
            return RuleExample()
        self.keys(entry, path, EXAMPLE_KEYS)
        words = {
            key: self.text(entry[key], (*path, key)) if key in entry else ""
            for key in ("subject", "body", "from")
        }
        headers, expect = entry.get("headers", {}), entry.get("expect")
        if not isinstance(headers, Mapping):
            self.fault((*path, "headers"), "wrong_type", headers, "mapping")
            headers = {}
        pairs = tuple(
            (str(name).lower(), self.text(value, (*path, "headers", step(name))))
            for name, value in headers.items()
        )
        if not isinstance(expect, Mapping):
            self.fault((*path, "expect"), "wrong_type", expect, "mapping")
            expect = {}
        self.keys(expect, (*path, "expect"), OUTCOMES)
        wanted = self.outcomes(expect, (*path, "expect"), undecided=True)
        at = self.moment(entry["at"], (*path, "at")) if "at" in entry else None
        return RuleExample(
            words["subject"], words["body"], words["from"].lower(), wanted, pairs, at
        )

    def moment(self, value: object, path: Path) -> datetime | None:
        """``2026-11-28 23:10``, by the desk's clock (which an example takes to be UTC)."""
        try:
            return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
        except ValueError:
            self.fault(path, "unknown_value", value, "2026-11-28 23:10")
            return None


def step(key: object) -> str | int:
    """A key as a part of a path."""
    return key if isinstance(key, int) else str(key)


def shown(value: object) -> str:
    """The value as its writer knows it, short."""
    if value is None:
        return "null"
    return (str(value).lower() if isinstance(value, bool) else str(value))[:80]
