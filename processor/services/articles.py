"""Articles from files: Markdown with front matter, one article a file, or a table of many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from processor.domain.association import Columns, KnowledgeSettings
from processor.domain.knowledge import EVERYBODY, STAFF, Article, ArticleStatus
from processor.parsing.sheets import Sheet, SheetFault
from processor.rules.reading import folded
from processor.services.columns import Imported, Row, RowFault, field_named, lacking, rows_of
from processor.services.knowledge import next_number, numbers_in
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"(#{1,3})[ \t]+(.+?)[ \t]*#*[ \t]*")
_NEEDED = ("title", "solution")
_LANGUAGES = {"zh": ("zh", "中文", "chinese"), "en": ("en", "英文", "english")}


def read_markdown(text: str, columns: Columns) -> Row:
    """One article: front matter in YAML, then headings that are called as columns are. A first
    heading of another name is the title; text before any heading is the symptom.

    Raises SheetFault for front matter that is no mapping.
    """
    plain = text.replace("\r\n", "\n")
    front = _FRONT.match(plain)
    fields = _front(front.group(1), columns) if front else {}
    name, read = "symptom", dict[str, list[str]]()
    for line in plain[front.end() if front else 0 :].splitlines():
        heading = _HEADING.fullmatch(line)
        field = field_named(heading.group(2), columns) if heading else ""
        if heading and field:
            name = field
        elif heading and heading.group(1) == "#" and "title" not in fields:
            fields["title"] = heading.group(2)
        else:
            read.setdefault(name, []).append(line)
    for field, lines in read.items():
        told = "\n".join(lines).strip()
        if told:
            fields.setdefault(field, told)
    return Row(1, fields, {})


def _front(text: str, columns: Columns) -> dict[str, str]:
    try:
        said = YAML(typ="safe", pure=True).load(text)
    except YAMLError as fault:
        raise SheetFault(" ".join(str(fault).split())) from fault
    if not isinstance(said, dict):
        raise SheetFault("front matter")
    return {
        field: str(value).strip()
        for title, value in said.items()
        if value is not None and (field := field_named(str(title), columns))
    }


def import_table(
    work: UnitOfWork, policy: Policy, sheet: Sheet, at: datetime, *, dry: bool
) -> Imported:
    """Every row of a table is an article; one with a fault is left out and named."""
    columns = policy.association.settings.knowledge.columns
    done = Imported(faults=lacking(sheet, columns, _NEEDED))
    if not sheet.rows and not done.faults:
        done.faults.append(RowFault(0, "", "no_rows"))
    if not done.faults:
        _take(work, policy, rows_of(sheet, columns), done, at, dry=dry)
    return done


def import_one(work: UnitOfWork, policy: Policy, row: Row, at: datetime, *, dry: bool) -> Imported:
    """One article that was read from Markdown."""
    done = Imported()
    _take(work, policy, iter((row,)), done, at, dry=dry)
    return done


def _take(
    work: UnitOfWork,
    policy: Policy,
    rows: Iterator[Row],
    done: Imported,
    at: datetime,
    *,
    dry: bool,
) -> None:
    """Articles are known by their number or, without one, by their title: the same file again
    changes nothing."""
    stored = work.knowledge.all(tuple(ArticleStatus))
    by_title = {folded(one.title): one for one in reversed(stored)}
    by_number = {one.number: one for one in stored}
    seen: dict[str, int] = {}
    for row in rows:
        said, faults = _checked(row, policy)
        title = folded(said.get("title", ""))
        if not faults and title in seen:
            faults.append(RowFault(row.number, "title", "twice", {"first": seen[title]}))
        done.faults += faults
        if faults:
            continue
        seen[title] = row.number
        named = (numbers_in(row.fields.get("number", "")) or ("",))[0]
        before = by_number.get(named) or by_title.get(title)
        if before is None:
            done.added += 1
            if not dry:
                number = named or next_number(work, policy, at)
                work.knowledge.add(_fresh(number, at, said))
            continue
        after = replace(before, **said)
        if after == before:
            done.same += 1
        else:
            done.changed += 1
            if not dry:
                work.knowledge.save(after)


def _fresh(number: str, at: datetime, said: Mapping[str, str]) -> Article:
    given: dict[str, Any] = {"symptom": "", "status": ArticleStatus.PUBLISHED, **said}
    article = Article(number=number, written_at=at, **given)
    return replace(article, symptom=article.symptom or article.title)


def _checked(row: Row, policy: Policy) -> tuple[dict[str, Any], list[RowFault]]:
    """The fields as an article has them, and what is wrong."""
    settings = policy.association.settings.knowledge
    said = {name: text for name, text in row.fields.items() if name != "number"}
    faults = [
        RowFault(row.number, name, "empty") for name in _NEEDED if not said.get(name, "").strip()
    ]
    for name, choices in _choices(policy, settings).items():
        if not said.get(name):
            said.pop(name, None)
            continue
        meant = _chosen(said[name], choices)
        if meant is None:
            known = tuple(words[-1] for words in choices.values())[:12]
            params: dict[str, object] = {"value": said[name], "known": known}
            faults.append(RowFault(row.number, name, "no_choice", params))
        else:
            said[name] = meant
    if "status" in said:
        said["status"] = ArticleStatus(said["status"]) if not faults else said["status"]
    return said, faults


def _choices(policy: Policy, settings: KnowledgeSettings) -> dict[str, dict[str, tuple[str, ...]]]:
    """Field → what it may be → how people write that."""
    return {
        "language": dict(_LANGUAGES),
        "audience": {
            EVERYBODY: (EVERYBODY, *settings.everybody),
            STAFF: (STAFF, *_worded(policy, f"association.audience.{STAFF}")),
        },
        "status": {
            str(one): (str(one), *_worded(policy, f"association.status.{one}"))
            for one in ArticleStatus
        },
        "category": {path: (*titles.values(), path) for path, titles in policy.categories.items()},
    }


def _worded(policy: Policy, key: str) -> tuple[str, ...]:
    return tuple(words.say(key) for words in policy.words.values())


def _chosen(text: str, choices: Mapping[str, tuple[str, ...]]) -> str | None:
    wanted = folded(text)
    for code, words in choices.items():
        if any(folded(word) == wanted for word in words):
            return code
    return None
