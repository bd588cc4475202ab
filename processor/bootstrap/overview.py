"""The desk at a glance: how old what waits is, and which ends do not answer (`status`)."""

from __future__ import annotations

import fcntl
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from processor.bootstrap.wiring import App
from processor.domain.wording import Words

BOUNDS = (5, 10, 20, 40, 80, 160, 320, 640)
"""Minutes: what waits is counted by age up to each of them, as qshape does; then what is older."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait in one state: ``ages`` by ``BOUNDS``, and seconds of the oldest."""

    count: int
    oldest_seconds: int
    ages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything at one moment. ``daemon`` is its process id, 0 when none runs."""

    daemon: int
    spool: dict[str, Waiting]
    outbox: dict[str, Waiting]
    incidents: dict[str, int]
    timers: int
    mailboxes: list[dict[str, Any]] = field(default_factory=list)
    senders: list[dict[str, Any]] = field(default_factory=list)
    jobs: dict[str, datetime | None] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For scripts."""
        names = (*(str(bound) for bound in BOUNDS), "older")
        waits = {
            name: {
                state: {
                    "count": one.count,
                    "oldest_seconds": one.oldest_seconds,
                    "minutes": dict(zip(names, one.ages, strict=True)),
                }
                for state, one in states.items()
            }
            for name, states in (("spool", self.spool), ("outbox", self.outbox))
        }
        return {
            "daemon": {"running": bool(self.daemon), "pid": self.daemon or None},
            **waits,
            "incidents": self.incidents,
            "timers": {"due": self.timers},
            "mailboxes": [
                box | {"last_message_at": last.isoformat() if last else None}
                for box in self.mailboxes
                for last in (box["last_message_at"],)
            ],
            "senders": self.senders,
            "jobs": {name: at.isoformat() if at else None for name, at in self.jobs.items()},
        }

    def lines(self, words: Words, at: datetime) -> list[str]:
        """For people, at the time ``at`` (aware)."""

        def say(key: str, **filled: object) -> str:
            return words.say(f"cli.status.{key}", **filled)

        told = [say("daemon", pid=self.daemon) if self.daemon else say("no_daemon")]
        for name, states in (("spool", self.spool), ("outbox", self.outbox)):
            told.append(say(name))
            bounds = "".join(f"{bound:>6}" for bound in (*BOUNDS, f"{BOUNDS[-1]}+"))
            total = " " * (20 - cell_len(say("total"))) + say("total")
            told.append(f"{total}{bounds}   {say('minutes')}")
            told += [
                _labelled(words.say(f"cli.status.state.{state}"), one.count)
                + "".join(f"{count:>6}" for count in one.ages)
                for state, one in states.items()
            ]
        told.append(say("incidents"))
        told += [
            f"  {words.say(f'status.{status}')}: {count}"
            for status, count in self.incidents.items()
        ]
        told.append(say("timers"))
        told.append("  " + say("due", count=self.timers))
        told.append(say("mailboxes"))
        for box in self.mailboxes:
            last = box["last_message_at"]
            ago = say("never") if last is None else say("ago", **_ago(at - last))
            told.append(f"  {box['name']}: {box['kind']} {box['address']}  {ago}")
        told.append(say("senders"))
        told += [f"  {one['name']}: {one['kind']} {one['where']}" for one in self.senders]
        told.append(say("jobs"))
        for name, last in self.jobs.items():
            ago = say("not_yet") if last is None else say("ago", **_ago(at - last))
            told.append(f"  {name}: {ago}")
        return told


def overview(app: App, now: datetime) -> Overview:
    """The desk at ``now`` (aware)."""
    settings = app.settings
    with app.store.read() as work:
        spool = work.spool.waiting()
        outbox = work.outbox.waiting()
        last = work.spool.last_from([box.name for box in settings.mailboxes])
        names = [f"round/{plan.name}" for plan in settings.rounds.plans]
        names += [f"report/{plan.name}" for plan in settings.reports.plans]
        jobs = {name: work.jobs.last_of(name) for name in names}
        return Overview(
            daemon=_daemon(settings.home),
            spool={state: _aged(moments, now) for state, moments in spool.items()},
            outbox={state: _aged(moments, now) for state, moments in outbox.items()},
            incidents=dict(work.incidents.counts()),
            timers=work.timers.overdue(now) + work.neighbour_timers.overdue(now),
            mailboxes=[
                {
                    "name": box.name,
                    "kind": box.kind,
                    "address": box.address,
                    "last_message_at": last.get(box.name),
                }
                for box in settings.mailboxes
            ],
            senders=[
                {"name": one.name, "kind": one.kind, "where": one.host or one.path}
                for one in settings.senders
            ],
            jobs=jobs,
        )


def _aged(moments: Sequence[datetime], now: datetime) -> Waiting:
    ages = [max(now - moment, timedelta()) for moment in moments]
    counts = [0] * (len(BOUNDS) + 1)
    for age in ages:
        minutes = age / timedelta(minutes=1)
        counts[sum(minutes >= bound for bound in BOUNDS)] += 1
    oldest = max(ages, default=timedelta())
    return Waiting(len(ages), int(oldest.total_seconds()), tuple(counts))


def _labelled(label: str, count: int) -> str:
    """In columns also where letters are two columns wide."""
    return f"  {label}{' ' * (12 - cell_len(label))}{count:>6}"


def _ago(age: timedelta) -> dict[str, object]:
    minutes = max(0, int(age.total_seconds() // 60))
    return {"days": minutes // 1440, "hours": minutes // 60 % 24, "minutes": minutes % 60}


def _daemon(home: Path) -> int:
    """The process that holds the home's lock; 0 when it is free."""
    try:
        with (home / "data" / "daemon.lock").open("r") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return int(lock.read().strip() or 0)
    except (OSError, ValueError):
        return 0
    return 0
