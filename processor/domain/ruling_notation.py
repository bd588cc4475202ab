"""Reads rules as people write them into :class:`RuleSpec`; every fault is named with its place.

The notation is told in ``config/rules/10-screening.yaml``. Input is what a YAML reader gives
(lists, mappings, scalars); nothing is raised for what a person wrote. Patterns are compiled by
the caller's ``check_pattern``, for the domain knows no pattern library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from processor.domain.incident import IncidentType
from processor.domain.ruling import All, AnyOf, Condition, Not, RuleExample, RuleSpec, Test

Path = tuple[str | int, ...]
Scalar = str | int | bool

FIELDS: Mapping[str, str] = {
    "from": "sender",
    "from_name": "sender_name",
    "to": "to",
    "subject": "subject",
    "body": "body",
    "subject_or_body": "subject_or_body",
    "header": "header",
    "attachment_name": "attachment_name",
    "attachment_type": "attachment_type",
    "form": "form",
    "language": "language",
    "organisation": "organisation",
    "ci": "ci",
    "profile": "profile",
    "mailbox": "mailbox",
}
"""Key of ``when`` → field of a :class:`Test`."""

OPERATORS = ("contains", "words", "pattern", "in", "is")
JOINTS = ("all", "any", "not")
RULE_KEYS = ("name", "when", "then", "stop", "examples")
EXAMPLE_KEYS = ("subject", "body", "from", "headers", "expect")
TEXTS = ("category", "system", "ci", "group", "assignee", "profile")
GRADES = ("impact", "urgency")
SWITCHES = ("drop", "quarantine")
OUTCOMES = ("type", *TEXTS, *GRADES, "tags", *SWITCHES)
CAPTURES = (*TEXTS, *GRADES, "tags", "error_code", "site", "department", "reporter_phone")
"""Named groups of a pattern that fill a field of that name."""

ANY_TEXT = "(?s).*"  # a header that is merely present
_GROUP = re.compile(r"\(\?P?<([A-Za-z_]\w*)>")


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


def read_rules(
    document: object,
    file: str,
    line_of: Callable[[Path], tuple[int, int]],
    *,
    check_pattern: Callable[[str], str | None] | None = None,
) -> tuple[list[RuleSpec], list[NotationFault]]:
    """The sound rules of one file and the faults of the others.

    ``line_of`` gives line and column (from 1) of a path; ``check_pattern`` gives the complaint
    about a pattern or None. An empty file holds no rules.
    """
    if document is None:
        return [], []
    if not isinstance(document, list):
        return [], [NotationFault((), "wrong_type", _shown(document), ("list",))]
    faults: list[NotationFault] = []
    specs: list[RuleSpec] = []
    names: set[str] = set()
    for index, entry in enumerate(document):
        reader = _Reader(check_pattern)
        place = f"{file}:{line_of((index,))[0]}"
        spec = reader.rule(entry, (index,), place)
        if spec is not None and spec.name in names:
            reader.fault((index, "name"), "duplicate_name", spec.name)
        elif spec is not None:
            names.add(spec.name)
        faults += reader.faults
        if spec is not None and not reader.faults:
            specs.append(spec)
    return specs, faults


@dataclass(slots=True)
class _Reader:
    """Reads one rule; gathers its faults and the named groups of its patterns."""

    check_pattern: Callable[[str], str | None] | None
    faults: list[NotationFault] = field(default_factory=list)
    captures: bool = False

    def fault(self, path: Path, problem: str, value: object = "", *expected: str) -> None:
        self.faults.append(NotationFault(path, problem, _shown(value), expected))

    def keys(self, found: Mapping[object, object], path: Path, known: tuple[str, ...]) -> None:
        for key in found:
            if key not in known:
                self.fault((*path, _step(key)), "unknown_key", key, *known)

    def rule(self, entry: object, path: Path, place: str) -> RuleSpec | None:
        if not isinstance(entry, Mapping):
            self.fault(path, "wrong_type", entry, "mapping")
            return None
        self.keys(entry, path, RULE_KEYS)
        for key in ("name", "when"):
            if key not in entry:
                self.fault(path, "missing_key", "", key)
        name = self.text(entry["name"], (*path, "name")) if "name" in entry else ""
        when = self.condition(entry.get("when", {}), (*path, "when"))
        then, stop = self.then(entry.get("then", {}), (*path, "then"))
        stop = self.switch(entry["stop"], (*path, "stop")) if "stop" in entry else stop
        if not then and not stop and not self.captures and not self.faults:
            self.fault(path, "missing_key", "", "then")
        examples = self.examples(entry.get("examples", []), (*path, "examples"))
        return RuleSpec(name, when, then, stop, examples, place)

    def condition(self, entry: object, path: Path) -> Condition:
        """A mapping: each key is a test or a joint, several keys must all hold."""
        if not isinstance(entry, Mapping):
            self.fault(path, "wrong_type", entry, "mapping")
            return All(())
        self.keys(entry, path, (*FIELDS, *JOINTS))
        parts: list[Condition] = []
        for key, value in entry.items():
            at = (*path, _step(key))
            if key in JOINTS:
                parts.append(self.joint(str(key), value, at))
            elif key == "header":
                parts.append(self.header(value, at))
            elif key in FIELDS:
                parts.append(self.test(FIELDS[str(key)], value, at))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def joint(self, key: str, value: object, path: Path) -> Condition:
        """``all``/``any`` of a list (or of a mapping's keys); ``not``: none of them holds."""
        if isinstance(value, Mapping) and key != "not":
            value = [{k: v} for k, v in value.items()]
        entries = value if isinstance(value, list) else [value]
        if not entries:
            self.fault(path, "empty", "", "list")
        at = [(*path, i) for i in range(len(entries))] if isinstance(value, list) else [path]
        parts = tuple(self.condition(e, p) for e, p in zip(entries, at, strict=True))
        if key == "not":
            return Not(parts[0] if len(parts) == 1 else AnyOf(parts))
        return All(parts) if key == "all" else AnyOf(parts)

    def header(self, value: object, path: Path) -> Condition:
        if isinstance(value, list):
            return All(tuple(self.header(v, (*path, i)) for i, v in enumerate(value)))
        if not isinstance(value, Mapping):
            self.fault(path, "wrong_type", value, "mapping")
            return All(())
        if "name" not in value:
            self.fault(path, "missing_key", "", "name")
            return All(())
        name = self.text(value["name"], (*path, "name")).lower()
        rest = {key: v for key, v in value.items() if key != "name"}
        if not rest:
            return Test("header", "pattern", (ANY_TEXT,), name)
        return self.test("header", rest, path, name)

    def test(self, name: str, value: object, path: Path, header: str = "") -> Condition:
        """A bare text or list is ``contains``; several operators must all hold."""
        if not isinstance(value, Mapping):
            return Test(name, "contains", self.values(value, path), header)
        self.keys(value, path, ("name", *OPERATORS) if header else OPERATORS)
        tests: list[Condition] = []
        for operator in OPERATORS:
            if operator in value:
                at = (*path, operator)
                values = self.values(value[operator], at)
                if operator == "pattern":
                    self.patterns(values, at)
                tests.append(Test(name, operator, values, header))
        if not tests and not self.faults:
            self.fault(path, "empty", "", *OPERATORS)
        return tests[0] if len(tests) == 1 else All(tuple(tests))

    def values(self, value: object, path: Path) -> tuple[str, ...]:
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

    def patterns(self, values: tuple[str, ...], path: Path) -> None:
        for pattern in values:
            complaint = self.check_pattern(pattern) if self.check_pattern else None
            if complaint:
                self.faults.append(NotationFault(path, "bad_pattern", pattern, ("RE2",), complaint))
            for group in _GROUP.findall(pattern):
                self.captures = True
                if group not in CAPTURES:
                    self.fault(path, "unknown_group", group, *CAPTURES)

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
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 4:
            self.fault(path, "unknown_value", value, "1", "2", "3", "4")
            return 4
        return int(value)

    def switch(self, value: object, path: Path) -> bool:
        if not isinstance(value, bool):
            self.fault(path, "wrong_type", value, "true", "false")
        return value is True

    def examples(self, entry: object, path: Path) -> tuple[RuleExample, ...]:
        if not isinstance(entry, list):
            self.fault(path, "wrong_type", entry, "list")
            return ()
        return tuple(self.example(e, (*path, i)) for i, e in enumerate(entry))

    def example(self, entry: object, path: Path) -> RuleExample:
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
            (str(name).lower(), self.text(value, (*path, "headers", _step(name))))
            for name, value in headers.items()
        )
        if not isinstance(expect, Mapping):
            self.fault((*path, "expect"), "wrong_type", expect, "mapping")
            expect = {}
        self.keys(expect, (*path, "expect"), OUTCOMES)
        wanted = self.outcomes(expect, (*path, "expect"), undecided=True)
        return RuleExample(words["subject"], words["body"], words["from"].lower(), wanted, pairs)


def _step(key: object) -> str | int:
    return key if isinstance(key, int) else str(key)


def _shown(value: object) -> str:
    """The value as its writer knows it, short."""
    if value is None:
        return "null"
    return (str(value).lower() if isinstance(value, bool) else str(value))[:80]
