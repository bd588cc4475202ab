"""``config/association.yaml``: what incidents are compared by, knowledge, configuration items."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from processor.settings.schema.kinds import Minutes, Model, Text

Percent = Annotated[int, Field(ge=1, le=100)]
Words = Annotated[tuple[Text, ...], Field(min_length=1)]
ItemField = Literal[
    "name", "aliases", "kind", "address", "tag", "owner", "site", "organisation", "facts"
]
ArticleField = Literal[
    "number", "title", "symptom", "cause", "solution", "category", "language", "audience", "status"
]


class Similar(Model):
    """Similar incidents."""

    shown: int = Field(default=5, ge=0, le=20)
    """At most so many in a mail; 0: none."""
    from_percent: Percent = 30
    """Likeness from which one is shown."""
    duplicate_percent: Percent = 70
    """Likeness from which an open one of the same item or category is offered as a duplicate."""
    stop_words: tuple[Text, ...] = ()
    """Words that say nothing about a symptom."""


class KnowledgeEntry(Model):
    """Knowledge."""

    candidates: bool = True
    """true: an archived solution becomes a candidate, mailed to the service desk."""
    candidate_after: Minutes = 60
    """Time from archiving to that mail: what is reopened at once was not solved."""
    suggest_percent: Percent = 25
    """Likeness from which the team is shown an article or a known error."""
    tell_reporter_percent: int = Field(default=0, ge=0, le=100)
    """Likeness from which a reporter is told of an article that is for everybody; 0: never."""
    publish: Words = ("发布", "publish")
    """Words behind the keyword that publish."""
    retire: Words = ("停用", "retire")
    """Words behind the keyword that retire."""
    everybody: Words = ("所有人", "everybody")
    """Words behind the keyword that show an article to reporters, too."""
    columns: dict[ArticleField, Words] = Field(default_factory=dict)
    """Field → titles of its column or heading."""


class ItemEntry(Model):
    """One configuration item."""

    name: Text
    """Its name; that is what it is known by."""
    aliases: tuple[Text, ...] = ()
    """What else people call it."""
    kind: str = ""
    """What kind of thing it is."""
    address: str = ""
    """Network addresses."""
    tag: str = ""
    """Asset number."""
    owner: str = ""
    """Who answers for it."""
    site: str = ""
    """Where it stands."""
    organisation: str = ""
    """Whose it is."""
    facts: str = ""
    """Whatever else is known."""


class Items(Model):
    """Configuration items."""

    recent: int = Field(default=3, ge=0, le=20)
    """So many recent incidents of an item are shown."""
    columns: dict[ItemField, Words] = Field(default_factory=dict)
    """Field → titles of its column."""
    listed: tuple[ItemEntry, ...] = ()
    """Items that stand here; others come by import."""


class AssociationFile(Model):
    """Association."""

    similar: Similar = Similar()
    knowledge: KnowledgeEntry = KnowledgeEntry()
    items: Items = Items()
