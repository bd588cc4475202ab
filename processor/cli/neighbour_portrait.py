"""Problems and changes as JSON for scripts and as text for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from processor.cli.frame import say
from processor.cli.portrait import local
from processor.domain.neighbours import Neighbour, Portfolio
from processor.domain.problem import Problem
from processor.domain.wording import Words


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def neighbour_row(record: Neighbour) -> dict[str, Any]:
    """Every field of the record, times as ISO 8601."""
    return {field.name: _plain(getattr(record, field.name)) for field in fields(record)}


def neighbour_document(portfolio: Portfolio) -> dict[str, Any]:
    """`show --json`: the record, what it is linked with, its journal and mails."""
    return {
        **neighbour_row(portfolio.record),
        "kind": portfolio.record.kind,
        "incidents": [one.number for one in portfolio.incidents],
        "changes": [one.number for one in portfolio.changes],
        "journal": [_values(entry) for entry in portfolio.journal],
        "mails": [_values(mail) for mail in portfolio.mails],
    }


def _values(value: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def neighbour_page(portfolio: Portfolio, words: Words, zone: str) -> None:
    """One record for a terminal: fields that hold something, links, journal."""
    record = portfolio.record
    for name, value in neighbour_row(record).items():
        if value in ("", None, []) or not words.has(f"{record.kind}.field.{name}"):
            continue
        said = _shown(record, name, value, words, zone)
        say(f"{words.say(f'{record.kind}.field.{name}')}: {said}")
    for name, numbers in (
        ("linked", [one.number for one in portfolio.incidents]),
        ("changes", [one.number for one in portfolio.changes]),
    ):
        if numbers:
            say(f"{words.say(f'mail.fact.{name}')}: {', '.join(numbers)}")
    for entry in portfolio.journal:
        change = f"{entry.field}: {entry.old or '—'} → {entry.new or '—'}" if entry.field else ""
        say(f"{local(entry.at, zone)}  {entry.actor}  {entry.kind}  {change}{entry.text}")


def _shown(record: Neighbour, name: str, value: Any, words: Words, zone: str) -> str:
    if name.endswith("_at"):
        return local(datetime.fromisoformat(value), zone)
    if isinstance(value, list):
        return ", ".join(value)
    for key in (f"{record.kind}.{name}.{value}", f"{name}.{value}"):
        if words.has(key):
            return words.say(key)
    return str(value)


def neighbour_table(records: Sequence[Neighbour], words: Words, zone: str) -> None:
    """A list: number, state, when, who has it, what it is; one line each."""
    for one in records:
        opened, who = _begun(one)
        status = words.say(f"{one.kind}.status.{one.status}")
        title = " ".join(one.title.split())
        say(f"{one.number}  {status}  {local(opened, zone)}  {who or '—'}  {title}")


def _begun(record: Neighbour) -> tuple[datetime, str]:
    if isinstance(record, Problem):
        return record.opened_at, record.assignee
    return record.raised_at, record.raised_by
