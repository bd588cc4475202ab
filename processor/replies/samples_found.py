"""What was found beside the made-up case."""

from __future__ import annotations

from datetime import datetime

from processor.domain.association import Associations, Found, ItemCard, Kind
from processor.domain.configuration import ConfigurationItem
from processor.domain.events import Event, FoundAsked
from processor.domain.events_knowledge import CandidateOffered
from processor.domain.incident import Incident
from processor.domain.knowledge import Article, ArticleStatus
from processor.domain.people import Person
from processor.domain.wording import Words


def associations(words: Words) -> Associations:
    """An item with its past, an article, a known error, an open and a past incident."""

    def say(key: str) -> str:
        return words.say(f"mail.sample.{key}")

    similar = (
        Found(
            Kind.INCIDENT,
            "INC-20261122-0007",
            say("subject"),
            "in_progress",
            shared=(say("category"), say("site")),
            percent=82,
            same_item=True,
            same_category=True,
            open=True,
        ),
        Found(
            Kind.INCIDENT,
            "INC-20260911-0031",
            say("subject"),
            "closed",
            say("solution"),
            (say("category"),),
            64,
            same_item=True,
        ),
    )
    article = Found(
        Kind.ARTICLE,
        "KB-20260912-0002",
        say("subject"),
        "published",
        say("solution"),
        (say("category"),),
        58,
        same_category=True,
    )
    error = Found(
        Kind.KNOWN_ERROR,
        "PRB-20261101-0001",
        say("cause"),
        "known_error",
        say("action"),
        (say("site"),),
        33,
    )
    item = ConfigurationItem(
        "HP-3F-02",
        kind=say("category"),
        address="10.3.2.18",
        tag="A-00123",
        owner=say("engineer"),
        site=say("site"),
        organisation=say("department"),
    )
    return Associations(
        items=(ItemCard(item, similar[1:]),),
        found=(article, error, *similar),
        duplicate_of="INC-20261122-0007",
        advice=article,
    )


def found_answers(words: Words, at: datetime, asker: Person) -> list[Event]:
    """The answers to a search: with and without anything found."""
    like = associations(words)
    said = words.say("mail.sample.category")
    return [
        FoundAsked(at=at, actor=asker, words=said, found=like.found, items=like.items),
        FoundAsked(at=at, actor=asker, words=said),
    ]


def candidate(words: Words, at: datetime, incident: Incident, actor: Person) -> CandidateOffered:
    """The solution of the made-up case as knowledge."""
    article = Article(
        f"KB-{at:%Y%m%d}-0001",
        ArticleStatus.CANDIDATE,
        at,
        incident.subject,
        incident.symptom,
        incident.solution,
        incident.cause,
        words.language,
        source_number=incident.number,
    )
    return CandidateOffered(at=at, actor=actor, incident=incident, article=article)
