"""Reads rules as people write them into :class:`RuleSpec`; every fault is named with its place.

The notation is told in ``config/rules/10-screening.yaml``. Input is what a YAML reader gives
(lists, mappings, scalars); nothing is raised for what a person wrote. Patterns are compiled by
the caller's ``check_pattern``, for the domain knows no pattern library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from processor.domain.ruling import DAYS, All, AnyOf, Condition, Not, RuleSpec, Test
from processor.domain.ruling_outcomes import (
    CAPTURES,
    NotationFault,
    OutcomeReader,
    Path,
    shown,
    step,
)

__all__ = [
    "FIELDS", "JOINTS", "OPERATORS", "RULE_KEYS", "NotationFault", "Path", "read_condition",
    "read_rules",
]  # fmt: skip

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
    "time": "time",
    "day": "day",
}
"""Key of ``when`` → field of a :class:`Test`."""

OPERATORS = ("contains", "words", "pattern", "in", "is", "between")
JOINTS = ("all", "any", "not")
RULE_KEYS = ("name", "when", "then", "stop", "examples")

ANY_TEXT = "(?s).*"  # a header that is merely present
_SPAN = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]|24):[0-5]\d")
_GROUP = re.compile(r"\(\?P?<([A-Za-z_]\w*)>")


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
        return [], [NotationFault((), "wrong_type", shown(document), ("list",))]
    faults: list[NotationFault] = []
    specs: list[RuleSpec] = []
    names: set[str] = set()
    for index, entry in enumerate(document):
        reader = _Reader(check_pattern=check_pattern)
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


def read_condition(
    entry: object, path: Path, *, check_pattern: Callable[[str], str | None] | None = None
) -> tuple[Condition, list[NotationFault]]:
    """One ``when`` by itself, which stands at ``path`` of its file, and its faults."""
    reader = _Reader(check_pattern=check_pattern)
    return reader.condition(entry, path), reader.faults


@dataclass(slots=True)
class _Reader(OutcomeReader):
    """Reads one rule; ``captures``: its patterns have named groups."""

    check_pattern: Callable[[str], str | None] | None = None
    captures: bool = False

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
            at = (*path, step(key))
            if key in JOINTS:
                parts.append(self.joint(str(key), value, at, self.condition))
            elif key == "header":
                parts.append(self.header(value, at))
            elif key in FIELDS:
                parts.append(self.test(FIELDS[str(key)], value, at))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def joint(
        self, key: str, value: object, path: Path, read: Callable[[object, Path], Condition]
    ) -> Condition:
        """``all``/``any`` of a list (or of a mapping's keys); ``not``: none of them holds."""
        if isinstance(value, Mapping) and key != "not":
            value = [{k: v} for k, v in value.items()]
        entries = value if isinstance(value, list) else [value]
        if not entries:
            self.fault(path, "empty", "", "list")
        at = [(*path, i) for i in range(len(entries))] if isinstance(value, list) else [path]
        parts = tuple(read(e, p) for e, p in zip(entries, at, strict=True))
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
        """A bare text or list is ``contains``; several operators must all hold. Joints may stand
        here too and then speak of this field alone."""
        if not isinstance(value, Mapping):
            return self.bare(name, self.values(value, path), path, header)
        self.keys(value, path, (*OPERATORS, *JOINTS))
        parts: list[Condition] = []
        for key, entry in value.items():
            at = (*path, step(key))
            if key in OPERATORS:
                values = self.values(entry, at)
                if key == "pattern":
                    self.patterns(values, at)
                elif key == "between":
                    self.spans(values, at)
                elif name == "day":
                    self.days(values, at)
                parts.append(Test(name, str(key), values, header))
            elif key in JOINTS:
                parts.append(
                    self.joint(str(key), entry, at, lambda e, p: self.test(name, e, p, header))
                )
        if not value:
            self.fault(path, "empty", "", *OPERATORS)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def bare(self, name: str, values: tuple[str, ...], path: Path, header: str) -> Test:
        """What stands without an operator: a part of the text, but a day as a whole and a time
        within a span."""
        if name == "time":
            self.spans(values, path)
            return Test(name, "between", values, header)
        if name == "day":
            self.days(values, path)
            return Test(name, "is", values, header)
        return Test(name, "contains", values, header)

    def spans(self, values: tuple[str, ...], path: Path) -> None:
        for at, value in enumerate(values):
            if value and not _SPAN.fullmatch(value):
                place = (*path, at) if len(values) > 1 else path
                self.fault(place, "unknown_value", value, "08:00-18:00", "22:00-06:00")

    def days(self, values: tuple[str, ...], path: Path) -> None:
        for at, value in enumerate(values):
            if value and value.lower() not in DAYS:
                self.faults.append(NotationFault((*path, at), "unknown_value", value, DAYS))

    def patterns(self, values: tuple[str, ...], path: Path) -> None:
        for pattern in values:
            complaint = self.check_pattern(pattern) if self.check_pattern else None
            if complaint:
                self.faults.append(NotationFault(path, "bad_pattern", pattern, ("RE2",), complaint))
            for group in _GROUP.findall(pattern):
                self.captures = True
                if group not in CAPTURES:
                    self.fault(path, "unknown_group", group, *CAPTURES)
