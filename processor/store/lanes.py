"""Who waits behind whom: mails of one incident to the same recipients leave in their order.

Such mails are one lane. None of it is taken while an earlier one waits for its time or is being
sent by somebody else, and when one has to wait, those behind it wait with it.
"""

from __future__ import annotations

from sqlalchemy import bindparam, case, func, select, text, update

from processor.domain.outgoing import Outgoing
from processor.store.mail_tables import outbox
from processor.store.outbox_entries import QUEUED, SENDING

_earlier = outbox.alias("earlier")
# Conditions stand word for word as in the partial indexes, or they would not be used.
WAITING = text("outbox.state IN ('queued', 'sending')")
"""Not sent, not given up."""
_EARLIER = (
    text("earlier.state IN ('queued', 'sending')"),
    _earlier.c.lane == outbox.c.lane,
    _earlier.c.id < outbox.c.id,
)
# What waits behind an earlier mail of its lane is not taken. An earlier one that is due as well,
# and no later, stands before it here and is taken with it, unless another process has it.
NEXT = (
    select(
        outbox.c.id,
        select(func.max(_earlier.c.id)).where(*_EARLIER).scalar_subquery().label("behind"),
    )
    .where(
        WAITING,
        outbox.c.next_at <= bindparam("now"),
        ~select(_earlier.c.id).where(*_EARLIER, _earlier.c.next_at > outbox.c.next_at).exists(),
    )
    .order_by(outbox.c.next_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=outbox)  # SQLite has one writer and no row locks
)
"""At most ``most`` mails due at ``now``: each id, and the last earlier one of its lane."""
BEHIND = (
    update(outbox)
    .where(
        outbox.c.lane == bindparam("of"),
        outbox.c.id > bindparam("before"),
        WAITING,
        (outbox.c.state == SENDING) | (outbox.c.next_at < bindparam("to_time")),
    )
    .values(
        state=QUEUED,
        next_at=case(
            (outbox.c.queued_at > bindparam("to_time"), outbox.c.queued_at),
            else_=bindparam("to_time"),
        ),
        attempts=case((outbox.c.state == SENDING, outbox.c.attempts - 1), else_=outbox.c.attempts),
    )
)
"""Let the mails of a lane (``of``) that are later than the one ``before`` wait until ``to_time``
at least; a lease that one of them has is given back, its attempt uncounted."""


def lane_of(mail: Outgoing) -> str | None:
    """The lane of a mail; None for one of no incident, which waits for nobody."""
    return " ".join((mail.number, *sorted(mail.recipients))) if mail.number else None
