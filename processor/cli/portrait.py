"""Records and messages as JSON for scripts and as text for people."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from processor.cli.frame import say
from processor.domain.incident import Clock, Dossier, Incident
from processor.domain.message import Address, Message
from processor.domain.wording import Words

_INNER = frozenset({"id"})
_WIDE = 2000  # columns of a list that nobody reads on a screen


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def row(incident: Incident) -> dict[str, Any]:
    """Every field of the record (1.2), times as ISO 8601."""
    return {
        field.name: _plain(getattr(incident, field.name))
        for field in fields(incident)
        if field.name not in _INNER
    }


def document(dossier: Dossier, now: datetime) -> dict[str, Any]:
    """`show --json`: the record, its journal, mails, clocks, links and attachments."""
    return {
        **row(dossier.incident),
        "clocks": [_clock(clock, now) for clock in dossier.clocks],
        "journal": [
            {
                "at": entry.at.isoformat(),
                "actor": entry.actor,
                "kind": entry.kind,
                "field": entry.field,
                "old": entry.old,
                "new": entry.new,
                "via": entry.via,
                "text": entry.text,
            }
            for entry in dossier.journal
        ],
        "own": dict(dossier.own),
        "ticked": [_values(one) for one in dossier.ticked],
        "mails": [_values(mail) for mail in dossier.mails],
        "links": [_values(link) for link in dossier.links],
        "attachments": [_values(one) for one in dossier.attachments],
    }


def _clock(clock: Clock, now: datetime) -> dict[str, Any]:
    met = clock.met
    return {
        **_values(clock),
        "met": met,
        "overdue": clock.running and now > clock.due_at if met is None else not met,
    }


def _values(value: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def understood(
    file: str,
    message: Message,
    alert: dict[str, Any] | None = None,
    form: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """`parse`: the message as scripts read it (spec 8)."""
    return {
        "file": file,
        "subject": message.subject,
        "from": _people(message.sender),
        "to": _people(message.to),
        "cc": _people(message.cc),
        "reply_to": _people(message.reply_to),
        "date": message.date.isoformat() if message.date else None,
        "message_id": message.message_id,
        "in_reply_to": list(message.in_reply_to),
        "references": list(message.references),
        "text": message.text,
        "reply_text": message.reply_text,
        "language": message.language,
        "kind": str(message.kind),
        "failed_recipients": [
            {"address": one.address, "status": one.status, "permanent": one.permanent}
            for one in message.failed_recipients
        ],
        "attachments": [
            {
                "name": one.name,
                "type": one.type,
                "size": one.size,
                "sha256": one.sha256,
                "inline": one.inline,
            }
            for one in message.attachments
        ],
        "alert": alert,
        "form": form,
        "defects": list(message.defects),
    }


def _people(addresses: Sequence[Address]) -> list[dict[str, str]]:
    return [{"name": one.name, "address": one.address} for one in addresses]


def table(incidents: Sequence[Incident], words: Words, zone: str) -> None:
    """A list: number, state, grade, who has it, what it is. It is fitted to a terminal; into a
    file or a pipe it goes whole, one line each."""
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=None, pad_edge=False)
    for name in ("number", "status", "priority", "reported_at", "group", "assignee", "subject"):
        shown.add_column(words.say(f"field.{name}"), no_wrap=name in ("number", "reported_at"))
    for one in incidents:
        shown.add_row(
            one.number,
            words.say(f"status.{one.status}"),
            f"P{one.priority}",
            local(one.reported_at, zone),
            one.group,
            one.assignee,
            " ".join(one.subject.split()),
        )
    console = Console(file=sys.stdout, highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, console.measure(shown).maximum, _WIDE)
    with console.capture() as capture:
        console.print(shown)
    for line in capture.get().splitlines():
        say(line.rstrip())


def page(dossier: Dossier, words: Words, zone: str) -> None:
    """One record for a terminal: fields that hold something, clocks, journal."""
    for name, value in row(dossier.incident).items():
        if value in ("", None, [], 0, False) or not words.has(f"field.{name}"):
            continue
        say(f"{words.say(f'field.{name}')}: {_shown(name, value, words, zone)}")
    for name, value in dossier.own:
        say(f"{name}: {value}")
    for one in dossier.ticked:
        said = words.say("mail.ticked", item=one.item)
        say(f"{said}  {local(one.at, zone)}  {one.actor}  {one.text}".rstrip())
    for clock in dossier.clocks:
        say(f"{words.say(f'clock.{clock.kind}')}: {local(clock.due_at, zone)}")
    for link in dossier.links:
        key = f"link.{link.kind}"
        said = words.say(key) if words.has(key) else link.kind
        say(f"{words.say('shown.link')}: {said} {link.number}")
    for file in dossier.attachments:
        say(f"{words.say('shown.attachment')}: {file.name} ({file.size})")
    for entry in dossier.journal:
        change = f"{entry.field}: {entry.old or '—'} → {entry.new or '—'}" if entry.field else ""
        text = entry.text
        if entry.kind == "rule" and entry.new:
            text = words.say("shown.by_configuration", rules=text, version=entry.new)
        say(f"{local(entry.at, zone)}  {entry.actor}  {entry.kind}  {change}{text}")


def _shown(name: str, value: Any, words: Words, zone: str) -> str:
    if name.endswith("_at"):
        return local(datetime.fromisoformat(value), zone)
    key = f"{name}.{value}"
    return words.say(key) if words.has(key) else str(value)


def local(moment: datetime, zone: str) -> str:
    """``2026-11-22 14:30`` in the zone."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
