"""What was written down to be found again: published articles and known errors, in memory.

They are hundreds where incidents are hundreds of thousands; an index of them is built when they
change, so that most mails ask the database for none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest

from processor.domain.association import Found, Kind
from processor.domain.knowledge import EVERYBODY, ArticleStatus
from processor.domain.rarity import Measure, Rarity
from processor.domain.terms import Term, Vocabulary, phrases
from processor.store.unit_of_work import UnitOfWork

_LISTS, _BOUND = 8, 48  # the shortest lists are read, and so much of each
_COMPARED = 8
_TOP = 99
_LEAST = 2  # terms that both share at least, where there are so many


@dataclass(frozen=True, slots=True)
class Volume:
    """One article or known error. ``category`` is a path, ``language`` and ``everybody`` say whom
    it may be shown to."""

    found: Found
    terms: tuple[int, ...]
    titled: int
    category: str = ""
    language: str = ""
    everybody: bool = False


class Shelf:
    """An inverted index of volumes."""

    def __init__(self, volumes: Iterable[Volume]) -> None:
        self._volumes = tuple(volumes)
        self._by_number = {one.found.number: one for one in self._volumes}
        self._holding: dict[int, list[int]] = defaultdict(list)
        for place, volume in enumerate(self._volumes):
            for term in volume.terms:
                self._holding[term].append(place)

    def near(
        self,
        terms: Sequence[Term],
        titled: int,
        rarity: Rarity,
        *,
        category: str = "",
        least: int = 1,
    ) -> list[Found]:
        """Those that are ``least`` percent like a text, the likest first."""
        if not self._volumes:
            return []
        keys = [term.key for term in terms]
        counts: Counter[int] = Counter()
        held = (self._holding[key] for key in keys if key in self._holding)
        for places in sorted(held, key=len)[:_LISTS]:
            counts.update(places[-_BOUND:])
        hits = [place for place, count in counts.items() if count >= min(_LEAST, len(keys))]
        measure = Measure(keys, titled, rarity)
        found = []
        for place in nlargest(_COMPARED, hits, key=lambda place: (counts[place], place)):
            volume = self._volumes[place]
            percent = round(100 * measure.likeness(volume.terms, volume.titled))
            if percent < least:
                continue
            found.append(
                replace(
                    volume.found,
                    shared=phrases(terms, volume.terms),
                    percent=min(_TOP, percent),
                    same_category=bool(category) and volume.category == category,
                )
            )
        return sorted(found, key=lambda one: (-one.percent, one.number))

    def tells_reporters(self, number: str, language: str) -> bool:
        """Whether a reporter of that language may be shown it."""
        volume = self._by_number.get(number)
        return volume is not None and volume.everybody and volume.language in ("", language)


def read_shelf(work: UnitOfWork, vocabulary: Vocabulary) -> Shelf:
    """Everything that is published or known, from the store."""
    volumes = []
    for article in work.knowledge.all((ArticleStatus.PUBLISHED,)):
        terms, titled = vocabulary.terms(article.title, article.symptom)
        volumes.append(
            Volume(
                Found(
                    Kind.ARTICLE,
                    article.number,
                    article.title,
                    str(article.status),
                    article.solution,
                ),
                tuple(term.key for term in terms),
                titled,
                article.category,
                article.language,
                article.audience == EVERYBODY,
            )
        )
    for number, title, cause, workaround, solution, category in work.knowledge.known_errors():
        terms, titled = vocabulary.terms(title, cause)
        found = Found(Kind.KNOWN_ERROR, number, title, "known_error", workaround or solution)
        volumes.append(Volume(found, tuple(t.key for t in terms), titled, category))
    return Shelf(volumes)
