"""Names that one place of the configuration gives and another one uses.

Looked up in what the files say, not in the models: one file's fault does not hide another's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from processor.domain.incident import Incident
from processor.settings.documents import Document
from processor.settings.faults import ConfigFault, nearest
from processor.settings.yaml_nodes import Path

Names = Mapping[str, tuple[str, ...]]
"""Kind of name → the names that there are."""

# File (or folder/*), path (* is any entry), kind of name.
_USES = (
    ("postdesk.yaml", "mailboxes.*.sender", "sender"),
    ("postdesk.yaml", "mailboxes.*.login", "login"),
    ("postdesk.yaml", "senders.*.login", "login"),
    ("postdesk.yaml", "mailboxes.*.profile", "profile"),
    ("people.yaml", "desk", "group"),
    ("people.yaml", "people.*.groups.*", "group"),
    ("people.yaml", "people.*.leads.*", "group"),
    ("sla.yaml", "targets.*.calendar", "calendar"),
    ("sla.yaml", "timetable.*.*", "told"),
    ("sla.yaml", "not_accepted.*.*", "told"),
    ("rounds.yaml", "calendar", "calendar"),
    ("reports.yaml", "calendar", "calendar"),
    ("reports.yaml", "schedule.*.to.*", "recipient"),
    ("reports.yaml", "schedule.*.contract", "contract"),
    ("reports.yaml", "schedule.*.profile", "profile"),
    ("reports.yaml", "major.to.*", "recipient"),
    ("reports.yaml", "audit.*.*", "record_field"),
    ("rounds.yaml", "reminders.answer.closure_code", "closure_code"),
    ("postdesk.yaml", "profile", "profile"),
    ("forms.yaml", "forms.*.profile", "profile"),
    ("profiles/*", "group", "group"),
    ("profiles/*", "grades.*.group", "group"),
    ("profiles/*", "grades.*.tell.*", "office"),
    ("profiles/*", "targets.*.calendar", "calendar"),
    ("profiles/*", "duties.*.calendar", "calendar"),
    ("profiles/*", "duties.*.owner", "office"),
    ("profiles/*", "confidential.cleared.groups.*", "group"),
    ("profiles/*", "confidential.cleared.posts.*", "office"),
    ("contracts.yaml", "organisations.*.services.*", "category"),
    ("contracts.yaml", "agreements.*.organisation", "organisation"),
    ("contracts.yaml", "agreements.*.contract", "contract"),
    ("contracts.yaml", "agreements.*.category", "category"),
    ("contracts.yaml", "agreements.*.calendar", "calendar"),
    ("contracts.yaml", "agreements.*.targets.*.calendar", "calendar"),
    ("alerts.yaml", "closure_code", "closure_code"),
    ("problems.yaml", "unresolved_codes.*", "closure_code"),
    ("changes.yaml", "approvals.*.by.*", "approver"),
    ("alerts.yaml", "sources.*.category", "category"),
    ("alerts.yaml", "sources.*.group", "group"),
    ("vendors.yaml", "vendors.*.calendar", "calendar"),
    ("emergency.yaml", "confirm.silence_tells", "post"),
    ("emergency.yaml", "rosters.*.members.*.post", "post"),
    ("emergency.yaml", "rosters.*.members.*.group", "group"),
    ("emergency.yaml", "confirm.profiles.*", "profile"),
    ("emergency.yaml", "commander", "person"),
    ("emergency.yaml", "*.*.categories.*", "category"),
    ("emergency.yaml", "*.*.profiles.*", "profile"),
    ("emergency.yaml", "notices.*.owner", "person"),
    ("rules/*", "*.then.category", "category"),
    ("rules/*", "*.then.group", "group"),
    ("rules/*", "*.then.assignee", "person"),
    ("rules/*", "*.then.profile", "profile"),
    ("rules/*", "*.examples.*.expect.category", "category"),
    ("rules/*", "*.examples.*.expect.group", "group"),
    ("rules/*", "*.examples.*.expect.assignee", "person"),
    ("rules/*", "*.examples.*.expect.profile", "profile"),
)
_FOLDED = frozenset({"person", "approver"})
_TOLD = ("assignee", "lead", "desk", "manager")
"""Whom the timetable can name beside the posts: by their relation to the incident."""
_RECEIVING = (
    "contacts", "manager", "process_owner", "desk", "lead", "engineer", "administrator",
    "executive",
)  # fmt: skip
"""Who can get reports, beside posts."""
_DECIDING = ("approver", "manager", "process_owner")
"""Roles that can decide on a change, beside posts and persons."""


def names_in(documents: Mapping[str, Document]) -> dict[str, tuple[str, ...]]:
    """Every name that the files give, by kind. A kind whose file cannot be read is left out."""
    found: dict[str, tuple[str, ...]] = {"record_field": tuple(f.name for f in fields(Incident))}

    def gather(kind: str, file: str, *patterns: str) -> None:
        document = documents.get(file)
        if document is not None and document.sound:
            values = [v for p in patterns for _, v in walk(document.data, p)]
            found[kind] = tuple(dict.fromkeys(str(v) for v in values if v is not None))

    gather("sender", "postdesk.yaml", "senders.*.name")
    gather("mailbox", "postdesk.yaml", "mailboxes.*.name")
    gather("login", "postdesk.yaml", "logins.*.name")
    gather("group", "people.yaml", "groups.*.name")
    gather("person", "people.yaml", "people.*.address", "people.*.aliases.*")
    if "person" in found:
        found["person"] = tuple(one.lower() for one in found["person"])
        told = documents["people.yaml"].data
        posts, contacts = (
            said if isinstance(told, dict) and isinstance(said := told.get(key), dict) else {}
            for key in ("posts", "contacts")
        )
        found["told"] = (*_TOLD, *posts)
        found["post"] = (*posts, *contacts)
        found["office"] = (*_TOLD, *posts, *contacts)
        found["recipient"] = (*_RECEIVING, *posts, *contacts)
        found["approver"] = (*_DECIDING, *posts, *found["person"])
    gather("organisation", "contracts.yaml", "organisations.*.name")
    gather("contract", "contracts.yaml", "organisations.*.contract")
    calendars = documents.get("calendars.yaml")
    if calendars is not None and calendars.sound and isinstance(calendars.data, dict):
        found["calendar"] = tuple(calendars.data.get("calendars") or ())
    profiles = {name: d for name, d in documents.items() if name.startswith("profiles/")}
    found["profile"] = tuple(name[len("profiles/") : -len(".yaml")] for name in profiles)
    if all(document.sound for document in profiles.values()):
        found["category"] = tuple(
            path for document in profiles.values() for _, path in category_paths(document.data)
        )
        found["closure_code"] = tuple(
            str(code)
            for document in profiles.values()
            for _, code in walk(document.data, "closure_codes.*.code")
        )
    return found


def unknown_names(documents: Mapping[str, Document], names: Names) -> Iterator[ConfigFault]:
    """A fault for every use of a name that nobody gives."""
    for name, document in documents.items():
        for file, pattern, kind in _USES:
            fits = name == file or (file.endswith("/*") and name.startswith(file[:-1]))
            if not fits or not document.sound or kind not in names:
                continue
            known = names[kind]
            for path, value in walk(document.data, pattern):
                # of another kind than text: the schema says so; empty: nothing is named
                if not isinstance(value, str) or not value:
                    continue
                if (value.lower() if kind in _FOLDED else value) in known:
                    continue
                near = nearest(value, known)
                yield document.fault(
                    path,
                    f"unknown_{kind}",
                    "did_you_mean" if near else "one_of" if known else "",
                    value=value,
                    expected=known[:20],
                    nearest=near,
                )


def repeated(
    document: Document,
    patterns: Iterable[str],
    problem: str,
    fold: Any = str.lower,
) -> Iterator[ConfigFault]:
    """A fault for every value of ``patterns`` that stood there before; ``detail`` is its line."""
    seen: dict[str, Path] = {}
    for pattern in patterns:
        for path, value in walk(document.data, pattern):
            if value is None or isinstance(value, dict | list):
                continue
            key = fold(str(value))
            if key in seen:
                line = str(document.place(seen[key])[0])
                yield document.fault(path, problem, "keep_one", value=value, detail=line)
            else:
                seen[key] = path


def category_paths(profile: Any) -> Iterator[tuple[Path, str]]:
    """Place and path of codes of every category of a profile."""
    yield from _below(profile, "categories", (), "")


def _below(entry: Any, key: str, at: Path, above: str) -> Iterator[tuple[Path, str]]:
    listed = entry.get(key) if isinstance(entry, dict) else None
    for index, one in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(one, dict) and one.get("code") is not None:
            path = f"{above}{one['code']}"
            here = (*at, key, index)
            yield (*here, "code"), path
            yield from _below(one, "below", here, f"{path}/")


def walk(data: Any, pattern: str) -> Iterator[tuple[Path, Any]]:
    """Every value that ``pattern`` (steps joined by dots, * for any) leads to, with its path."""
    found: list[tuple[Path, Any]] = [((), data)]
    for step in pattern.split("."):
        found = [pair for path, value in found for pair in _step(path, value, step)]
    yield from found


def _step(path: Path, value: Any, step: str) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for key in value if step == "*" else [step] if step in value else []:
            yield (*path, key), value[key]
    elif isinstance(value, list) and step == "*":
        for at, one in enumerate(value):
            yield (*path, at), one
