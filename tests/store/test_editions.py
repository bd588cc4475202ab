"""What is built of a collection in memory is built anew when that has changed, and only then."""

from __future__ import annotations

from dataclasses import replace

from processor.domain.knowledge import Article, ArticleStatus
from processor.store.database import Store
from processor.store.editions import KNOWLEDGE
from tests.store.records import NOW

CANDIDATE = Article("KB-20261123-0001", ArticleStatus.CANDIDATE, NOW, "卡纸", "卡住", "换轮子")


def _edition(store: Store) -> int:
    with store.begin() as work:
        return work.editions.of(KNOWLEDGE)


def test_only_what_is_published_makes_a_new_edition(store: Store) -> None:
    """Each archived incident leaves a candidate; were that a new edition, the search for the next
    incident would index all articles again."""
    with store.begin() as work:
        work.knowledge.add(CANDIDATE)
        work.knowledge.save(replace(CANDIDATE, title="打印机卡纸"))
    assert _edition(store) == 0
    published = replace(CANDIDATE, status=ArticleStatus.PUBLISHED)
    for edition, article in enumerate(
        (
            published,
            replace(published, solution="清洁"),
            replace(published, status=ArticleStatus.RETIRED),
        ),
        start=1,
    ):
        with store.begin() as work:
            work.knowledge.save(article)
        assert _edition(store) == edition
    with store.begin() as work:
        work.knowledge.save(replace(published, status=ArticleStatus.RETIRED, cause="磨损"))
        work.knowledge.add(replace(published, number="KB-20261123-0002"))
    assert _edition(store) == 4, "one more for the second article, none for what was retired"
