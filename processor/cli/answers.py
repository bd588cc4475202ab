"""What commands that only ask answer on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from processor.cli.frame import say
from processor.cli.neighbour_portrait import neighbour_document, neighbour_page
from processor.cli.portrait import document, page, row, table
from processor.domain.events import (
    Archived,
    Event,
    HelpAsked,
    QueueAsked,
    ReportAsked,
    StatusAsked,
)
from processor.domain.events_neighbours import NeighbourAsked
from processor.domain.wording import Words


def answered(events: Sequence[Event], words: Words, zone: str) -> None:
    """Say what the events answer; others were told by mail."""
    for event in events:
        match event:
            case StatusAsked(dossier=dossier) if dossier is not None:
                page(dossier, words, zone)
            case NeighbourAsked(portfolio=found):
                neighbour_page(found, words, zone)
            case StatusAsked(incidents=listed) | QueueAsked(incidents=listed):
                table([incident for incident, _ in listed], words, zone)
            case HelpAsked(commands=names):
                say(", ".join(names))
            case ReportAsked(file_name=name, actor=asker):
                say(words.say("cli.report_mailed", file=name, to=asker.address))
            case Archived(incident=incident):
                say(words.say("done.approve", number=incident.number))
            case _:
                pass


def documents(events: Sequence[Event], now: datetime) -> list[Any]:
    """The same for scripts: records, lists of records, names of commands."""
    found: list[Any] = []
    for event in events:
        match event:
            case StatusAsked(dossier=dossier) if dossier is not None:
                found.append(document(dossier, now))
            case NeighbourAsked(portfolio=asked):
                found.append(neighbour_document(asked))
            case StatusAsked(incidents=listed) | QueueAsked(incidents=listed):
                found.append([row(incident) for incident, _ in listed])
            case HelpAsked(commands=names):
                found.append(list(names))
            case _:
                pass
    return found
