"""The course of a major incident: its key moments, what was decided, what was told to all."""

from __future__ import annotations

from collections.abc import Iterable

from processor.domain.incident import JournalEntry

_KEY_FIELDS = frozenset({"status", "priority", "group", "assignee", "commander"})
_KEY_KINDS = frozenset(
    {
        "opened",
        "urgent_asked",
        "urgent_denied",
        "emergency",
        "emergency_over",
        "grade_told",
        "broadcast",
        "receipts_missing",
        "escalation",
        "escalated",
        "recalled",
        "returned",
        "vendor",
        "vendor_mail",
        "change",
        "problem",
        "merged",
        "sent_back",
        "duty_done",
        "duty_overdue",
    }
)
_MILESTONES = frozenset({"opened", "urgent_denied", "emergency", "emergency_over", "broadcast"})
_DECISION_FIELDS = frozenset({"priority", "impact", "urgency"})
_DECISION_KINDS = frozenset(
    {
        "emergency",
        "urgent_denied",
        "reclassified",
        "recalled",
        "escalated",
        "vendor",
        "change",
        "held_back",
        "sent_back",
        "duty",
    }
)
_BY_THEMSELVES = frozenset({"rule", "clock", "round"})  # ways by which no person decides


def key_moments(journal: Iterable[JournalEntry]) -> list[JournalEntry]:
    """What a reader who was not there must know, in order; single steps of work are left out."""
    return [
        entry
        for entry in journal
        if (entry.field in _KEY_FIELDS if entry.field else entry.kind in _KEY_KINDS)
    ]


def milestones(journal: Iterable[JournalEntry]) -> list[JournalEntry]:
    """The bare course: statuses, declared, broadcast, over."""
    return [
        entry
        for entry in journal
        if (entry.field == "status" if entry.field else entry.kind in _MILESTONES)
    ]


def decisions(journal: Iterable[JournalEntry]) -> list[JournalEntry]:
    """What people decided: declared, denied, graded, put in charge, called in, called back."""
    return [entry for entry in journal if _decided(entry)]


def _decided(entry: JournalEntry) -> bool:
    if entry.actor == "postdesk" or entry.via.partition(":")[0] in _BY_THEMSELVES:
        return False
    if entry.field == "commander":
        return True
    if entry.field:  # the first value is no decision yet
        return entry.field in _DECISION_FIELDS and bool(entry.old)
    return entry.kind in _DECISION_KINDS


def broadcasts(journal: Iterable[JournalEntry]) -> list[JournalEntry]:
    """The texts that were broadcast to everybody on the roster."""
    return [entry for entry in journal if entry.kind == "broadcast"]
