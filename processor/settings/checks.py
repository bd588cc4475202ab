"""What no single file can show to be wrong: names given twice, posts that nobody holds, paths
that cross."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from processor.settings.documents import Document
from processor.settings.faults import ConfigFault
from processor.settings.form_checks import form_checks
from processor.settings.profile_checks import profile_checks
from processor.settings.references import category_paths, repeated, walk
from processor.settings.schema.agreements import Target
from processor.settings.schema.process import ANSWERING
from processor.settings.yaml_nodes import Path as Keys

_ONCE = (
    ("postdesk.yaml", ("mailboxes.*.name",), "name_twice"),
    ("postdesk.yaml", ("mailboxes.*.address", "mailboxes.*.aliases.*"), "address_twice"),
    ("postdesk.yaml", ("senders.*.name",), "name_twice"),
    ("postdesk.yaml", ("logins.*.name",), "name_twice"),
    ("people.yaml", ("groups.*.name",), "name_twice"),
    ("association.yaml", ("items.listed.*.name", "items.listed.*.aliases.*"), "name_twice"),
    ("people.yaml", ("people.*.address", "people.*.aliases.*"), "address_twice"),
    ("people.yaml", ("people.*.leads.*",), "lead_twice"),
    ("contracts.yaml", ("organisations.*.domains.*",), "domain_twice"),
    ("contracts.yaml", ("organisations.*.addresses.*",), "address_twice"),
    ("vendors.yaml", ("vendors.*.name",), "name_twice"),
    ("vendors.yaml", ("vendors.*.contacts.*.address",), "address_twice"),
    ("profiles/*", ("closure_codes.*.code",), "name_twice"),
    ("profiles/*", ("grades.*.id",), "name_twice"),
    ("profiles/*", ("grades.*.priority",), "priority_twice"),
    ("profiles/*", ("fields.*.id",), "name_twice"),
    ("profiles/*", ("fields.*.zh.*", "fields.*.en.*"), "label_twice"),
    ("profiles/*", ("checklist.*.id",), "name_twice"),
    ("profiles/*", ("duties.*.id",), "name_twice"),
)
_CONDITIONS = ("organisation", "contract", "category", "type")
_NEEDED_ROLES = ("administrator", "manager", "desk")
_LANGUAGES = ("zh", "en")
_KEYWORDS = (
    "commands.*.zh.*", "commands.*.en.*", "commands.*.more.*.*",
    "fields.*.zh.*", "fields.*.en.*", "fields.*.more.*.*",
)  # fmt: skip


def cross_checks(
    documents: Mapping[str, Document], templates: tuple[Path, ...]
) -> Iterator[ConfigFault]:
    """Every fault that takes more than one value to see. ``templates`` is the search path."""
    sound = {name: d for name, d in documents.items() if d.sound}
    for file, patterns, problem in _ONCE:
        for name, document in sound.items():
            if name == file or (file.endswith("/*") and name.startswith(file[:-1])):
                yield from repeated(document, patterns, problem)
    if "people.yaml" in sound:
        yield from _posts(sound["people.yaml"])
    if "postdesk.yaml" in sound:
        yield from _ways(sound["postdesk.yaml"], sound.get("people.yaml"))
    if "commands.yaml" in sound:
        yield from _keywords(sound["commands.yaml"])
        yield from _risks(sound["commands.yaml"])
    if "sla.yaml" in sound:
        yield from _grades(sound["sla.yaml"])
    if "changes.yaml" in sound and "people.yaml" in sound:
        yield from _approvals(sound["changes.yaml"], sound["people.yaml"])
    if "contracts.yaml" in sound:
        yield from _agreements(sound["contracts.yaml"], sound.get("sla.yaml"))
    if "reports.yaml" in sound:
        yield from _report_templates(sound["reports.yaml"], templates)
    if "forms.yaml" in sound:
        yield from form_checks(sound["forms.yaml"], sound, templates)
    yield from profile_checks(sound)
    yield from _rule_names(sound)
    yield from _categories(sound)


def _posts(people: Document) -> Iterator[ConfigFault]:
    roles = {value for _, value in walk(people.data, "people.*.roles.*")}
    for role in _NEEDED_ROLES:
        if role not in roles:
            yield people.fault(("people",), "nobody_is", "give_role", of_key=True, value=role)
    manned = {v for p in ("people.*.groups.*", "people.*.leads.*") for _, v in walk(people.data, p)}
    for path, group in walk(people.data, "groups.*"):
        if isinstance(group, dict) and group.get("name") and not group.get("address"):
            name = group["name"]
            if name not in manned:
                yield people.fault((*path, "name"), "empty_group", "man_group", value=name)


def _ways(desk: Document, people: Document | None) -> Iterator[ConfigFault]:
    known = {
        str(value).lower()
        for pattern in ("people.*.address", "people.*.aliases.*")
        for _, value in walk(people.data if people else None, pattern)
    }
    for pattern in ("mailboxes.*.address", "mailboxes.*.aliases.*"):
        for path, address in walk(desk.data, pattern):
            if str(address).lower() in known:
                yield desk.fault(path, "own_address", "other_address", value=address)
    folders = {_plain(value) for _, value in walk(desk.data, "mailboxes.*.path") if value}
    for path, folder in walk(desk.data, "senders.*.path"):
        if folder and _plain(folder) in folders:
            yield desk.fault(path, "same_folder", "other_folder", value=folder)


def _plain(path: object) -> str:
    return Path(str(path)).as_posix()


def _keywords(commands: Document) -> Iterator[ConfigFault]:
    """A keyword of two commands; within one command the languages may share it."""
    seen: dict[str, tuple[str, int]] = {}
    for pattern in _KEYWORDS:
        for path, word in walk(commands.data, pattern):
            if isinstance(word, dict | list) or word is None:
                continue
            key = " ".join(unicodedata.normalize("NFKC", str(word)).casefold().split())
            name = f"{path[0]}.{path[1]}" if path[0] == "fields" else str(path[1])
            first, line = seen.setdefault(key, (name, 0))
            if first != name:
                line = line or _line_of(commands, key)
                yield commands.fault(
                    path, "keyword_twice", "other_keyword", value=word, nearest=first,
                    detail=str(line),
                )  # fmt: skip


def _line_of(commands: Document, key: str) -> int:
    for pattern in _KEYWORDS:
        for path, word in walk(commands.data, pattern):
            if " ".join(unicodedata.normalize("NFKC", str(word)).casefold().split()) == key:
                return commands.place(path)[0]
    return 0


def _risks(commands: Document) -> Iterator[ConfigFault]:
    for path, risk in walk(commands.data, "commands.*.risk"):
        if risk == "none" and path[1] not in ANSWERING:
            expected = ("low", "high")
            yield commands.fault(path, "risk_too_low", "one_of", value=path[1], expected=expected)


def _grades(sla: Document) -> Iterator[ConfigFault]:
    for path, entry in walk(sla.data, "targets.*"):
        yield from _late(sla, path, entry, entry)


def _late(document: Document, path: Keys, entry: Any, said: Any) -> Iterator[ConfigFault]:
    """``entry`` is the whole target, ``said`` what of it stands at ``path``."""
    try:
        target = Target.model_validate(entry)
    except ValueError:
        return  # the schema has said so
    if target.response > target.resolution:
        key = "response" if "response" in said else "resolution"
        yield document.fault(
            (*path, key), "late_response", "shorter_response",
            value=entry["response"], detail=str(entry["resolution"]),
        )  # fmt: skip


def _agreements(contracts: Document, sla: Document | None) -> Iterator[ConfigFault]:
    """Two for the very same, and a response that would be due after its resolution."""
    seen: dict[tuple[str, ...], Keys] = {}
    general = sla.data.get("targets") if sla is not None and isinstance(sla.data, dict) else None
    for path, entry in walk(contracts.data, "agreements.*"):
        if not isinstance(entry, dict):
            continue
        key = tuple(str(entry.get(name) or "").casefold() for name in _CONDITIONS)
        if key in seen:
            line = str(contracts.place(seen[key])[0])
            yield contracts.fault(path, "agreement_twice", "keep_one", detail=line)
        seen.setdefault(key, path)
        for at, said in walk(entry, "targets.*"):
            base = general.get(at[-1]) if isinstance(general, dict) else None
            if isinstance(base, dict) and isinstance(said, dict):
                both = {**base, **{k: v for k, v in said.items() if v is not None}}
                yield from _late(contracts, (*path, *at), both, said)


def _approvals(changes: Document, people: Document) -> Iterator[ConfigFault]:
    """Approvals that can never be had, since too few people could give them."""
    posts = dict(walk(people.data, "posts.*"))
    for path, entry in walk(changes.data, "approvals.*"):
        named = entry.get("by") if isinstance(entry, dict) else None
        needed = entry.get("needed", 1) if isinstance(entry, dict) else 0
        if not isinstance(named, list) or not isinstance(needed, int):
            continue  # the schema has said so
        able = {
            str(person.get("address")).lower()
            for _, person in walk(people.data, "people.*")
            if isinstance(person, dict) and set(named) & set(person.get("roles") or ())
        }
        able |= {
            str(posts.get(("posts", name), name)).lower()
            for name in named
            if "@" in str(posts.get(("posts", name), name))
        }
        if len(able) < needed:
            yield changes.fault(
                (*path, "needed"), "too_few_approvers", "more_approvers",
                value=needed, detail=str(len(able)),
            )  # fmt: skip


def _report_templates(reports: Document, templates: tuple[Path, ...]) -> Iterator[ConfigFault]:
    for path, name in walk(reports.data, "templates.*"):
        if not isinstance(name, str):
            continue
        for language in _LANGUAGES:
            wanted = name.replace("{language}", language)
            if not any((folder / wanted).is_file() for folder in templates):
                yield reports.fault(path, "no_template", "place_template", value=wanted)


def _rule_names(documents: Mapping[str, Document]) -> Iterator[ConfigFault]:
    """Names are the journal's: across files too, each once. Within a file the notation says so."""
    seen: dict[str, str] = {}
    for name, document in documents.items():
        if not name.startswith("rules/"):
            continue
        for path, rule in walk(document.data, "*.name"):
            first = seen.setdefault(str(rule), name)
            if first != name:
                yield document.fault(path, "rule_twice", "rename_rule", value=rule, detail=first)


def _categories(documents: Mapping[str, Document]) -> Iterator[ConfigFault]:
    for name, document in documents.items():
        if not name.startswith("profiles/"):
            continue
        listed: list[tuple[Any, str]] = list(category_paths(document.data))
        counts = Counter(path for _, path in listed)
        for place, path in reversed(listed):
            if counts[path] > 1:
                counts[path] -= 1
                yield document.fault(place, "name_twice", "keep_one", value=path)
            if path.count("/") > 2:
                yield document.fault(place, "too_deep", "three_levels", value=path)
