"""Mails, attachments, links and pictures of a dossier as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from processor.domain.incident import Link, MailRecord, StoredAttachment
from reports.incident.vocabulary import Wordbook
from reports.word.plain_text import block, line


@dataclass(frozen=True, slots=True)
class MailRow:
    """``text`` is what was newly written; ``internal`` mails are marked."""

    when: str
    direction: str
    sender: str
    recipients: str
    subject: str
    text: str
    internal: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the record, in words."""

    name: str
    type: str
    size: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A record that this one is linked to, in words."""

    relation: str
    number: str


def mail_rows(mails: Iterable[MailRecord], vocabulary: Wordbook) -> list[MailRow]:
    """The mails as they came and went."""
    comma = vocabulary.say("separator")
    return [
        MailRow(
            when=vocabulary.moments.moment(mail.at),
            direction=vocabulary.coded("report.direction", mail.direction),
            sender=vocabulary.person(mail.sender),
            recipients=line(comma.join(map(vocabulary.person, mail.recipients)))
            or vocabulary.empty,
            subject=line(mail.subject) or vocabulary.empty,
            text=block(mail.text, vocabulary.say("cut")) or vocabulary.empty,
            internal=mail.internal,
        )
        for mail in mails
    ]


def file_rows(files: Iterable[StoredAttachment], vocabulary: Wordbook) -> list[FileRow]:
    """Every file once, though it came again with each reply."""
    once = {(file.sha256, file.name): file for file in files}
    return [
        FileRow(
            line(file.name, 200) or vocabulary.empty,
            line(file.type, 100),
            _size(file.size, vocabulary),
        )
        for file in once.values()
    ]


def link_rows(links: Iterable[Link], vocabulary: Wordbook) -> list[LinkRow]:
    """One row a link."""
    return [
        LinkRow(vocabulary.coded("report.link", link.kind), line(link.number)) for link in links
    ]


def _size(size: int, vocabulary: Wordbook) -> str:
    if size < 1_000:
        return vocabulary.say("size.bytes", size=size)
    if size < 1_000_000:
        return vocabulary.say("size.kilo", size=round(size / 1_000))
    return vocabulary.say("size.mega", size=f"{size / 1_000_000:.1f}")
