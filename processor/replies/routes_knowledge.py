"""Who is written to about knowledge."""

from __future__ import annotations

from collections.abc import Iterator

from processor.domain import events as e
from processor.domain.events_knowledge import CandidateOffered
from processor.domain.people import Directory
from processor.replies import audience
from processor.replies.addressing import Addressed, Audience, Route


def _offered(_: CandidateOffered, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("kb-candidate", audience.desk(directory), Audience.STAFF)


ROUTES: dict[type[e.Event], Route] = {CandidateOffered: _offered}
KINDS: tuple[str, ...] = ("kb-candidate",)
