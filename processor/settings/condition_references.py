"""Names that conditions of rules ask for: at any depth, whatever stands around them.

A name that nothing has would make a rule that never holds, and nobody would notice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from processor.domain.ruling_notation import JOINTS
from processor.settings.documents import Document
from processor.settings.faults import ConfigFault, nearest
from processor.settings.references import Names, walk
from processor.settings.yaml_nodes import Path

# File (or folder/*) and path of conditions.
_CONDITIONS = (("rules/*", "*.when"), ("alerts.yaml", "sources.*.when"))
# Key of a condition → kind of name.
_KINDS = {
    "profile": "profile",
    "mailbox": "mailbox",
    "form": "form",
    "organisation": "organisation_of_author",
    "language": "language",
}
_LANGUAGES = ("zh", "en")
_WHOLE = ("in", "is")
_IN_PART = ("contains", "words")
# Kinds of whose names rules may well say a part, even without an operator.
_PROSE = frozenset({"organisation_of_author"})
_PROBLEMS = {"organisation_of_author": "unknown_organisation", "language": "unknown_value"}


def names_for_conditions(
    documents: Mapping[str, Document], names: Names
) -> dict[str, tuple[str, ...]]:
    """``names`` and those that conditions alone know. A kind is left out where a file that gives
    such names cannot be read."""
    found: dict[str, tuple[str, ...]] = {**names, "language": _LANGUAGES}
    forms = documents.get("forms.yaml")
    if forms is not None and forms.sound:
        found["form"] = tuple(str(name) for _, name in walk(forms.data, "forms.*.id"))
    places = [
        ("contracts.yaml", "organisations.*.name"),
        ("vendors.yaml", "vendors.*.name"),
        ("people.yaml", "people.*.organisation"),
        *((name, "people.*.organisation") for name in documents if name.startswith("people/")),
    ]
    if all(name in documents and documents[name].sound for name, _ in places):
        told = (
            value for name, pattern in places for _, value in walk(documents[name].data, pattern)
        )
        found["organisation_of_author"] = tuple(dict.fromkeys(str(one) for one in told if one))
    return found


def unknown_in_conditions(documents: Mapping[str, Document], names: Names) -> Iterator[ConfigFault]:
    """A fault for every condition on a name that nobody gives."""
    known = names_for_conditions(documents, names)
    for file, document in documents.items():
        for place, pattern in _CONDITIONS:
            fits = file == place or (place.endswith("/*") and file.startswith(place[:-1]))
            if not fits or not document.sound:
                continue
            for at, condition in walk(document.data, pattern):
                for path, key, operator, value in _asked(condition, at):
                    kind = _KINDS[key]
                    if kind in known and not _there(value, operator, kind, known[kind]):
                        yield _fault(document, path, kind, value, known[kind])


def _fault(
    document: Document, path: Path, kind: str, value: str, known: tuple[str, ...]
) -> ConfigFault:
    near = nearest(value, known)
    return document.fault(
        path,
        _PROBLEMS.get(kind, f"unknown_{kind}"),
        "did_you_mean" if near else "one_of" if known else "",
        value=value,
        expected=known[:20],
        nearest=near,
    )


def _there(value: str, operator: str, kind: str, known: tuple[str, ...]) -> bool:
    wanted, there = _folded(value), [_folded(one) for one in known]
    if operator in _IN_PART or (operator == "" and kind in _PROSE):
        return any(wanted.rstrip("*") in one for one in there)
    return wanted in there


def _folded(text: str) -> str:
    """Rules mind neither case nor width."""
    return unicodedata.normalize("NFKC", text).casefold()


def _asked(condition: Any, at: Path) -> Iterator[tuple[Path, str, str, str]]:
    """(path, key, operator, value) of each name that a condition asks for; "" = no operator."""
    if isinstance(condition, list):
        for index, part in enumerate(condition):
            yield from _asked(part, (*at, index))
    elif isinstance(condition, dict):
        for key, part in condition.items():
            if key in JOINTS:
                yield from _asked(part, (*at, key))
            elif key in _KINDS:
                for path, operator, value in _tested(part, (*at, key), ""):
                    yield path, key, operator, value


def _tested(test: Any, at: Path, operator: str) -> Iterator[tuple[Path, str, str]]:
    """(path, operator, value) of each name in what stands below one key."""
    if isinstance(test, list):
        for index, part in enumerate(test):
            yield from _tested(part, (*at, index), operator)
    elif isinstance(test, dict):
        for key, part in test.items():
            if key in (*JOINTS, *_WHOLE, *_IN_PART):
                yield from _tested(part, (*at, key), "" if key in JOINTS else key)
    elif isinstance(test, str) and test.strip():
        yield at, operator, test
