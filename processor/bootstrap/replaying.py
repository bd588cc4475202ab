"""`rules replay`: past mails taken through the journey again, by another configuration.

The journey is the real one; it runs on a database that is made for it and thrown away. Nothing of
the home is written: its own database is at most read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from processor.bootstrap.wiring import desk_of
from processor.intake.drops import content_name
from processor.intake.source import Arrival
from processor.parsing.parse import parse
from processor.pipeline.processing import process
from processor.pipeline.state import Desk, Disposition, Journey
from processor.settings.loader import load
from processor.settings.settings import Settings
from processor.store.database import Store
from processor.store.past import judged_since, opening

RECORDED = (
    "type", "category", "impact", "urgency", "priority", "system", "ci", "group", "assignee",
    "profile", "tags", "reply_template",
)  # fmt: skip
FIELDS = ("disposition", *RECORDED)
_CHUNK = 50


@dataclass(frozen=True, slots=True)
class Filed:
    """What a mail came out as: its disposition and, if it opened an incident, the incident's fields
    (as text); of forms ``form 1``, … say what the rules gave each."""

    fields: Mapping[str, str]
    decided_by: Mapping[str, str] = field(default_factory=dict)

    @property
    def of_form(self) -> bool:
        """Whether forms were handed in."""
        return any(name.startswith("form ") for name in self.fields)


@dataclass(frozen=True, slots=True)
class PastMail:
    """A mail to be taken through once more; ``recorded`` is what came of it, where that is known.
    ``origin`` names the mailbox that it came by ("": the first one)."""

    name: str
    raw: bytes
    received_at: datetime
    origin: str = ""
    recorded: Filed | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A mail that comes out differently."""

    name: str
    sender: str
    subject: str
    received_at: datetime
    before: Filed
    after: Filed

    @property
    def fields(self) -> tuple[str, ...]:
        """What differs, in the order of FIELDS; where only one of the two opened an incident, that
        alone is told."""
        if (_of(self.before, "disposition") == Disposition.OPENED) != (
            _of(self.after, "disposition") == Disposition.OPENED
        ):
            return ("disposition",)
        names = dict.fromkeys((*FIELDS, *self.before.fields, *self.after.fields))
        return tuple(n for n in names if _of(self.before, n) != _of(self.after, n))

    def as_dict(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "mail": self.name,
            "from": self.sender,
            "subject": self.subject,
            "received_at": self.received_at.isoformat(),
            "changes": {
                name: {
                    "before": _of(self.before, name),
                    "after": _of(self.after, name),
                    "rule_before": self.before.decided_by.get(name, ""),
                    "rule_after": self.after.decided_by.get(name, ""),
                }
                for name in self.fields
            },
        }


@dataclass(frozen=True, slots=True)
class Replay:
    """All of it. ``base`` is the version of the configuration compared with, or "recorded"."""

    mails: int
    differences: tuple[Difference, ...]
    base: str
    version: str

    @property
    def by_field(self) -> dict[str, int]:
        """How many mails differ in each field."""
        return dict(Counter(name for one in self.differences for name in one.fields).most_common())

    def moves(self, name: str) -> list[tuple[str, str, int]]:
        """Before, after, how many: of one field, the most frequent first."""
        counted = Counter(
            (_of(one.before, name), _of(one.after, name))
            for one in self.differences
            if name in one.fields
        )
        return [(before, after, many) for (before, after), many in counted.most_common()]

    def as_dict(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "mails": self.mails,
            "different": len(self.differences),
            "base": self.base,
            "version": self.version,
            "by_field": self.by_field,
            "differences": [one.as_dict() for one in self.differences],
        }


def replay(mails: Sequence[PastMail], new: Settings, old: Settings | None = None) -> Replay:
    """Take ``mails`` through by ``new`` and compare with what was recorded or, where ``old`` is
    given, with what comes out by ``old``."""
    after = dict(_filed(mails, new))
    if old is not None:
        before = dict(_filed(mails, old))
    else:
        before = {place: mail.recorded for place, mail in enumerate(mails) if mail.recorded}
        # of what a form asked for the record keeps no judgement of its own
        after = {place: one if not one.of_form else before[place] for place, one in after.items()}
    differences = []
    for place in after.keys() & before.keys():
        one = _difference(mails[place], before[place], after[place])
        if one.fields:
            differences.append((place, one))
    return Replay(
        len(mails),
        tuple(one for _, one in sorted(differences, key=lambda pair: pair[0])),
        "recorded" if old is None else old.version,
        new.version,
    )


def in_folder(messages: Iterable[tuple[str, bytes]], otherwise: datetime) -> Iterator[PastMail]:
    """Mails out of files (name, bytes), each once, by the time of their Date; ``otherwise``
    (aware) where there is none to be read."""
    seen: set[str] = set()
    for name, raw in messages:
        print_ = content_name(raw)
        if print_ not in seen:
            seen.add(print_)
            yield PastMail(name, raw, _date_of(raw) or otherwise)


def recorded_since(store: Store, since: datetime) -> list[PastMail]:
    """The mails of the spool that rules were asked about from ``since`` (aware) on."""
    with store.read() as work:
        return [
            PastMail(
                f"spool:{mail.spool_id}",
                mail.raw,
                mail.received_at,
                mail.origin,
                Filed({"disposition": mail.disposition, **mail.recorded}, mail.decided_by),
            )
            for mail in judged_since(work, since, RECORDED)
        ]


def in_force(store: Store, home: Path) -> Settings | None:
    """The configuration that mail was last processed by, as it was kept; None where none was.

    Raises ConfigFaults where this release does not take it any more.
    """
    if not store.check().current:
        return None
    with store.read() as work:
        kept = work.configurations.get(work.configurations.in_force())
    if kept is None:
        return None
    with TemporaryDirectory(prefix="postdesk-") as folder:
        for name, text in kept.files.items():
            path = Path(folder) / name
            if name.startswith("config/") and ".." not in path.parts:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        return load(home, Path(folder) / "config")


@contextmanager
def _workbench(settings: Settings) -> Iterator[Desk]:
    """A desk on a database of its own that is thrown away."""
    with TemporaryDirectory(prefix="postdesk-") as folder:
        url = f"sqlite:///{folder}/replay.db"
        store = Store(url, blobs=Path(folder) / "blobs", lasting=False)
        store.upgrade()
        try:
            yield desk_of(replace(settings, database=url), store)
        finally:
            store.close()


def _filed(mails: Sequence[PastMail], settings: Settings) -> Iterator[tuple[int, Filed]]:
    """Place and outcome of each mail."""
    with _workbench(settings) as desk:
        for start in range(0, len(mails), _CHUNK):
            some = mails[start : start + _CHUNK]
            arrivals = [_arrival(mail, desk) for mail in some]
            with desk.store.begin() as work:
                entries = work.spool.add_many(arrivals, some[0].received_at)
            for place, (mail, entry) in enumerate(zip(some, entries, strict=True), start):
                if entry.new:
                    yield place, _outcome(desk, process(desk, entry, mail.received_at))


def _arrival(mail: PastMail, desk: Desk) -> Arrival:
    origin = mail.origin or next(iter(desk.mailboxes))
    return Arrival(origin, 0, content_name(mail.raw), mail.raw, mail.received_at, len(mail.raw))


def _outcome(desk: Desk, journey: Journey) -> Filed:
    fields = {"disposition": str(journey.disposition)}
    if journey.papers:
        for place, paper in enumerate(journey.papers, 1):
            said = sorted(paper.verdict.outcome.items())
            fields[f"form {place}"] = ", ".join(f"{name}={value}" for name, value in said)
    elif journey.disposition is Disposition.OPENED and journey.incident is not None:
        with desk.store.read() as work:
            recorded, decided_by = opening(work, journey.incident.number, RECORDED)
        return Filed(fields | recorded, decided_by)
    return Filed(fields, dict(journey.verdict.decided_by))


def _of(filed: Filed, name: str) -> str:
    return filed.fields.get(name, "")


def _difference(mail: PastMail, before: Filed, after: Filed) -> Difference:
    if before.fields == after.fields:
        return Difference(mail.name, "", "", mail.received_at, before, after)
    message = parse(mail.raw)
    author = message.author
    return Difference(
        mail.name,
        author.address if author else "",
        message.subject,
        mail.received_at,
        before,
        after,
    )


def _date_of(raw: bytes) -> datetime | None:
    """The Date of a mail, in UTC; None where there is none with a zone."""
    try:
        said = message_from_bytes(raw[:65536], policy=policy.compat32)["Date"]
        found = parsedate_to_datetime(str(said)) if said else None
    except (ValueError, TypeError, IndexError):
        return None
    return found if found is not None and found.tzinfo is not None else None
