"""What stands in figures' keys, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from processor.domain.wording import Words
from reports.figures.selection import Dimension
from reports.incident.vocabulary import Titles
from reports.word.plain_text import line

_CODED = {
    Dimension.PRIORITY: "priority",
    Dimension.SOURCE: "source",
    Dimension.TYPE: "type",
}
_LONGEST = 60  # characters of a name in a table or at an axis


@dataclass(frozen=True, slots=True)
class Naming:
    """Says keys in the language of ``words``. ``people`` maps addresses to names. A code without a
    title is shown as it is, a missing one as what it means that it is missing."""

    words: Words
    titles: Titles = field(default_factory=Titles)
    people: Mapping[str, str] = field(default_factory=dict)

    def key(self, dimension: Dimension, value: str | int) -> str:
        """The name of ``value`` of that dimension."""
        text = str(value)
        if not text:
            return self.missing(dimension)
        match dimension:
            case Dimension.CATEGORY | Dimension.CATEGORY_1 | Dimension.CATEGORY_2:
                return self.category(text)
            case Dimension.GROUP:
                return line(self.titles.groups.get(text, text), _LONGEST)
            case Dimension.PROFILE:
                return line(self.titles.profiles.get(text, text), _LONGEST)
            case Dimension.ENGINEER:
                return self.person(text)
        prefix = _CODED.get(dimension)
        if prefix and self.words.has(f"{prefix}.{text}"):
            return self.words.say(f"{prefix}.{text}")
        return line(text, _LONGEST)

    def missing(self, dimension: Dimension) -> str:
        """How a record without one is called: without category, not dispatched, …"""
        key = f"document.missing.{dimension.value}"
        return self.words.say(key if self.words.has(key) else "document.missing.other")

    def category(self, path: str) -> str:
        """``network/lan`` as "Network / LAN"."""
        if not path:
            return self.missing(Dimension.CATEGORY)
        parts = path.split("/")
        titles = (
            self.titles.categories.get("/".join(parts[: at + 1]), part)
            for at, part in enumerate(parts)
        )
        return line(" / ".join(titles), _LONGEST)

    def category_end(self, path: str) -> str:
        """The last level alone, for where there is no room."""
        return line(self.titles.categories.get(path, path.rpartition("/")[2]), _LONGEST) or (
            self.missing(Dimension.CATEGORY)
        )

    def person(self, address: str) -> str:
        """The name of an address, else what stands before its @."""
        if not address:
            return self.missing(Dimension.ENGINEER)
        known = self.people.get(address) or self.people.get(address.lower())
        return line(known or address.partition("@")[0], _LONGEST)
