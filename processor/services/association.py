"""Association (关联, principle 7; seed 4.2.6, 4.2.7): the same symptom in open and past incidents,
published knowledge and known errors is looked for before anyone works.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from heapq import nlargest

from processor.domain.association import Associations, AssociationSettings, Found, ItemCard, Kind
from processor.domain.configuration import ConfigurationItem
from processor.domain.incident import OPEN_STATUSES, Incident, Status
from processor.domain.rarity import Measure, Rarity
from processor.domain.terms import Term, Vocabulary, phrases
from processor.rules.items import ItemIndex
from processor.services.shelf import Shelf, read_shelf
from processor.store.editions import ITEMS, KNOWLEDGE
from processor.store.likenesses import CASES, LISTS, Case
from processor.store.unit_of_work import UnitOfWork

_OPEN = frozenset(str(status) for status in OPEN_STATUSES)
_GONE = frozenset(map(str, (Status.MERGED, Status.REJECTED, Status.CANCELLED)))
_TOP = 99  # percent: what is only like is never quite the same
_SAME_ITEM = 10  # percent more where both are about the same item
_LEAST = 2  # terms that two texts share at least, where either has more than one


class Associator:
    """What association remembers between two mails: small collections in memory, each built once
    for its edition, and how rare terms are."""

    def __init__(self, settings: AssociationSettings | None = None) -> None:
        self.settings = settings or AssociationSettings()
        self.vocabulary = Vocabulary(self.settings.similar.stop_words)
        self.rarity = Rarity()
        self._items: tuple[int, ItemIndex] = (0, ItemIndex(()))
        self._shelf: tuple[int, Shelf] = (-1, Shelf(()))

    def items(self, work: UnitOfWork) -> ItemIndex:
        """All configuration items, as they are in this unit of work."""
        edition = work.editions.of(ITEMS)
        if edition == self._items[0]:
            return self._items[1]
        index = ItemIndex(work.items.all())
        if work.editions.lasting(ITEMS):
            self._items = (edition, index)
        return index

    def shelf(self, work: UnitOfWork) -> Shelf:
        """Published articles and known errors, as they are in this unit of work."""
        edition = work.editions.of(KNOWLEDGE)
        if edition == self._shelf[0]:
            return self._shelf[1]
        shelf = read_shelf(work, self.vocabulary)
        if work.editions.lasting(KNOWLEDGE):
            self._shelf = (edition, shelf)
        return shelf

    def terms(self, incident: Incident) -> tuple[tuple[Term, ...], int]:
        """What an incident is known by, and how much of that is its subject's."""
        return self.vocabulary.terms(incident.subject, incident.symptom)


def items_named(
    work: UnitOfWork, associator: Associator, ci: str, *texts: str
) -> tuple[ConfigurationItem, ...]:
    """The items that a report is about: the one that it calls ``ci``, then those that its texts
    name."""
    index = associator.items(work)
    if not index.items:
        return ()
    return tuple(dict.fromkeys((*(index.called(ci) if ci else ()), *index.found(*texts))))


def on_opening(
    work: UnitOfWork,
    associator: Associator,
    incident: Incident,
    items: Sequence[ConfigurationItem],
) -> Associations:
    """Look for what the new ``incident`` is like, then have it found by the next ones; a
    confidential one is nobody's example."""
    terms, titled = associator.terms(incident)
    found = _associations(work, associator, incident, items, terms, titled)
    if incident.confidential:
        return found
    work.likenesses.keep(incident.number, [term.key for term in terms], titled)
    if items:
        work.items.link(incident.number, items)
    return found


def look_up(work: UnitOfWork, associator: Associator, incident: Incident) -> Associations:
    """The same for one that was opened before."""
    terms, titled = associator.terms(incident)
    items = work.items.of(incident.number)
    return _associations(work, associator, incident, items, terms, titled)


def on_solving(work: UnitOfWork, associator: Associator, incident: Incident) -> None:
    """A solution can be searched for, too."""
    if incident.confidential:
        return
    terms, _ = associator.vocabulary.terms(incident.solution, incident.cause)
    work.likenesses.more(incident.number, [term.key for term in terms])


def _associations(
    work: UnitOfWork,
    associator: Associator,
    incident: Incident,
    items: Sequence[ConfigurationItem],
    terms: Sequence[Term],
    titled: int,
) -> Associations:
    settings = associator.settings
    similar = _similar(work, associator, incident, terms, titled)
    known = associator.shelf(work).near(
        terms,
        titled,
        associator.rarity,
        category=incident.category,
        least=settings.knowledge.suggest_percent,
    )
    duplicate = next((one for one in similar if _is_same(one, settings)), None)
    advice = next((one for one in known if _for_reporter(one, incident, associator, work)), None)
    most = settings.similar.shown
    return Associations(
        items=tuple(card_of(work, associator, item, besides=incident.number) for item in items),
        found=(*known[:most], *similar[:most]),
        duplicate_of=duplicate.number if duplicate else "",
        advice=advice,
    )


def _is_same(found: Found, settings: AssociationSettings) -> bool:
    near = found.percent >= settings.similar.duplicate_percent
    return near and found.open and (found.same_item or found.same_category)


def _for_reporter(
    found: Found, incident: Incident, associator: Associator, work: UnitOfWork
) -> bool:
    least = associator.settings.knowledge.tell_reporter_percent
    if not least or found.percent < least or found.kind is not Kind.ARTICLE:
        return False
    return associator.shelf(work).tells_reporters(found.number, incident.language)


def _similar(
    work: UnitOfWork,
    associator: Associator,
    incident: Incident,
    terms: Sequence[Term],
    titled: int,
) -> list[Found]:
    """Incidents by likeness, the likest and newest first."""
    if not terms:
        return []
    rarity = associator.rarity
    keys = [term.key for term in terms]
    least = min(_LEAST, len(keys))
    asked = rarity.rarest(keys, LISTS)
    scores: dict[int, float] = {}
    counts: Counter[int] = Counter()
    for key, ids in zip(asked, work.likenesses.lists(asked), strict=True):
        rarity.learn(key, ids)
        counts.update(ids)
        weight = rarity.weights[key]
        for one in ids:
            scores[one] = scores.get(one, 0.0) + weight
    hits = [one for one, count in counts.items() if count >= least]
    best = nlargest(CASES, hits, key=lambda one: (scores[one], one))
    cases = work.likenesses.cases(best) if best else []
    cases += _waiting(work, set(keys), least)
    measure = Measure(keys, titled, rarity)
    least_like = associator.settings.similar.from_percent
    found = [
        _compared(case, incident, terms, percent)
        for case in cases
        if case.number != incident.number and not case.hidden and case.status not in _GONE
        if (percent := _percent(case, incident, measure)) >= least_like
    ]
    return sorted(found, key=lambda one: (one.percent, one.open, one.number), reverse=True)


def _waiting(work: UnitOfWork, keys: set[int], least: int) -> list[Case]:
    """Incidents of this unit of work that no list has yet."""
    cases = []
    for number, (terms, titled) in work.likenesses.waiting.items():
        if len(keys.intersection(terms)) >= least:
            one = work.incidents.get(number, lock=False)
            if one is not None:
                cases.append(
                    Case(
                        number=number,
                        subject=one.subject,
                        status=str(one.status),
                        solution=one.solution,
                        ci=one.ci,
                        category=one.category,
                        hidden=one.confidential or one.drill,
                        terms=terms,
                        titled=titled,
                    )
                )
    return cases


def _percent(case: Case, incident: Incident, measure: Measure) -> int:
    percent = round(100 * measure.likeness(case.terms, case.titled))
    same_item = bool(incident.ci) and case.ci == incident.ci
    return min(_TOP, percent + (_SAME_ITEM if same_item else 0))


def _compared(case: Case, incident: Incident, terms: Sequence[Term], percent: int) -> Found:
    return Found(
        kind=Kind.INCIDENT,
        number=case.number,
        title=case.subject,
        status=case.status,
        solution=first_line(case.solution),
        shared=phrases(terms, case.terms),
        percent=percent,
        same_item=bool(incident.ci) and case.ci == incident.ci,
        same_category=bool(incident.category) and case.category == incident.category,
        open=case.status in _OPEN,
    )


def card_of(
    work: UnitOfWork, associator: Associator, item: ConfigurationItem, *, besides: str
) -> ItemCard:
    """An item with the latest incidents about it, but the one called ``besides``."""
    recent = work.items.recent(item, besides, associator.settings.items.recent)
    return ItemCard(
        item,
        tuple(
            Found(Kind.INCIDENT, number, subject, status, first_line(solution))
            for number, subject, status, solution in recent
        ),
    )


def first_line(text: str, longest: int = 160) -> str:
    """The first line that says something."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
