"""What the incidents are about: categories and items."""

from __future__ import annotations

from collections import Counter

from reports.charts.model import Chart
from reports.figures.figure import Unit
from reports.figures.selection import Dimension
from reports.press.inquiry import Chapter, Inquiry
from reports.press.ranking import Ranked, bars, pareto, ranked

_MOST_CATEGORIES = 7
_MOST_ITEMS = 10


def causes(inquiry: Inquiry) -> Chapter:
    """Categories of the second level as a Pareto, the items named most as bars."""
    categories = counts(inquiry, Dimension.CATEGORY_2)
    items = [one for one in counts(inquiry, Dimension.CI) if one[0]]
    named = [Ranked(inquiry.naming.key(Dimension.CI, code), count) for code, count in items]
    return Chapter(
        prose={
            "categories": [of_categories(inquiry, categories)],
            "items": [_of_items(inquiry, named)],
        },
        charts={
            "categories": category_chart(inquiry, categories),
            "items": bars(inquiry.caption("items"), named[:_MOST_ITEMS], inquiry.axis("count")),
        },
    )


def counts(inquiry: Inquiry, dimension: Dimension) -> list[tuple[str, int]]:
    """Code → received, most first."""
    rows = inquiry.compute(("received",), dimension)
    found = [(str(row.key[0]), int(row["received"] or 0)) for row in rows]
    return sorted((one for one in found if one[1]), key=lambda one: (-one[1], one[0]))


def category_chart(inquiry: Inquiry, categories: list[tuple[str, int]]) -> Chart:
    """The Pareto of categories."""
    ends = Counter(inquiry.naming.category_end(code) for code, _ in categories)
    named = [
        (_axis_name(inquiry, code, ends[inquiry.naming.category_end(code)]), count)
        for code, count in categories
    ]
    shown = ranked(named, _MOST_CATEGORIES, inquiry.words.say("document.other"))
    return pareto(
        inquiry.caption("categories"),
        shown,
        sum(count for _, count in named),
        count=inquiry.axis("count"),
        share=inquiry.axis("cumulative"),
        by=inquiry.axis("category"),
    )


def _axis_name(inquiry: Inquiry, code: str, alike: int) -> str:
    """The end of a category's path, the whole where two end alike."""
    naming = inquiry.naming
    return naming.category_end(code) if alike == 1 else naming.category(code)


def of_categories(inquiry: Inquiry, categories: list[tuple[str, int]]) -> str:
    """How many categories there are, and which has most."""
    if not categories:
        return inquiry.say("categories_none")
    code, top = categories[0]
    total = sum(count for _, count in categories)
    return inquiry.say(
        "categories",
        count=len(categories),
        name=inquiry.naming.category(code),
        top=inquiry.amounts.number(Unit.COUNT, top),
        share=inquiry.amounts.number(Unit.SHARE, top / total),
    )


def _of_items(inquiry: Inquiry, items: list[Ranked]) -> str:
    if not items:
        return inquiry.say("items_none")
    number = inquiry.amounts.number
    return inquiry.say(
        "items",
        count=number(Unit.COUNT, sum(one.count for one in items)),
        items=number(Unit.COUNT, len(items)),
        name=items[0].name,
        top=number(Unit.COUNT, items[0].count),
    )
