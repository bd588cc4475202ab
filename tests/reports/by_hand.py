"""Every figure worked out by hand: from the exported records and their journals alone, in plain
Python, minute by minute where time is counted. Slow, obvious, and without a word of SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from reports.figures.selection import Dimension, Filters, Selection
from reports.periods import Period

Record = Mapping[str, Any]
OPEN = ("new", "assigned", "in_progress", "pending_user", "pending_vendor", "pending_change")
WORKED = ((8 * 60 + 30, 12 * 60), (13 * 60 + 30, 18 * 60))
SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(microsecond=0) if text else None


def changes(record: Record, name: str) -> list[tuple[datetime, str | None, str | None]]:
    """When a field was changed, from what, to what."""
    return [
        (datetime.fromisoformat(entry["at"]), entry["old"], entry["new"])
        for entry in record["journal"]
        if entry["kind"] == "field" and entry["field"] == name
    ]


def ended(record: Record) -> datetime | None:
    """When it was last moved from an open status to one that is not; None while it is open."""
    if record["status"] in OPEN:
        return None
    moves = [at for at, old, new in changes(record, "status") if old in OPEN and new not in OPEN]
    return max(moves).replace(microsecond=0)


def answered(record: Record) -> datetime | None:
    """When it was first neither new nor waiting for an engineer."""
    moves = [at for at, _, new in changes(record, "status") if new not in ("new", "assigned")]
    return min(moves).replace(microsecond=0) if moves else None


def working_seconds(start: datetime, end: datetime, priority: int) -> float:
    """Of Shanghai's working days, which have no holidays here; all of them for the first grade."""
    if priority == 1:
        return (end - start).total_seconds()
    total, day = 0.0, start.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    while day < end:
        if day.weekday() < 5:
            for begin, stop in WORKED:
                low = max(start, day + timedelta(minutes=begin))
                high = min(end, day + timedelta(minutes=stop))
                total += max(0.0, (high - low).total_seconds())
        day += timedelta(days=1)
    return total


def solving_seconds(record: Record) -> float:
    """Working time until it was solved, without what it waited for the user or lay solved."""
    total, since = 0.0, datetime.fromisoformat(record["reported_at"])
    running = True
    for at, _, new in changes(record, "status"):
        runs = new in OPEN and new != "pending_user"
        if running and not runs:
            total += working_seconds(since, at, record["priority"])
        if runs and not running:
            since = at
        running = runs
    return total


def target_seconds(record: Record, kind: str) -> int:
    hours = {"response": (0.25, 0.5, 2, 4), "resolution": (4, 8, 24, 40)}[kind]
    return int(hours[record["priority"] - 1] * 3600)


def response_seconds(record: Record) -> float:
    end = answered(record)
    assert end is not None
    start = datetime.fromisoformat(record["reported_at"])
    exact = min(at for at, _, new in changes(record, "status") if new not in ("new", "assigned"))
    return working_seconds(start, exact, record["priority"])


def median(values: Iterable[float]) -> float | None:
    ranked = sorted(values)
    if not ranked:
        return None
    middle = len(ranked) // 2
    return ranked[middle] if len(ranked) % 2 else (ranked[middle - 1] + ranked[middle]) / 2


def ninetieth(values: Iterable[float]) -> float | None:
    ranked = sorted(values)
    for value in ranked:
        if 10 * sum(one <= value for one in ranked) >= 9 * len(ranked):
            return value
    return None


def mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None


def share(found: Iterable[bool]) -> float | None:
    return mean(float(one) for one in found)


def times(record: Record, name: str, period: Period) -> int:
    """By how much a counter rose in the period; what it was opened with counts then."""
    rises = [(at, int(new or 0) - int(old or 0)) for at, old, new in changes(record, name)]
    first = int(record[name]) - sum(more for _, more in rises)
    rises.append((datetime.fromisoformat(record["reported_at"]), first))
    return sum(more for at, more in rises if period.covers(at.replace(microsecond=0)))


def further_dispatches(record: Record, period: Period) -> int:
    """Dispatches of the period but for the first of the incident."""
    all_of_them = times(record, "dispatches", period)
    rises = [at for at, _, _ in changes(record, "dispatches")]
    at_once = int(record["dispatches"]) > len(rises)
    first = datetime.fromisoformat(record["reported_at"]) if at_once else min(rises, default=None)
    return all_of_them - (1 if first and period.covers(first.replace(microsecond=0)) else 0)


def figures(records: list[Record], everything: list[Record], s: Selection) -> dict[str, Any]:
    """All figures of ``records``, which are those of one group; ``everything`` is what an earlier
    incident of the same item may be among."""
    period, as_of = s.period, min(s.period.end, s.now)

    def within(name: str) -> list[Record]:
        found = ((one, moment(one[name])) for one in records)
        return [one for one, at in found if at and period.covers(at)]

    received, solved, closed = within("reported_at"), within("resolved_at"), within("closed_at")
    first = [
        one for one in records
        if (at := answered(one)) and period.covers(at)
        and one["status"] not in ("rejected", "cancelled")
    ]  # fmt: skip
    left = [
        one for one in records
        if datetime.fromisoformat(one["reported_at"]) < as_of
        and ((end := ended(one)) is None or end >= as_of)
    ]  # fmt: skip
    ages = [
        (as_of - datetime.fromisoformat(one["reported_at"])).total_seconds() / 86400 for one in left
    ]
    answers = [round(response_seconds(one)) / 60 for one in first]
    solutions = [round(solving_seconds(one)) / 60 for one in solved]
    quick = [response_seconds(one) <= target_seconds(one, "response") for one in first]
    kept = [solving_seconds(one) <= target_seconds(one, "resolution") for one in solved]
    lasting = [one["reopens"] == 0 for one in solved]
    at_desk = [
        one["resolver_role"] == "desk" and one["dispatches"] == 0 and one["reopens"] == 0
        for one in solved
    ]
    rated = [one["satisfaction"] for one in closed if one["satisfaction"] is not None]
    called = [one for one in closed if one["callback_result"]]
    sent = sum(times(one, "dispatches", period) for one in records)
    wrong = sum(times(one, "wrong_dispatches", period) for one in records)
    return {
        "received": len(received),
        "resolved": len(solved),
        "closed": len(closed),
        "open_at_end": len(left),
        "backlog_age_mean": mean(ages),
        "backlog_age_median": median(ages),
        "backlog_age_p90": ninetieth(ages),
        "overdue_now": sum(any(c["met"] is None and c["overdue"] for c in one["clocks"])
                           and one["status"] in OPEN for one in records),
        "active": sum(one["active_service"] for one in received),
        "active_share": share(one["active_service"] for one in received),
        "passive_share": share(not one["active_service"] for one in received),
        "response_mean": mean(answers),
        "response_median": median(answers),
        "response_p90": ninetieth(answers),
        "response_within": share(quick),
        "response_missed": quick.count(False),
        "resolution_mean": mean(solutions),
        "resolution_median": median(solutions),
        "resolution_p90": ninetieth(solutions),
        "resolution_within": share(kept),
        "resolution_missed": kept.count(False),
        "first_line_rate": share(one["resolver_role"] in ("desk", "first") for one in solved),
        "first_contact": sum(at_desk),
        "first_contact_rate": share(at_desk),
        "handled": len(solved),
        "handled_success": sum(lasting),
        "handled_within": sum(kept),
        "handled_first_time": sum(
            one["reopens"] == one["functional_escalations"] == one["wrong_dispatches"] == 0
            for one in solved
        ),
        "reopen_rate": share(not one for one in lasting),
        "knowledge_share": share(one["knowledge_used"] != "" for one in solved),
        "dispatches": sent,
        "wrong_dispatches": wrong,
        "wrong_dispatch_rate": wrong / sent if sent else None,
        "redispatches": sum(further_dispatches(one, period) for one in records),
        "reopens": sum(times(one, "reopens", period) for one in records),
        "functional_escalations": sum(
            times(one, "functional_escalations", period) for one in records
        ),
        "hierarchical_escalations": sum(
            times(one, "hierarchical_escalations", period) for one in records
        ),
        "alerts_deduplicated": sum(
            entry["kind"] == "alert_problem"
            and period.covers(datetime.fromisoformat(entry["at"]).replace(microsecond=0))
            for one in records for entry in one["journal"]
        ),
        "satisfaction_mean": mean(rated),
        "satisfaction_rate": share(one["satisfaction"] is not None for one in closed),
        "dissatisfied": sum(one <= 2 for one in rated),
        "callback_rate": share(bool(one["callback_result"]) for one in closed),
        "callback_reached": share(one["callback_result"] == "reached" for one in called),
        "major": sum(one["major"] for one in received),
        "restore_mean": mean(
            (moment(one["resolved_at"]) - moment(one["reported_at"])).total_seconds() / 60
            for one in solved if one["major"]
        ),
        "problems": sum(any(link["kind"] == "problem" for link in one["links"])
                        for one in received),
        "repeats": sum(_repeated(one, everything, s.repeat_days) for one in received),
    }  # fmt: skip


def _repeated(record: Record, everything: list[Record], days: int) -> bool:
    at = datetime.fromisoformat(record["reported_at"])
    return bool(record["ci"] and record["category"]) and any(
        (other["ci"], other["category"]) == (record["ci"], record["category"])
        and at - timedelta(days=days) <= datetime.fromisoformat(other["reported_at"]) <= at
        and other["number"] < record["number"]
        for other in everything
    )


def counted(records: Iterable[Record]) -> list[Record]:
    """Neither drills nor what was merged under another incident."""
    return [one for one in records if not one["drill"] and not one["parent"]]


def _below(path: str, categories: tuple[str, ...]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in categories)


def chosen(records: Iterable[Record], s: Selection, engineer: str = "assignee") -> list[Record]:
    """Those that the filters and the clearance leave."""
    f: Filters = s.filters
    asked: list[tuple[str, tuple[Any, ...]]] = [
        ("organisation", f.organisations), ("contract", f.contracts), ("ci", f.cis),
        ("group", f.groups), ("priority", f.priorities), ("source", f.sources),
        ("type", f.types), ("profile", f.profiles), (engineer, f.engineers),
    ]  # fmt: skip
    allowed = s.clearance.contracts
    return [
        one for one in records
        if all(one[name] in values for name, values in asked if values)
        and (not f.categories or _below(one["category"], f.categories))
        and (allowed is None or (one["contract"] and one["contract"] in allowed))
    ]  # fmt: skip


def group_of(dimension: Dimension, engineer: str) -> Callable[[Record], Any]:
    levels = {Dimension.CATEGORY_1: 1, Dimension.CATEGORY_2: 2}
    if dimension in levels:
        return lambda one: "/".join(one["category"].split("/")[: levels[dimension]])
    name = engineer if dimension is Dimension.ENGINEER else dimension.value
    return lambda one: one[name]
