"""What every way out for mail looks like to the dispatcher."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from processor.domain.errors import Fault


@dataclass(frozen=True, slots=True)
class Parcel:
    """A mail on its way. ``id`` is its row in the outbox; ``raw`` has CRLF line ends;
    ``envelope_from`` may be "" (null return path)."""

    id: int
    event: str
    number: str  # of the incident, or ""
    envelope_from: str
    recipients: tuple[str, ...]
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a recipient, or the whole mail, was not taken: the server's reply (RFC 5321 4.2).
    ``permanent`` (5yz): trying again is no use."""

    code: int
    text: str
    permanent: bool

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who was accepted for, who refused and why; together they are all recipients."""

    accepted: tuple[str, ...] = ()
    refused: Mapping[str, Rejection] = field(default_factory=dict)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Recipients for whom trying again may help."""
        return tuple(name for name, why in self.refused.items() if not why.permanent)

    @property
    def lost(self) -> tuple[str, ...]:
        """Recipients for whom it will not."""
        return tuple(name for name, why in self.refused.items() if why.permanent)


def all_refused(recipients: Sequence[str], rejection: Rejection) -> Outcome:
    """The outcome of a mail that was refused as a whole."""
    return Outcome(refused=dict.fromkeys(recipients, rejection))


class SenderDown(Fault):
    """The way out itself does not work (no connection, log-in refused): no mail's fault.

    ``refused``: the server turned our name and password away.
    """

    def __init__(self, reason: str, *, refused: bool = False) -> None:
        super().__init__(reason)
        self.refused = refused


class Sender(Protocol):
    """A way out."""

    def send(self, parcel: Parcel) -> Outcome:
        """Hand the mail over; returning means that every recipient was answered for.

        Raises:
            SenderDown: the mail was certainly not taken, and no other would be now.
        """
        ...

    def send_all(self, parcels: Sequence[Parcel]) -> list[Outcome | Exception]:
        """Hand mails over in order: for each its outcome, or the fault that took its place.
        Once the way out does not work, the rest is not tried and has the same SenderDown."""
        ...

    def check(self) -> None:
        """Whether a mail could be handed over now. Raises SenderDown."""
        ...

    def close(self) -> None:
        """Let go of connections; never raises. Sending again opens them anew."""
        ...


def in_turn(
    send: Callable[[Parcel], Outcome], parcels: Sequence[Parcel]
) -> list[Outcome | Exception]:
    """What :meth:`Sender.send_all` promises, by sending one after the other."""
    ends: list[Outcome | Exception] = []
    down: SenderDown | None = None
    for parcel in parcels:
        if down is not None:
            ends.append(down)
            continue
        try:
            ends.append(send(parcel))
        except Exception as error:  # noqa: BLE001 - the caller's to judge, mail by mail
            ends.append(error)
            down = error if isinstance(error, SenderDown) else None
    return ends
