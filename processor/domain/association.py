"""What an incident is like, and what it is about (principle 7, 关联; spec 1.4 (7))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from processor.domain.configuration import ConfigurationItem


class Kind(StrEnum):
    """What was found."""

    INCIDENT = "incident"
    ARTICLE = "article"
    KNOWN_ERROR = "known_error"


@dataclass(frozen=True, slots=True)
class Found:
    """Something with the same symptom. ``percent`` says how like it is, ``shared`` the words that
    both have; ``status`` is a code of its kind's; ``solution`` may be empty."""

    kind: Kind
    number: str
    title: str
    status: str = ""
    solution: str = ""
    shared: tuple[str, ...] = ()
    percent: int = 0
    same_item: bool = False
    same_category: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class ItemCard:
    """An item with the latest incidents about it, newest first."""

    item: ConfigurationItem
    recent: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Associations:
    """Everything that was found for one incident, the likest first. ``duplicate_of`` is an open
    incident that is very near; ``advice`` an article that its reporter may be shown."""

    items: tuple[ItemCard, ...] = ()
    found: tuple[Found, ...] = ()
    duplicate_of: str = ""
    advice: Found | None = None


@dataclass(frozen=True, slots=True)
class LikenessSettings:
    """``shown`` at most; ``from_percent`` on is like enough to be shown, ``duplicate_percent`` on
    an open one of the same item or category is offered as the same."""

    shown: int = 5
    from_percent: int = 30
    duplicate_percent: int = 75
    stop_words: tuple[str, ...] = ()


Columns = Mapping[str, tuple[str, ...]]
"""Field → the titles that its column may have, folded by nobody yet; the first is shown."""


@dataclass(frozen=True, slots=True)
class KnowledgeSettings:
    """``candidates``: an archived solution becomes one, and so many minutes later
    (``candidate_after``) the service desk is asked to publish it; from ``suggest_percent`` on the
    team is shown an article, from ``tell_reporter_percent`` on the reporter is, too (0: never).
    ``publish``, ``retire`` and ``everybody`` are words behind the keyword."""

    candidates: bool = True
    suggest_percent: int = 25
    tell_reporter_percent: int = 0
    candidate_after: int = 60
    columns: Columns = field(default_factory=dict)
    publish: tuple[str, ...] = ("publish",)
    retire: tuple[str, ...] = ("retire",)
    everybody: tuple[str, ...] = ("everybody",)


@dataclass(frozen=True, slots=True)
class ItemSettings:
    """``recent`` incidents of an item are shown; ``listed`` are items of the configuration."""

    recent: int = 3
    columns: Columns = field(default_factory=dict)
    listed: tuple[ConfigurationItem, ...] = ()


@dataclass(frozen=True, slots=True)
class AssociationSettings:
    """``config/association.yaml``."""

    similar: LikenessSettings = field(default_factory=LikenessSettings)
    knowledge: KnowledgeSettings = field(default_factory=KnowledgeSettings)
    items: ItemSettings = field(default_factory=ItemSettings)
