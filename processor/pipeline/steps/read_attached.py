"""A mail that one of the team hands on as a file."""

from __future__ import annotations

from processor.domain.message import MessageKind
from processor.parsing.attached_mail import attached_mail
from processor.pipeline.state import Desk, Journey


def read_attached(journey: Journey, desk: Desk) -> None:
    """Judge: what stands in it, and whose it is. Of others a mail in a file is a file: whose
    report theirs is needs no second answer."""
    message, author = journey.message, journey.message.author
    if author is None or not message.attachments or message.kind is not MessageKind.HUMAN:
        return
    known = desk.policy.directory.find(author.address)
    if known is not None and known.staff:
        journey.attached = attached_mail(message, desk.parse_limits)
