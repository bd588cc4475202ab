"""A way out whose server takes mail of one envelope sender only (``envelope_from``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from processor.delivery.sender import Outcome, Parcel, Sender


@dataclass(frozen=True, slots=True)
class ReturnPath:
    """Hands everything to ``way``, under the one return path that its server allows.

    The null return path of automatic answers (RFC 3834 3.3) stays: it is what stops loops.
    """

    way: Sender
    address: str

    def send(self, parcel: Parcel) -> Outcome:
        """See :class:`~processor.delivery.sender.Sender`."""
        return self.way.send(self._under_our_name(parcel))

    def send_all(self, parcels: Sequence[Parcel]) -> list[Outcome | Exception]:
        """See :class:`~processor.delivery.sender.Sender`."""
        return self.way.send_all([self._under_our_name(parcel) for parcel in parcels])

    def _under_our_name(self, parcel: Parcel) -> Parcel:
        return replace(parcel, envelope_from=self.address) if parcel.envelope_from else parcel

    def check(self) -> None:
        """See :class:`~processor.delivery.sender.Sender`."""
        self.way.check()

    def close(self) -> None:
        """See :class:`~processor.delivery.sender.Sender`."""
        self.way.close()
