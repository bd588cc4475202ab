"""Who is written to about what happens in processes of their own (spec 1.9)."""

from __future__ import annotations

from collections.abc import Iterator

from processor.domain import events as e
from processor.domain import events_profiles as ep
from processor.domain.people import Directory
from processor.replies import audience
from processor.replies.addressing import Addressed, Audience, Route


def _grade_reached(event: ep.GradeReached, directory: Directory) -> Iterator[Addressed]:
    told = audience.at(event.tell, directory)
    yield Addressed("grade-notice", told, Audience.STAFF, asks=True)


ROUTES: dict[type[e.Event], Route] = {ep.GradeReached: _grade_reached}
# ItemTicked is not here: whoever ticked is answered by "command-done".
KINDS = ("grade-notice",)
