"""One of the team writes for a user: the user is the reporter, and is answered (spec 2.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from processor.domain.message import Address, Message
from processor.domain.people import Person
from processor.parsing.forwarded import author_in, forwarded
from processor.parsing.thread_headers import says_forward
from processor.pipeline.state import Behalf, Desk, Journey
from processor.services.recording import Report

_FIRST_LINES = 12
_PHONE = re.compile(
    r"(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d{9}|0\d{2,3}[ -]?\d{7,8}|\d{3,4}-\d{4,8})(?!\d)"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,8}|[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,3}")
MARK = "…"  # where the name stands in a phrase
_STOPS = re.compile(r"[,;，；、(（<\[|/\t]|\s{2,}")


def on_behalf(journey: Journey, desk: Desk) -> Behalf | None:
    """The user for whom one of the team writes: whom he names himself (``报告人：…``), else the
    author of the mail that he hands on, in the text or attached. None where he writes for himself,
    or hands on a mail of the team."""
    if not journey.sender.staff:
        return None
    handed = _handed_on(journey)
    named = named_in(journey.note, desk.commands.behalf)
    if named is not None:
        person = _person(named.author, journey, desk)
        person = replace(person, phone=named.phone or person.phone)
        if person.address == journey.sender.address and person.name in ("", journey.sender.name):
            return None
        return Behalf(person, *(handed[1:] if handed else ("", "")))
    if handed is None or handed[0].address in desk.own:
        return None
    person = _person(handed[0], journey, desk)
    ours = person.staff or person.name == journey.sender.name
    return None if ours else Behalf(person, *handed[1:])


def for_the_user(report: Report, found: Behalf) -> Report:
    """The same report with the user as its reporter and the user's words as the symptom."""
    user = replace(found.reporter, language=found.reporter.language or report.language)
    return replace(report, reporter=user, symptom=found.words or report.symptom)


@dataclass(frozen=True, slots=True)
class Named:
    """A person that a line names, with his telephone number where it stands there."""

    author: Address
    phone: str


def named_in(text: str, phrases: Sequence[str]) -> Named | None:
    """Whom one of the first lines of ``text`` names by one of ``phrases``: behind ``报告人`` and a
    colon at its start, or in the place of the mark of ``on behalf of …``."""
    patterns = _patterns(tuple(phrases))
    for line in [line for line in text.splitlines() if line.strip()][:_FIRST_LINES]:
        for pattern in patterns:
            found = pattern.search(line)
            author = _who(found["value"].strip()) if found else None
            if found and author is not None:
                phone = _PHONE.search(found["value"])
                return Named(author, phone[1] if phone else "")
    return None


def _who(value: str) -> Address | None:
    """An address with its name, or a name alone; None for other words."""
    if "@" in value:
        return author_in(value)
    name = _STOPS.split(_PHONE.sub(",", value), maxsplit=1)[0].strip(" .。")
    found = _NAME.match(name)
    if found is None:
        return None
    # Chinese names end at a gap, others are written with a capital
    return Address(found[0].strip(), "") if found.end() == len(name) or " " in name else None


@lru_cache(maxsize=4)
def _patterns(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    labels = [re.escape(one) for one in phrases if MARK not in one]
    found = [re.compile(rf"^[\s*·•-]*(?:{'|'.join(labels)})\s*[:：](?P<value>.+)", re.IGNORECASE)]
    for one in phrases:
        before, mark, after = one.partition(MARK)
        if mark:
            value = (
                r"(?P<value>[^\s].{0,80}?)" + re.escape(after) if after else r"(?P<value>.{2,120})"
            )
            found.append(re.compile(rf"(?i:{re.escape(before.strip())})\s*{value}"))
    return tuple(found) if labels else tuple(found[1:])


def _handed_on(journey: Journey) -> tuple[Address, str, str] | None:
    """(author, cover, words) of the mail that this one hands on."""
    message, attached = journey.message, journey.attached
    says_so = says_forward(message.subject)
    alone = attached is not None and _adds_nothing(journey, attached)
    if says_so and not alone:
        found = forwarded(message.text)
        if found is not None:
            return found.author, found.cover, found.words
    if attached is None or attached.author is None or not (says_so or alone):
        return None
    words = attached.reply_text.strip() or attached.text.strip()
    return attached.author, "" if alone else journey.note.strip(), words


def _adds_nothing(journey: Journey, attached: Message) -> bool:
    """Whether he wrote nothing himself: the text is then that of the attached mail."""
    return journey.note.strip() in ("", attached.reply_text.strip())


def _person(author: Address, journey: Journey, desk: Desk) -> Person:
    """Whoever this is: by his address, else by a name that the mail or the directory knows. Of
    whom nobody knows an address the one who writes is answered for him."""
    address = author.address or _addressed(author.name, journey.message)
    if address:
        known = desk.policy.directory.find(address)
        return known or Person(address=address, name=author.name)
    found = desk.policy.directory.named(author.name)
    return found or Person(address=journey.sender.address, name=author.name)


def _addressed(name: str, message: Message) -> str:
    """The address of the recipient of that name, lower case; "" where there is none."""
    hits = {one.address.lower() for one in (*message.to, *message.cc) if one.name == name}
    return hits.pop() if len(hits) == 1 and name else ""
