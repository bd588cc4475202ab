"""What happens to knowledge (spec 1.8)."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.events import IncidentEvent
from processor.domain.knowledge import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateOffered(IncidentEvent):
    """The solution of ``incident`` may be worth keeping as ``article``, which is a candidate."""

    article: Article
