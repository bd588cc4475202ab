"""How letters of each process sound: its words, its buttons, its templates (spec 1.9).

What a profile says differently is laid over what all letters say; most letters are of the usual
process, for which nothing is laid over anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from processor.domain.profile import Profile
from processor.domain.wording import Words
from processor.replies.action_links import ActionLinks, Synonyms
from processor.replies.render import Renderer

_LAST_VALUE = re.compile(r"([:：]\s*)[^:：\n]*\Z")


@dataclass(frozen=True, slots=True)
class Voice:
    """One process in one language."""

    profile: Profile
    words: Words
    links: ActionLinks
    categories: Mapping[str, Mapping[str, str]]
    closures: Mapping[str, Mapping[str, str]]  # titles of closure codes


class Voices:
    """Every process in every language, each made when it is first heard."""

    def __init__(
        self,
        templates: Sequence[Path],
        words: Mapping[str, Words],
        synonyms: Synonyms,
        categories: Mapping[str, Mapping[str, str]],
        profiles: Mapping[str, Profile],
    ) -> None:
        self._templates = tuple(templates)
        self._words = words
        self._synonyms = synonyms
        self._categories = categories
        self._profiles = profiles
        self._closures = {
            code: titles for one in profiles.values() for code, titles in one.closure_codes.items()
        }
        self._voices: dict[tuple[str, str], Voice] = {}
        self._renderers: dict[str, Renderer] = {"": Renderer(templates)}

    def of(self, profile: str, language: str) -> Voice:
        """That process in that language; of an unknown one the plain voice."""
        found = self._voices.get((profile, language))
        if found is None:
            known = self._profiles.get(profile) or Profile()
            words = self._reworded(known, language)
            found = self._voices[profile, language] = Voice(
                known,
                words,
                ActionLinks(words, self._synonyms),
                {**self._categories, **known.categories},
                {**self._closures, **known.closure_codes},
            )
        return found

    def renderer(self, profile: str) -> Renderer:
        """The templates of a process: its own files where there are some, else all others'."""
        found = self._renderers.get(profile)
        if found is None:
            known = self._profiles.get(profile) or Profile()
            changed = any(known.wording.values()) or profile in set(self.with_templates())
            found = self._renderers[""]
            if changed:
                found = Renderer(self._templates, profile=profile, wording=known.wording)
            self._renderers[profile] = found
        return found

    def with_templates(self) -> Iterator[str]:
        """The processes for which somebody laid down templates of their own."""
        for name in self._profiles:
            if any(
                (folder / "mail" / language / "profiles" / name).is_dir()
                for folder in self._templates
                for language in self._words
            ):
                yield name

    def _reworded(self, profile: Profile, language: str) -> Words:
        words = self._words[language]
        nouns = profile.wording.get(language, {})
        instead = {
            f"priority.{priority}": grade.titles[language]
            for priority in range(1, 5)
            if (grade := profile.grade_of(priority)) is not None
        }
        key = "mail.fill.resolve"
        first = next(iter(profile.closure_codes.values()), {}).get(language, "")
        if first and words.has(key):
            instead[key] = _LAST_VALUE.sub(lambda hit: hit[1] + first, words.say(key))
        return words.reworded(nouns, instead) if nouns or instead else words
