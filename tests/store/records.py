"""Arrivals, incidents and mails for the tests of the store."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

from processor.domain.incident import Incident, IncidentType, Status
from processor.domain.outgoing import Outgoing
from processor.store.database import Store
from processor.store.spooled import SpoolEntry

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
NAIVE = datetime(2026, 11, 23, 1, 0)  # noqa: DTZ001 - the mistake itself
NUMBER = "INC-20261123-0001"


def later(**span: float) -> datetime:
    """So much after :data:`NOW`."""
    return NOW + timedelta(**span)


@dataclass(frozen=True)
class Arrival:
    """What intake hands over."""

    raw: bytes
    uid: str = "1"
    origin: str = "desk"
    uidvalidity: int = 7
    received_at: datetime | None = NOW
    flaw: str | None = None

    @property
    def size(self) -> int:
        return len(self.raw)


def arrivals(count: int, origin: str = "desk") -> list[Arrival]:
    return [Arrival(b"mail %d of %s" % (n, origin.encode()), str(n), origin) for n in range(count)]


def take_in(store: Store, *found: Arrival) -> list[SpoolEntry]:
    with store.begin() as work:
        return work.spool.add_many(found, NOW)


def settle(store: Store, spool_id: int, disposition: str = "opened", **more: Any) -> None:
    given: dict[str, Any] = {"reason": "", "incident_number": "", "at": NOW, "steps": ()} | more
    with store.begin() as work:
        work.spool.settle(spool_id, disposition=disposition, **given)


def incident(number: str = NUMBER, **given: Any) -> Incident:
    values: dict[str, Any] = {
        "number": number,
        "type": IncidentType.INCIDENT,
        "status": Status.NEW,
        "reported_at": NOW,
        "subject": "打印机卡纸",
        "symptom": "三楼打印机卡纸，灯不亮",
        "reporter_address": "li@customer.example",
    }
    return Incident(**{**values, **given})


def add_incidents(store: Store, *found: Incident) -> None:
    with store.begin() as work:
        for one in found:
            work.incidents.add(one, "desk@desk.example", NOW, "mail:1")


def outgoing(ordinal: int = 1, **given: Any) -> Outgoing:
    values: dict[str, Any] = {
        "key": f"opened:{ordinal}",
        "message_id": f"{ordinal}@desk.example",
        "event": "opened",
        "number": NUMBER,
        "mailbox": "desk",
        "envelope_from": "desk@desk.example",
        "recipients": ("li@customer.example", "王@客户.example"),
        "subject": f"[{NUMBER}] 打印机卡纸",
        "text": "已登记",
        "internal": False,
        "raw": b"Subject: x\r\n\r\n\x00\xff%d" % ordinal,
    }
    return Outgoing(**{**values, **given})


def queue(store: Store, count: int) -> list[int]:
    """That many mails of as many incidents in the outbox; their ids."""
    with store.begin() as work:
        for ordinal in range(1, count + 1):
            number = f"{NUMBER[:-4]}{ordinal:04}"
            assert work.outbox.queue(outgoing(ordinal, number=number), NOW)
        return [entry.id for entry in work.outbox.list("queued")]


def together(jobs: Iterable[Any]) -> list[Any]:
    """The results of all ``jobs``, each run in a thread of its own and begun at once."""
    waiting = list(jobs)
    gate = Barrier(len(waiting))

    def run(job: Any) -> Any:
        gate.wait()
        return job()

    with ThreadPoolExecutor(len(waiting)) as pool:
        return list(pool.map(run, waiting))
