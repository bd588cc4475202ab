"""What was found beside an incident, as sections of a letter: items, knowledge, similar ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from processor.domain.association import Associations, Found, ItemCard, Kind
from processor.domain.configuration import ConfigurationItem
from processor.domain.knowledge import Article
from processor.replies.insight import shortened
from processor.replies.telling import Telling
from processor.replies.view import Entry, Section

_SHOWN = ("kind", "owner", "site", "address", "tag", "organisation")
_LINE = 200  # characters of a solution in a list
_WHOLE = 1_500  # characters of an article that a reporter is shown
_WORDS = 6  # shared words that are named


def sections(like: Associations, telling: Telling) -> list[Section]:
    """For the team: the items that it is about, what is known, what is like it."""
    known = [one for one in like.found if one.kind is not Kind.INCIDENT]
    similar = [one for one in like.found if one.kind is Kind.INCIDENT]
    return [
        *(item_section(card, telling, besides=similar) for card in like.items),
        *_section("known", (_entry(one, telling) for one in known), telling),
        *_section("similar", (_entry(one, telling) for one in similar), telling),
    ]


def advice(found: Found | None, telling: Telling) -> list[Section]:
    """For the reporter: an article that may help at once."""
    if found is None:
        return []
    entry = Entry(found.title, found.number, shortened(found.solution, _WHOLE))
    return _section("advice", (entry,), telling)


def item_section(card: ItemCard, telling: Telling, *, besides: Iterable[Found] = ()) -> Section:
    """One item with owner and site, then the latest incidents about it, but those that are shown
    elsewhere."""
    item = card.item
    title = telling.words.say("association.section.item", name=item.name)
    shown = {one.number for one in besides}
    recent = [_entry(one, telling) for one in card.recent if one.number not in shown]
    return Section(title, (Entry(item_line(item, telling), "", item.facts), *recent))


def item_line(item: ConfigurationItem, telling: Telling) -> str:
    """``owner: Wang Qiang · site: floor 3 · …``"""
    said = (
        telling.words.say(
            "association.item.said",
            name=telling.words.say(f"association.item.{field}"),
            value=telling.person(item.say(field)) if field == "owner" else item.say(field),
        )
        for field in _SHOWN
        if item.say(field)
    )
    return " · ".join(said) or telling.words.say("association.item.bare")


def found_sections(
    found: Sequence[Found], items: Iterable[ItemCard], telling: Telling
) -> list[Section]:
    """The answer to a search."""
    kept = [one for one in found if one.kind is not Kind.INCIDENT]
    incidents = [one for one in found if one.kind is Kind.INCIDENT]
    return [
        *(item_section(card, telling) for card in items),
        *_section("known", (_entry(one, telling) for one in kept), telling),
        *_section("incidents", (_entry(one, telling) for one in incidents), telling),
    ]


def article_section(article: Article, telling: Telling) -> Section:
    """A whole article."""
    said = (
        Entry(telling.words.say(f"association.article.{name}"), "", shortened(text))
        for name in ("symptom", "cause", "solution")
        if (text := str(getattr(article, name)))
    )
    return Section(f"{article.number} · {article.title}", tuple(said))


def _section(name: str, entries: Iterable[Entry], telling: Telling) -> list[Section]:
    listed = tuple(entries)
    title = telling.words.say(f"association.section.{name}")
    return [Section(title, listed)] if listed else []


def _entry(found: Found, telling: Telling) -> Entry:
    family = "status" if found.kind is Kind.INCIDENT else "association.status"
    marks = [found.number, telling.words.say(f"{family}.{found.status}")]
    why = _why(found, telling)
    if why:
        marks.append(why)
    title = shortened(" ".join(found.title.split()), 100)
    solution = shortened(" ".join(found.solution.split()), _LINE)
    if solution:
        solution = telling.words.say("association.solution", text=solution)
    return Entry(title, " · ".join(marks), solution)


def _why(found: Found, telling: Telling) -> str:
    """Why it was found: how like it is, which words both have, what else is the same."""
    if not found.percent:
        return ""
    reasons = []
    if found.shared:
        words = telling.words.say("mail.comma").join(found.shared[:_WORDS])
        reasons.append(telling.words.say("association.shared", words=words))
    if found.same_item:
        reasons.append(telling.words.say("association.same_item"))
    if found.same_category:
        reasons.append(telling.words.say("association.same_category"))
    like = telling.words.say("association.percent", percent=found.percent)
    return telling.words.say("association.why", percent=like, reasons=" · ".join(reasons)).rstrip(
        " ·"
    )
