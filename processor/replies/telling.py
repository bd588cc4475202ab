"""A code and its parameters → one sentence for a reader (``refusal.<code>``, ``done.<code>``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum

from processor.domain.incident import ClockKind
from processor.domain.people import Directory, Person
from processor.domain.wording import Words
from processor.replies.action_links import ActionLinks
from processor.replies.moments import Moments

# Parameters of these names hold a domain code; what readers call it is under this key.
_KEYS = {
    "status": "status",
    "target": "status",
    "source": "status",
    "priority": "priority",
    "old_priority": "priority",
    "new_priority": "priority",
    "type": "type",
    "role": "role",
    "post": "post",
    "meant": "post",
    "roles": "role",
    "by": "role",
    "field": "mail.fact",
    "fields": "mail.fact",
    "missing": "mail.fact",
    "parts": "mail.part",
    "problem_status": "problem.status",
    "problem_target": "problem.status",
    "problem_moves": "problem.status",
    "change_status": "change.status",
    "risk": "change.risk",
    "named": "field",
}
_LONGEST = 400  # characters of one parameter: people write novels behind a keyword


class Telling:
    """Sentences in one language; ``links`` knows how commands are written in it."""

    def __init__(
        self,
        words: Words,
        moments: Moments,
        directory: Directory,
        links: ActionLinks,
        categories: Mapping[str, Mapping[str, str]],
        closures: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._words = self.words = words
        self._moments = moments
        self._directory = directory
        self._links = links
        self._categories = categories
        self._closures = closures

    def sentence(self, family: str, code: str, params: Mapping[str, object]) -> str:
        """``<family>.<code>`` filled. A sentence that is missing or asks for what is not there
        becomes ``<family>.other``: a hole in the catalogue must not cost the reader his answer."""
        told = {name: self.word(name, value) for name, value in params.items()}
        if "moves" in params:
            told["steps"] = self._steps(params["moves"], params.get("keywords"))
        key = f"{family}.{code}"
        try:
            return self._words.say(key, **told)
        except (KeyError, IndexError, ValueError):
            return self._words.say(f"{family}.other", code=code)

    def _steps(self, moves: object, keywords: object) -> str:
        """The statuses that can follow, each with the keyword that leads there."""
        if not isinstance(moves, Sequence) or not isinstance(keywords, Sequence):
            return ""
        steps = [
            self._words.say(
                "mail.step",
                status=self.word("status", move),
                keyword=self._links.keyword(str(name)),
            )
            for move, name in zip(moves, keywords, strict=False)
            if self._links.knows(str(name))
        ]
        return self._words.say("mail.comma").join(steps) or self._words.say("mail.no_step")

    def word(self, name: str, value: object) -> str:
        """One parameter as a reader's word: a status by its name, a time in his zone."""
        if isinstance(value, datetime):
            return self._moments.say(value)
        if isinstance(value, Person):
            return value.label
        if isinstance(value, Enum):
            value = value.value
        if isinstance(value, str | int | float):
            return self._plain(name, value)
        if isinstance(value, Mapping):  # a title, by language
            said = value.get(self._words.language) or next(iter(value.values()), "")
            return str(said)[:_LONGEST]
        if isinstance(value, Iterable):
            parts = [self.word(name, part) for part in value]
            return self._words.say("mail.comma").join(parts)
        return "" if value is None else str(value)[:_LONGEST]

    def clock(self, kind: ClockKind) -> str:
        """A clock's name."""
        return self._words.say(f"mail.fact.{kind.value}")

    def group(self, name: str) -> str:
        """A group's title in this language."""
        found = self._directory.groups.get(name)
        return found.title.get(self._words.language, name) if found else name

    def person(self, address: str) -> str:
        """The name of whoever has this address."""
        found = self._directory.find(address) if address else None
        return found.label if found else address

    def category(self, path: str) -> str:
        """The title of a category's path, level by level where only those are titled."""
        titles = self._categories.get(path)
        return titles.get(self._words.language, path) if titles else path

    def closure(self, code: str) -> str:
        """The title of a closure code."""
        titles = self._closures.get(code)
        return titles.get(self._words.language, code) if titles else code

    def _plain(self, name: str, value: str | int | float) -> str:
        text = str(value)[:_LONGEST]
        if name in ("group", "groups"):
            return self.group(text)
        if name in ("assignee", "person", "people"):
            return self.person(text)
        if name == "category" or text in self._categories:
            return self.category(text)
        if name in ("command", "commands"):
            return self._links.keyword(text)
        key = f"{_KEYS[name]}.{text}" if name in _KEYS else ""
        return self._words.say(key) if key and self._words.has(key) else text
