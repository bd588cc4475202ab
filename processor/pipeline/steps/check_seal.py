"""Whether its author's own domain signed the mail."""

from __future__ import annotations

from processor.domain.message import Message
from processor.parsing.seals import sealed_by
from processor.pipeline.state import Desk, Journey

_MARKS = "#＃/／"


def check_seal(journey: Journey, desk: Desk) -> None:
    """Judge: verify DKIM for mails that may command. It reads and may ask the network, so it is
    done before the transaction; what cannot be checked proves nothing and holds nothing up."""
    message = journey.message
    author = message.author
    if desk.keys is None or not journey.mailbox.verify_dkim or journey.mailbox.trusted_path:
        return
    if author is None or len(message.sender) != 1 or not message.header("dkim-signature"):
        return
    if _may_command(message) or desk.policy.directory.find(author.address) is not None:
        domain = author.address.rpartition("@")[2]
        journey.sealed_by = sealed_by(journey.raw, domain, desk.keys)


def _may_command(message: Message) -> bool:
    return any(line.lstrip()[:1] in _MARKS for line in message.reply_text.splitlines() if line)
