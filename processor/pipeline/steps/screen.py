"""What never reaches an incident: our own mail, and mail that names nobody."""

from __future__ import annotations

from processor.domain.message import MessageKind
from processor.pipeline.state import Desk, Disposition, Journey

LOOP_HEADER = "x-postdesk-loop"
CHANNEL_HEADER = "x-postdesk-channel"  # an envelope that a folder puts around a document


def screen(journey: Journey, desk: Desk) -> None:
    """Judge: end the journey of loops and of mail without a sender.

    A bounce of a mail of ours carries our headers only inside; at the top they mean that our own
    mail came back to us, as with a forwarding rule that loops.
    """
    message = journey.message
    author = message.author
    if message.header(CHANNEL_HEADER):
        return  # its sender is the desk itself; whoever it is from stands in the document
    if message.header(LOOP_HEADER):
        journey.end(Disposition.IGNORED, "own_mail")
    elif author is not None and author.address.lower() in desk.own:
        if message.kind is not MessageKind.BOUNCE:
            journey.end(Disposition.IGNORED, "own_mail")
    elif message.kind is MessageKind.BOUNCE:
        return
    elif author is None or "@" not in author.address:
        journey.end(Disposition.QUARANTINED, "no_sender")
