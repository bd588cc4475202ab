"""Runs the examples of ``config/parsing.yaml``: mails are read as they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from processor.domain.habits import ReadingExample
from processor.parsing.limits import ParseLimits
from processor.parsing.parse import parse
from processor.rules.labelled import Labels
from processor.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class ReadingFault:
    """``field`` of the example at ``place`` came out as ``got`` ("" = not at all)."""

    place: str
    field: str
    wanted: str
    got: str


def check_reading(settings: Settings) -> Iterator[ReadingFault]:
    """Every field of every example that is not read as it should be."""
    limits = ParseLimits(habits=settings.reading.habits)
    labels = Labels(settings.reading.labels)
    for example in settings.reading.examples:
        message = parse(_mail(example), limits)
        found = {name: value for name, (value, _) in labels.told(message.reply_text).items()}
        found |= {"subject": message.subject, "words": message.reply_text}
        for name, wanted in example.expect.items():
            got = found.get(name, "")
            if got.strip() != wanted.strip():
                yield ReadingFault(example.place, name, wanted, got)


def _mail(example: ReadingExample) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = " ".join(example.subject.split())
    mail.set_content(example.body)
    return mail.as_bytes()
