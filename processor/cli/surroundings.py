"""What hangs on an incident beside its dossier, for `show`: items, handling, escalations, duties,
the emergency; with the dossier it is every information item (事件信息项, spec 1.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from processor.cli.frame import say
from processor.domain.configuration import ConfigurationItem
from processor.domain.duty import Duty
from processor.domain.emergency import Emergency, Receipt
from processor.domain.incident import Dossier, JournalEntry
from processor.domain.wording import Words
from processor.services.timekeeping import ESCALATION
from processor.store.unit_of_work import UnitOfWork

_FUNCTIONAL = "escalated"
_FIELD = "field"
_BY_ITSELF = frozenset({"opened", "rule"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Of one incident; all of it as the store has it."""

    items: tuple[ConfigurationItem, ...] = ()
    duties: tuple[Duty, ...] = ()
    emergency: Emergency | None = None
    receipts: tuple[Receipt, ...] = ()


def surroundings_of(work: UnitOfWork, number: str) -> Surroundings:
    """Load them."""
    return Surroundings(
        items=tuple(work.items.of(number)),
        duties=work.duties.of(number),
        emergency=work.emergencies.of(number),
        receipts=work.emergencies.receipts(number),
    )


def as_document(found: Surroundings, dossier: Dossier) -> dict[str, Any]:
    """For `show --json`; times as ISO 8601."""
    emergency = found.emergency
    return {
        "category_levels": [part for part in dossier.incident.category.split("/") if part],
        "items": [_values(one) for one in found.items],
        "handling": [_step(entry) for entry in dossier.journal if _handled(entry)],
        "escalations": [
            {**_step(entry), "kind": _kind(entry)} for entry in dossier.journal if _kind(entry)
        ],
        "duties": [_values(one) for one in found.duties],
        "emergency": (
            {**_values(emergency), "receipts": [_values(one) for one in found.receipts]}
            if emergency
            else None
        ),
    }


def on_page(found: Surroundings, words: Words, local: Callable[[datetime], str]) -> None:
    """Lines for a terminal; ``local`` says a time in the desk's zone."""
    for item in found.items:
        say(f"{words.say('shown.item')}: {item.name}")
    for duty in found.duties:
        state = words.say(f"shown.duty_{duty.state}")
        due = local(duty.due_at)
        say(f"{words.say('shown.duty')} {duty.ordinal}: {duty.text}  {due}  {duty.owner}  {state}")
    if found.receipts:
        acked = sum(one.acked_at is not None for one in found.receipts)
        say(f"{words.say('shown.receipts')}: {acked} / {len(found.receipts)}")


def _handled(entry: JournalEntry) -> bool:
    """Whether somebody did or wrote something (处理过程), which is no change of a field."""
    return entry.kind != _FIELD and entry.kind not in _BY_ITSELF


def _kind(entry: JournalEntry) -> str:
    return {_FUNCTIONAL: "functional", ESCALATION: "hierarchical"}.get(entry.kind, "")


def _step(entry: JournalEntry) -> dict[str, Any]:
    return {
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "kind": entry.kind,
        "via": entry.via,
        "text": entry.text,
    }


def _values(value: Any) -> dict[str, Any]:
    return {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.name != "id"}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple | list) else value
