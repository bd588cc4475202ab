"""Knowledge articles, and the known errors that problem management has found (spec 1.8)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from processor.domain.knowledge import Article, ArticleStatus
from processor.store.editions import KNOWLEDGE, Editions
from processor.store.neighbours import knowledge as table
from processor.store.neighbours import problems
from processor.store.writing import Writing

_NAMES = tuple(field.name for field in fields(Article))
_SELECT = select(*(table.c[name] for name in _NAMES))
_ADD = insert(table)
_STATUS = select(table.c.status).where(table.c.number == bindparam("of"))
_COUNT = (
    update(table)
    .where(table.c.number == bindparam("of"))
    .values(used=table.c.used + bindparam("uses"), helped=table.c.helped + bindparam("helps"))
)
_KNOWN_ERRORS = (
    select(
        problems.c.number,
        problems.c.title,
        problems.c.root_cause,
        problems.c.workaround,
        problems.c.solution,
        problems.c.category,
    )
    .where(problems.c.status == "known_error")
    .order_by(problems.c.number)
)


class Knowledge:
    """Articles inside one unit of work."""

    def __init__(self, writing: Writing, editions: Editions) -> None:
        self._writing = writing
        self._editions = editions

    def add(self, article: Article) -> None:
        """Store a new one."""
        self._writing.execute(_ADD, _row(article))
        self._seen(article.status)

    def save(self, article: Article) -> None:
        """Store what it says now; its counts are :meth:`count`'s."""
        row = _row(article)
        number = row.pop("number")
        del row["used"], row["helped"]
        before = self._writing.execute(_STATUS, {"of": number}).scalar_one()
        self._writing.execute(update(table).where(table.c.number == number).values(**row))
        self._seen(ArticleStatus(before), article.status)

    def _seen(self, *statuses: ArticleStatus) -> None:
        """New incidents are compared with what is published. Each archived incident leaves a
        candidate: that must not cost the next one a new index of all articles."""
        if ArticleStatus.PUBLISHED in statuses:
            self._editions.new(KNOWLEDGE)

    def count(self, number: str, *, used: int = 0, helped: int = 0) -> None:
        """So many more solutions named it, or were confirmed."""
        self._writing.later(_COUNT, [{"of": number, "uses": used, "helps": helped}])

    def get(self, number: str) -> Article | None:
        """The article of that number."""
        row = self._writing.execute(_SELECT.where(table.c.number == number)).one_or_none()
        return _article(row) if row else None

    def of_incident(self, number: str) -> Article | None:
        """The article that came of an incident."""
        query = _SELECT.where(table.c.source_number == number).order_by(table.c.number)
        row = self._writing.execute(query).first()
        return _article(row) if row else None

    def titled(self, title: str) -> Article | None:
        """The article of that very title."""
        row = self._writing.execute(_SELECT.where(table.c.title == title)).first()
        return _article(row) if row else None

    def all(self, statuses: Collection[ArticleStatus]) -> list[Article]:
        """Every article in one of these statuses, in the order of numbers."""
        query = _SELECT.where(table.c.status.in_([str(one) for one in statuses]))
        return [_article(row) for row in self._writing.execute(query.order_by(table.c.number))]

    def known_errors(self) -> list[tuple[str, ...]]:
        """(number, title, root cause, workaround, solution, category) of every known error."""
        return [tuple(row) for row in self._writing.execute(_KNOWN_ERRORS)]


def _row(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in _NAMES} | {"status": str(article.status)}


def _article(row: Any) -> Article:
    values = dict(zip(_NAMES, row, strict=True))
    return Article(**values | {"status": ArticleStatus(values["status"])})
