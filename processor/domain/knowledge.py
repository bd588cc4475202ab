"""Knowledge (知识条目, spec 1.1): symptom, cause and solution that can be found again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ArticleStatus(StrEnum):
    """A candidate is seen by the service desk alone; a retired article by who names it."""

    CANDIDATE = "candidate"
    PUBLISHED = "published"
    RETIRED = "retired"


EVERYBODY, STAFF = "all", "staff"
"""Whom an article may be shown to: reporters too, or the team alone."""

TEXTS = ("title", "symptom", "cause", "solution", "category", "language", "audience")
"""What people write of an article."""


@dataclass(slots=True)
class Article:
    """``written_at`` is aware; ``used`` counts solutions that name it, ``helped`` those of them
    that the reporter confirmed; ``source_number`` is the incident that it comes from."""

    number: str
    status: ArticleStatus
    written_at: datetime
    title: str
    symptom: str
    solution: str
    cause: str = ""
    language: str = ""
    category: str = ""
    audience: str = STAFF
    source_number: str = ""
    used: int = 0
    helped: int = 0
