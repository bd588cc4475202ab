"""``config/alerts.yaml``: what its schema cannot see, and the domain's values of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from processor.domain.alerts import (
    STATE_GROUP,
    AlertExample,
    AlertGrade,
    AlertPolicy,
    AlertSource,
    AlertState,
)
from processor.domain.people import Proof
from processor.domain.ruling_notation import read_condition
from processor.settings.documents import Document
from processor.settings.faults import ConfigFault, nearest
from processor.settings.packaged import data
from processor.settings.references import walk
from processor.settings.rule_files import complaint, notation_fault
from processor.settings.schema.alerts import AlertsFile, Source
from processor.settings.yaml_nodes import Path, read_tree

_FILE = "alerts.yaml"
_GROUP = re.compile(r"\(\?P?<([A-Za-z_]\w*)>")
_PROOFS = {"none": Proof.NONE, "domain": Proof.DOMAIN, "path": Proof.PATH}
_READ = ("subject", "headers.*", "body")
_EXPECTED_BESIDE = (STATE_GROUP, "impact", "urgency", "ci")
# Places of a source that name one of its fields.
_NAMING = ("key.*", "title.*", "ci", "severity.field")


def alert_faults(document: Document) -> Iterator[ConfigFault]:
    """What the schema cannot see: conditions, patterns, names of fields, trust in nobody."""
    seen: dict[str, Path] = {}
    for path, source in walk(document.data, "sources.*"):
        if not isinstance(source, dict):
            continue
        name = source.get("name")
        if isinstance(name, str) and seen.setdefault(name, path) != path:
            line = str(document.place((*seen[name], "name"))[0])
            yield document.fault((*path, "name"), "name_twice", "keep_one", value=name, detail=line)
        if "when" in source:
            at = (*path, "when")
            for fault in read_condition(source["when"], at, check_pattern=complaint)[1]:
                yield notation_fault(document, fault)
            if not source["when"]:
                yield document.fault(at, "empty", "write_kind", expected=("@mapping",))
        yield from _patterns(document, path, source)
        yield from _names(document, path, source)
        if source.get("proof") == "none" and not source.get("from"):
            yield document.fault((*path, "proof"), "trusts_anybody", "name_senders", value="none")


def _all_patterns(source: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    for step in _READ:
        for path, pattern in walk(source, f"read.{step}.*"):
            if isinstance(pattern, str):
                yield path, pattern


def _patterns(document: Document, at: Path, source: dict[str, Any]) -> Iterator[ConfigFault]:
    for path, pattern in _all_patterns(source):
        wrong = complaint(pattern)
        if wrong:
            yield document.fault(
                (*at, *path), "bad_pattern", "mend_pattern", value=pattern, detail=wrong
            )


def _names(document: Document, at: Path, source: dict[str, Any]) -> Iterator[ConfigFault]:
    """Every use of a field that no pattern fills."""
    fields = list(
        dict.fromkeys(g for _, pattern in _all_patterns(source) for g in _GROUP.findall(pattern))
    )
    if not fields:
        return
    uses = [
        (path, value, False)
        for naming in _NAMING
        for path, value in walk(source, naming)
        if value not in ("", None)
    ]
    uses += [((*("shown",), name), name, True) for name in source.get("shown") or {}]
    uses += [
        (path, path[-1], True)
        for path, _ in walk(source, "examples.*.expect.*")
        if path[-1] not in _EXPECTED_BESIDE
    ]
    if STATE_GROUP not in fields:
        yield document.fault(
            (*at, "read"), "unknown_field", "capture_field", of_key=True, value=STATE_GROUP
        )
    for path, value, of_key in uses:
        if value in fields or not isinstance(value, str):
            continue
        near = nearest(value, fields)
        yield document.fault(
            (*at, *path), "unknown_field", "did_you_mean" if near else "one_of",
            of_key=of_key, value=value, expected=fields, nearest=near,
        )  # fmt: skip


def alerts_of(file: AlertsFile, place: str) -> AlertPolicy:
    """From a sound file, called ``place``, to the domain's values."""
    return AlertPolicy(
        sources=tuple(_source(entry, place) for entry in file.sources),
        again=timedelta(minutes=file.again),
        flapping_after=file.flapping_after,
        calm=timedelta(minutes=file.calm),
        closure_code=file.closure_code,
    )


def shipped_alerts() -> AlertPolicy:
    """The monitoring systems that every release knows, where no home says otherwise."""
    raw = (data("config") / _FILE).read_bytes()
    return alerts_of(AlertsFile.model_validate(read_tree(raw).data), f"config/{_FILE}")


def _source(entry: Source, place: str) -> AlertSource:
    severity = entry.severity
    return AlertSource(
        name=entry.name,
        when=read_condition(entry.when, ())[0],
        subject_patterns=entry.read.subject,
        header_patterns=tuple(
            (name.lower(), one) for name, many in entry.read.headers.items() for one in many
        ),
        body_patterns=entry.read.body,
        states={_folded(w): AlertState(name) for name, many in entry.states.items() for w in many},
        key=entry.key,
        title=entry.title,
        senders=tuple(one.strip().lower() for one in entry.senders),
        proof=_PROOFS[entry.proof],
        ci=entry.ci,
        severity=severity.field if severity else "",
        grades=tuple(
            AlertGrade(frozenset(map(_folded, one.words)), one.impact, one.urgency)
            for one in (severity.grades if severity else ())
        ),
        shown={name: dict(titles) for name, titles in entry.shown.items()},
        category=entry.category,
        group=entry.group,
        tags=entry.tags,
        examples=tuple(
            AlertExample(
                sender=one.sender.lower(),
                subject=one.subject,
                body=one.body,
                headers=tuple((name.lower(), value) for name, value in one.headers.items()),
                expect=dict(one.expect),
                place=f"{place} {entry.name}[{ordinal}]",
            )
            for ordinal, one in enumerate(entry.examples)
        ),
    )


def _folded(word: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())
