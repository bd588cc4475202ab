"""Months of a desk's records, made up by a seed and put into a store, for tests of reports."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from processor.store.database import Store
from processor.store.fact_tables import occurrences
from processor.store.facts import rebuild
from processor.store.moments import seconds_of
from processor.store.neighbours import callbacks, changes, problems
from processor.store.tables import clocks, incidents, journal
from processor.store.writing import Writing

CATEGORIES = (
    "network/lan", "network/wan", "security/virus", "system/os", "system/database", "application",
    "hardware/printer", "hardware/pc", "hardware/phone", "account", "mail/client", "mail/server",
)  # fmt: skip
GROUPS = ("service-desk", "hardware", "network", "systems", "applications", "security")
ENGINEERS = (
    "wang.qiang@example.com",
    "liu.yang@example.com",
    "he.min@example.com",
    "a@example.com",
)
SUBJECTS = (
    "打印机卡纸",
    "无法登录 OA 系统",
    "网络很慢",
    "VPN connection drops",
    "邮件发不出去",
    "需要安装软件",
)
_SOURCES = ("mail", "mail", "mail", "phone", "monitoring", "form", "walk_in", "self_service")


def fill(store: Store, count: int, first: datetime, last: datetime, seed: int = 7) -> None:
    """``count`` incidents reported from ``first`` to ``last`` (aware), with what came of them."""
    rows = list(_lives(count, first, last, random.Random(seed)))
    with store.begin() as work:
        connection = work.connection
        for table in (incidents, clocks, journal, callbacks):
            some = [row for life in rows for row in life.get(table.name, [])]
            for at in range(0, len(some), 5_000):
                connection.execute(insert(table), some[at : at + 5_000])
        rebuild(Writing(connection))
        kinds = [row for life in rows for row in life["occurrences"]]
        if kinds:
            connection.execute(insert(occurrences), kinds)
        connection.execute(insert(problems), list(_problems(first, last)))
        connection.execute(insert(changes), list(_changes(first, last)))


def _lives(
    count: int, first: datetime, last: datetime, dice: random.Random
) -> Iterator[dict[str, list[dict[str, Any]]]]:
    times: list[datetime] = []
    while len(times) < count:
        at = first + (last - first) * dice.random()
        here = at + timedelta(hours=8)
        busy = 1.0 if here.weekday() < 5 else 0.15
        busy *= 1.0 if 9 <= here.hour < 12 or 14 <= here.hour < 18 else 0.2
        if dice.random() < busy:
            times.append(at.replace(microsecond=0))
    for key, at in enumerate(sorted(times), start=1):
        yield _life(key, at, last, dice)


def _life(
    key: int, at: datetime, last: datetime, dice: random.Random
) -> dict[str, list[dict[str, Any]]]:
    number = f"INC-{at:%Y%m%d}-{key:05d}"
    priority = dice.choices((1, 2, 3, 4), (2, 10, 55, 33))[0]
    target = {1: 240, 2: 480, 3: 1440, 4: 2880}[priority]
    answered = at + timedelta(minutes=dice.expovariate(1 / 12))
    took = dice.lognormvariate(4.6, 1.1)
    resolved = answered + timedelta(minutes=took)
    done = resolved < last
    closed = resolved + timedelta(hours=dice.uniform(4, 60))
    archived = done and closed < last
    dispatches = dice.choices((1, 2, 3), (85, 12, 3))[0]
    wrong = int(dispatches > 1 and dice.random() < 0.4)
    major = priority == 1 and dice.random() < 0.3
    status = "closed" if archived else "resolved" if done else "in_progress"
    row = {
        "id": key, "number": number, "type": "incident", "status": status, "reported_at": at,
        "subject": dice.choice(SUBJECTS), "symptom": "…", "reporter_address": "u@example.com",
        "active_service": dice.random() < 0.1, "impact": 3, "urgency": 3, "priority": priority,
        "initial_priority": priority, "line": 1, "effort_minutes": 0, "major": major,
        "drill": False, "confidential": dice.random() < 0.01, "dispatches": dispatches,
        "wrong_dispatches": wrong, "reopens": int(dice.random() < 0.03),
        "functional_escalations": 0, "hierarchical_escalations": 0,
        "watchers": (), "tags": (), "unreachable": (),
        "category": dice.choices(CATEGORIES, (30, 8, 4, 9, 5, 22, 18, 12, 3, 15, 9, 4))[0],
        "ci": dice.choice(("", f"PRN-{dice.randrange(12):02d}", f"SRV-{dice.randrange(8):02d}")),
        "group": dice.choice(GROUPS), "assignee": dice.choice(ENGINEERS),
        "source": dice.choice(_SOURCES), "contract": dice.choice(("C-1", "C-1", "C-2", "")),
        "organisation": dice.choice(("甲公司", "乙公司")), "profile": "it",
        "resolver": "", "resolver_role": "",
        "resolved_at": resolved if done else None, "closed_at": closed if archived else None,
        "satisfaction": dice.choices((None, 1, 2, 3, 4, 5), (60, 1, 1, 4, 12, 22))[0]
        if archived else None,
        "knowledge_used": "KB-1" if dice.random() < 0.2 else "",
    }  # fmt: skip
    if done:
        row["resolver"] = row["assignee"]
        row["resolver_role"] = dice.choice(("desk", "first", "second"))
    clock = {"number": number, "calendar": "work", "started_at": at, "paused_minutes": 0.0}
    spans = [
        clock | {
            "kind": "response", "target_minutes": 30, "due_at": at + timedelta(minutes=30),
            "stopped_at": answered, "elapsed_minutes": (answered - at).total_seconds() / 60,
        },
        clock | {
            "kind": "resolution", "target_minutes": target,
            "due_at": at + timedelta(minutes=target), "stopped_at": resolved if done else None,
            "elapsed_minutes": took if done else None,
        },
    ]  # fmt: skip
    happened = [
        {"kind": kind, "at": seconds_of(answered), "incident_id": key, "amount": amount}
        for kind, amount in (
            ("dispatches", dispatches), ("redispatches", dispatches - 1),
            ("wrong_dispatches", wrong), ("reopens", row["reopens"]),
        )
        if amount
    ]  # fmt: skip
    step = {"number": number, "actor": "postdesk", "kind": "field", "via": "mail"}
    moves = [step | {"at": resolved, "field": "status", "old": "in_progress", "new": "resolved"}]
    calls = []
    if archived and dice.random() < 0.1:
        calls.append(
            {
                "number": number, "due_at": closed, "done_at": closed + timedelta(hours=2),
                "caller": "he.min@example.com", "result": "reached: 很满意",
            }
        )  # fmt: skip
    return {
        "incidents": [row],
        "clocks": spans,
        "journal": moves if done else [],
        "callbacks": calls,
        "occurrences": happened,
    }


def _problems(first: datetime, last: datetime) -> Iterator[dict[str, Any]]:
    for at in range(8):
        opened = first + (last - first) * at / 8
        yield {
            "number": f"PRB-{opened:%Y%m%d}-{at:04d}", "title": f"打印机 PRN-{at:02d} 反复卡纸",
            "status": "closed" if at % 3 == 0 else "new", "opened_at": opened, "priority": 3,
            "closed_at": opened + timedelta(days=9) if at % 3 == 0 else None, "source": "trend",
        }  # fmt: skip


def _changes(first: datetime, last: datetime) -> Iterator[dict[str, Any]]:
    for at in range(9):
        raised = first + (last - first) * (at + 0.97) / 9
        done = at % 3 != 2
        yield {
            "number": f"RFC-{raised:%Y%m%d}-{at:04d}", "title": f"Replace switch {at}",
            "status": ("done", "failed", "requested")[at % 3], "raised_at": raised,
            "raised_by": "liu.yang@example.com", "risk": ("low", "medium", "high")[at % 3],
            "ended_at": raised + timedelta(days=2) if done else None, "needed": 1,
            "approvers": (), "approvals": (),
        }  # fmt: skip


START = datetime(2025, 9, 1, tzinfo=UTC)
