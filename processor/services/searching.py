"""Searching (spec 3, 查询): incidents by number, subject, symptom, solution, item or reporter,
knowledge and configuration items, for the team by mail."""

from __future__ import annotations

from collections import Counter

from processor.domain.association import Found, ItemCard, Kind
from processor.domain.incident import Incident
from processor.domain.knowledge import Article, ArticleStatus
from processor.domain.numbering import find_numbers
from processor.domain.people import Person, Role
from processor.rules.reading import folded
from processor.services import discretion
from processor.services.association import Associator, card_of, first_line
from processor.services.policy import Policy
from processor.store.likenesses import LISTS
from processor.store.unit_of_work import UnitOfWork

LISTED = 20
_ARTICLES = 5
_ITEMS = 3
_WORDS = 8  # of a search that all must be there


def find(
    work: UnitOfWork, policy: Policy, words: str, asker: Person
) -> tuple[tuple[Found, ...], tuple[ItemCard, ...]]:
    """What has all of ``words``, incidents the newest first, and the items that they name.

    Confidential incidents are found by their parties, by who is cleared and by managers alone;
    who is not cleared reads no names in what he finds, and finds nothing by a name.
    """
    associator = policy.association
    wanted = words.split()[:_WORDS]
    incidents = _named(work, policy, words)
    for incident in (
        *work.incidents.containing(wanted, LISTED),
        *_older(work, associator, words),
    ):
        incidents.setdefault(incident.number, incident)
    visible = [
        seen
        for one in incidents.values()
        if (seen := _as_seen(work, policy, one, asker, words)) is not None
    ][:LISTED]
    index = associator.items(work)
    items = tuple(dict.fromkeys((*index.called(words), *index.found(words))))[:_ITEMS]
    return (
        (*_knowledge(work, associator, words, wanted), *map(_found, visible)),
        tuple(card_of(work, associator, item, besides="") for item in items),
    )


def may_see(incident: Incident, asker: Person) -> bool:
    """Whether one of the team may know of the incident."""
    if not incident.confidential or Role.MANAGER in asker.roles:
        return True
    return asker.address in (incident.reporter_address, incident.assignee, *incident.watchers)


def _as_seen(
    work: UnitOfWork, policy: Policy, incident: Incident, asker: Person, words: str
) -> Incident | None:
    """The incident as the asker may have it in a list; None where he may not know of it."""
    if not incident.confidential:
        return incident
    rules = policy.profile(incident.profile).discretion
    if rules is not None and discretion.cleared(rules, asker):
        return incident
    if not may_see(incident, asker):
        return None
    veil = discretion.veil_for(work, policy, (incident,), asker)
    if veil is None:
        return incident
    return veil.over(incident) if veil.text(words) == words else None


def _named(work: UnitOfWork, policy: Policy, words: str) -> dict[str, Incident]:
    numbers = find_numbers(words, policy.numbers)
    found = (work.incidents.get(number, lock=False) for number in numbers)
    return {one.number: one for one in found if one is not None}


def _older(work: UnitOfWork, associator: Associator, words: str) -> list[Incident]:
    """By the index, however long ago: those that have every term of the words."""
    terms, _ = associator.vocabulary.terms(words)
    keys = [term.key for term in terms][:LISTS]
    if not keys:
        return []
    counts: Counter[int] = Counter()
    for ids in work.likenesses.lists(keys):
        counts.update(ids)
    hits = sorted((one for one, n in counts.items() if n == len(keys)), reverse=True)[:LISTED]
    found = (work.incidents.get(number, lock=False) for number in work.likenesses.numbers(hits))
    return [one for one in found if one is not None]


def _found(incident: Incident) -> Found:
    return Found(
        Kind.INCIDENT,
        incident.number,
        incident.subject,
        str(incident.status),
        first_line(incident.solution),
    )


def _knowledge(
    work: UnitOfWork, associator: Associator, words: str, wanted: list[str]
) -> list[Found]:
    """Articles that are named or have all the words, then what is like them."""
    named = [work.knowledge.get(number) for number in find_numbers(words)]
    kept = [_article(one) for one in named if one is not None]
    plain = [folded(word) for word in wanted]
    for article in work.knowledge.all((ArticleStatus.PUBLISHED,)):
        text = folded("\n".join((article.title, article.symptom, article.cause, article.solution)))
        if all(word in text for word in plain):
            kept.append(_article(article))
    terms, titled = associator.vocabulary.terms(words)
    least = associator.settings.knowledge.suggest_percent
    kept += associator.shelf(work).near(terms, titled, associator.rarity, least=least)
    return list({one.number: one for one in reversed(kept)}.values())[::-1][:_ARTICLES]


def _article(article: Article) -> Found:
    return Found(Kind.ARTICLE, article.number, article.title, str(article.status), article.solution)
