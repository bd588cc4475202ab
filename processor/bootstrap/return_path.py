"""A way out whose server takes mail of one envelope sender only (``envelope_from``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from processor.delivery.sender import Outcome, Parcel, Sender


@dataclass(frozen=True, slots=True)
class ReturnPath:
    """Hands everything to ``way``, under the one return path that its server allows.

    The null return path of automatic answers (RFC 3834 3.3) stays, for it is what stops loops;
    except with ``also_null``, where the server refuses it.
    """

    way: Sender
    address: str
    also_null: bool = False

    def send(self, parcel: Parcel) -> Outcome:
        """See :class:`~processor.delivery.sender.Sender`."""
        return self.way.send(self._under_our_name(parcel))

    def send_all(self, parcels: Sequence[Parcel]) -> list[Outcome | Exception]:
        """See :class:`~processor.delivery.sender.Sender`."""
        return self.way.send_all([self._under_our_name(parcel) for parcel in parcels])

    def _under_our_name(self, parcel: Parcel) -> Parcel:
        if not (parcel.envelope_from or self.also_null):
            return parcel
        return replace(parcel, envelope_from=self.address)

    def check(self) -> None:
        """See :class:`~processor.delivery.sender.Sender`."""
        self.way.check()

    def close(self) -> None:
        """See :class:`~processor.delivery.sender.Sender`."""
        self.way.close()
