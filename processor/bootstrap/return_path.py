"""A way out whose server takes mail of one envelope sender only (``envelope_from``)."""

from __future__ import annotations

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
        if parcel.envelope_from:
            parcel = replace(parcel, envelope_from=self.address)
        return self.way.send(parcel)

    def check(self) -> None:
        """See :class:`~processor.delivery.sender.Sender`."""
        self.way.check()

    def close(self) -> None:
        """See :class:`~processor.delivery.sender.Sender`."""
        self.way.close()
