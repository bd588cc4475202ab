"""The journal as a reader follows it: the timeline, the handling steps, the escalations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from processor.domain.incident import JournalEntry
from reports.incident.vocabulary import LONG_FIELDS, Wordbook
from reports.word.plain_text import block, line

# Fields that move along with others: named only when they changed alone, so that a step of the
# process stays one sentence. Their values stand in the summary.
_FOLLOWING = frozenset(
    {
        "assigned_at",
        "accepted_at",
        "resolved_at",
        "confirmed_at",
        "closed_at",
        "dispatches",
        "hierarchical_escalations",
        "functional_escalations",
        "resolver",
        "resolver_role",
        "line",
    }
)
_STEPS = frozenset(
    {
        "note",
        "reply",
        "question",
        "mail",
        "comment",
        "returned",
        "sent_back",
        "escalated",
        "recalled",
        "reclassified",
        "resolved",
    }
)
_SHORT = 120  # characters of a step's text in the timeline; the whole is among the steps


@dataclass(frozen=True, slots=True)
class Row:
    """What happened at one moment; ``how`` is by which way it came, or the step's kind."""

    when: str
    who: str
    how: str
    text: str


def timeline(journal: Iterable[JournalEntry], vocabulary: Wordbook) -> list[Row]:
    """One row for all that one actor did in one stroke (one mail, one command, one rule)."""
    rows = []
    for (at, actor, via), group in groupby(journal, key=lambda e: (e.at, e.actor, e.via)):
        text = "\n".join(_sentences(list(group), vocabulary))
        rows.append(
            Row(
                vocabulary.moments.moment(at), vocabulary.person(actor), _way(via, vocabulary), text
            )
        )
    return rows


def steps(journal: Iterable[JournalEntry], vocabulary: Wordbook) -> list[Row]:
    """What was noted, asked, answered and decided, in full (处理过程)."""
    return steps_of((entry for entry in journal if entry.kind in _STEPS), vocabulary)


def steps_of(entries: Iterable[JournalEntry], vocabulary: Wordbook) -> list[Row]:
    """One row for each of ``entries``, its text in full."""
    return [
        Row(
            vocabulary.moments.moment(entry.at),
            vocabulary.person(entry.actor),
            _kind(entry.kind, vocabulary),
            block(entry.text, vocabulary.say("cut")) or vocabulary.empty,
        )
        for entry in entries
    ]


def escalations(journal: Iterable[JournalEntry], vocabulary: Wordbook) -> list[Row]:
    """Hierarchical ones by the clock, functional ones to a higher support line (seed 5.7)."""
    rows = []
    for entry in journal:
        text = _escalation(entry, vocabulary)
        if text:
            how = _way(entry.via, vocabulary)
            rows.append(_row(entry.at, vocabulary.person(entry.actor), how, text, vocabulary))
    return rows


def _row(at: datetime, who: str, how: str, text: str, vocabulary: Wordbook) -> Row:
    return Row(vocabulary.moments.moment(at), who, how, text)


def _sentences(entries: list[JournalEntry], vocabulary: Wordbook) -> Iterator[str]:
    telling = [entry for entry in entries if not _follows(entry)]
    for entry in telling or entries:
        # the entry that an incident was opened carries its first status as a change does
        yield _change(entry, vocabulary) if entry.field else _step(entry, vocabulary)


def _follows(entry: JournalEntry) -> bool:
    return entry.kind == "field" and entry.field in _FOLLOWING


def _change(entry: JournalEntry, vocabulary: Wordbook) -> str:
    name = entry.field
    old, new = (line(vocabulary.value(name, raw), _SHORT) for raw in (entry.old, entry.new))
    if name == "status":
        key = "change.opened" if old == vocabulary.empty else "change.status"
        return vocabulary.say(key, old=old, new=new)
    label = vocabulary.field_name(name)
    if name in LONG_FIELDS and old != vocabulary.empty:
        return vocabulary.say("change.long", field=label)
    if new == vocabulary.empty:
        return vocabulary.say("change.cleared", field=label, old=old)
    if old == vocabulary.empty:
        return vocabulary.say("change.set", field=label, new=new)
    return vocabulary.say("change.changed", field=label, old=old, new=new)


def _step(entry: JournalEntry, vocabulary: Wordbook) -> str:
    text = _escalation(entry, vocabulary) or _rule(entry, vocabulary)
    if text:
        return text
    if entry.kind == "bounce":
        return vocabulary.say("bounce", text=line(entry.text, _SHORT))
    kind = _kind(entry.kind, vocabulary)
    short = line(_told(entry, vocabulary), _SHORT)
    return vocabulary.say("step", kind=kind, text=short) if short else kind


def _told(entry: JournalEntry, vocabulary: Wordbook) -> str:
    """The text of a step; where it is a code or an address, in the reader's words."""
    match entry.kind:
        case "reminder" | "silence":
            return vocabulary.coded("status", entry.text)
        case "receipt":
            return vocabulary.person(entry.text)
        case "emergency_round" if entry.text:
            return vocabulary.say("round", count=line(entry.text, 20))
        case "grade_told":
            posts = entry.text.partition(": ")[2].split(", ")
            return _posts("+".join(posts), vocabulary)
    return entry.text


def _kind(kind: str, vocabulary: Wordbook) -> str:
    known = vocabulary.words.has(f"report.entry.{kind}")
    return vocabulary.say(f"entry.{kind}" if known else "entry.other")


def _way(via: str, vocabulary: Wordbook) -> str:
    way, _, detail = via.partition(":")
    known = vocabulary.words.has(f"report.via.{way}")
    said = vocabulary.say(f"via.{way}" if known else "via.other")
    return f"{said} {line(detail, 40)}" if way == "rule" and detail else said


def _escalation(entry: JournalEntry, vocabulary: Wordbook) -> str:
    """``clock:resolution:75:lead`` and a rise of the support line as a sentence; "" for others."""
    if entry.kind == "field" and entry.field == "line" and (entry.new or "") > (entry.old or "9"):
        old, new = (vocabulary.value("line", raw) for raw in (entry.old, entry.new))
        return vocabulary.say("escalation.functional", old=old, new=new)
    if entry.kind != "escalation":
        return ""
    match entry.text.split(":"):
        case ["clock", clock, share, meant, *more]:
            skipped = more == ["skipped"]
            told = meant if skipped or not more else more[0]
            return vocabulary.say(
                "escalation.skipped" if skipped else "escalation.clock",
                clock=vocabulary.coded("clock", clock),
                share=line(share, 20),
                post=_posts(told, vocabulary),
            )
        case ["raised", post, *reason]:
            said = line(":".join(reason))
            return vocabulary.say("escalation.raised", post=_posts(post, vocabulary), reason=said)
        case ["emergency", "confirm"]:
            return vocabulary.say("escalation.unconfirmed")
        case ["dispatches", count]:
            return vocabulary.say("escalation.dispatches", count=line(count, 20))
    return line(entry.text) or vocabulary.say("entry.escalation")


def _posts(names: str, vocabulary: Wordbook) -> str:
    said = (vocabulary.coded("post", name) for name in names.split("+"))
    return vocabulary.say("separator").join(said)


def _rule(entry: JournalEntry, vocabulary: Wordbook) -> str:
    """``category, group: printers; urgency: urgent words`` as sentences; "" when it is no such."""
    if entry.kind != "rule":
        return ""
    said = []
    for part in entry.text.split("; "):
        names, colon, rule = part.partition(": ")
        fields = names.split(", ")
        if not colon or not all(vocabulary.words.has(f"field.{name}") for name in fields):
            return ""
        listed = vocabulary.say("separator").join(map(vocabulary.field_name, fields))
        said.append(vocabulary.say("rule", rule=line(rule, 80), fields=listed))
    return "\n".join(said)
