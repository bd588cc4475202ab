"""Answers without any sign of their thread: author and subject tell where they belong (spec 2.4).

QQ Mail and phones often send neither In-Reply-To nor References, and who answers all before there
was a number cannot quote it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import timedelta

from processor.domain.incident import Incident
from processor.domain.message import MessageKind
from processor.parsing.forwarded import forwarded
from processor.parsing.thread_headers import bare_subject, says_answer
from processor.pipeline.state import Desk, Journey
from processor.store.unit_of_work import UnitOfWork

_RECENT = 50  # incidents of one reporter that are looked at
_MOST_ASKED = 8  # people whom an answer to all may have had for its first author


def by_subject(journey: Journey, desk: Desk, work: UnitOfWork) -> str:
    """The number of the one open incident that the author reported lately under the very subject;
    else of the one that somebody reported whom he answers, in a mail that was addressed to him,
    too. "" where there is none: two of them are one too many."""
    message, days = journey.message, journey.mailbox.rejoin_days
    subject = _folded(bare_subject(message.subject))
    if not days or not subject or not says_answer(message.subject):
        return ""
    if message.kind is not MessageKind.HUMAN:
        return ""
    since = journey.now - timedelta(days=days)

    def under(reporter: str) -> list[Incident]:
        found = work.incidents.search(reporter=reporter, open_only=True, limit=_RECENT)
        return [
            one for one in found if one.reported_at >= since and _folded(one.subject) == subject
        ]

    same = under(journey.sender.address)
    if not same:
        same = [
            one
            for reporter in _answered(journey, desk)
            for one in under(reporter)
            if _addressed(one, journey.sender.address, work)
        ]
    return same[0].number if len(same) == 1 else ""


def _answered(journey: Journey, desk: Desk) -> Iterator[str]:
    """Whom a mail to several may answer: its other recipients, and whom its quote is from."""
    message, sender = journey.message, journey.sender.address
    addressed = [one.address for one in (*message.to, *message.cc)]
    quoted = forwarded(message.text) if "@" in message.text else None
    if quoted is not None:
        addressed.append(quoted.author.address)
    others = dict.fromkeys(one.lower() for one in addressed)
    asked = [one for one in others if one != sender and one not in desk.own]
    yield from asked[:_MOST_ASKED]


def _addressed(incident: Incident, address: str, work: UnitOfWork) -> bool:
    """Whether one of the incident's own mails went to him, or he is kept informed already."""
    return address in incident.watchers or any(
        address == one.lower()
        for mail in work.mails.of(incident.number)
        if mail.direction == "in"
        for one in mail.recipients
    )


def _folded(subject: str) -> str:
    return "".join(unicodedata.normalize("NFKC", subject).casefold().split())
