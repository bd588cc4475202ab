"""What tests of sources say again and again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from processor.intake.source import Arrival, MailSource, Receipt, Shelf


def nothing_known(uidvalidity: int, uids: Sequence[str]) -> set[str]:
    return set()


def all_known(uidvalidity: int, uids: Sequence[str]) -> set[str]:
    return set(uids)


class Memory:
    """A ledger in memory, for one source."""

    def __init__(self) -> None:
        self.held: set[tuple[int, str]] = set()
        self.asked: list[int] = []

    def __call__(self, uidvalidity: int, uids: Sequence[str]) -> Collection[str]:
        self.asked.append(len(uids))
        return {uid for uid in uids if (uidvalidity, uid) in self.held}

    def note(self, arrivals: Iterable[Arrival]) -> None:
        self.held |= {(arrival.uidvalidity, arrival.uid) for arrival in arrivals}


def take(source: MailSource, known: object = nothing_known, limit: int = 1000) -> list[Arrival]:
    return [found for batch in source.fetch(known, limit) for found in batch]


def receipts(arrivals: Iterable[Arrival], shelf: Shelf = Shelf.PROCESSED) -> list[Receipt]:
    return [Receipt(arrival.uidvalidity, arrival.uid, shelf) for arrival in arrivals]


def mail(number: int, size: int = 0) -> bytes:
    head = f"Message-ID: <{number}@example.test>\r\nSubject: mail {number}\r\n\r\n"
    line = b"0123456789" * 7 + b"\r\n"
    return head.encode() + b"body\r\n" + line * (size // len(line))
