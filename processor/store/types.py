"""Column types: what may stand in a column, whichever engine keeps it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

KEY_LENGTH = 255
"""The longest text, in characters, that stands in an index as it is: PostgreSQL's entries end at
2,704 bytes, and no address (RFC 5321) nor Message-ID of sane origin is longer."""


def clean(text: str) -> str:
    """``text`` without what no database can hold: NUL, and halves of surrogate pairs."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        # "surrogatepass" joins two halves that belong together
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def key_of(text: str) -> str:
    """``text`` as it stands in an index; one that is absurdly long keeps its head and is told
    apart by a fingerprint."""
    text = clean(text)
    if len(text) <= KEY_LENGTH:
        return text
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    return f"{text[: KEY_LENGTH - len(fingerprint) - 1]}~{fingerprint}"


class Prose(TypeDecorator[str]):
    """Text of any length as people and mails write it."""

    impl = Text
    cache_ok = True

    def bind_processor(self, _dialect: Dialect) -> Callable[[str | None], str | None]:
        """To the database; a plain function, for most of what is stored goes through it."""
        return _cleaned


class Key(TypeDecorator[str]):
    """Text that rows are found by: shortened alike when it is stored and when it is sought."""

    impl = Text
    cache_ok = True

    def bind_processor(self, _dialect: Dialect) -> Callable[[str | None], str | None]:
        """To the database."""
        return _keyed


class Moment(TypeDecorator[datetime]):
    """An aware time, stored in UTC and read back in UTC. A naive one is a mistake and raises."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """To the database: UTC; SQLite keeps it as text without a zone, which sorts by time."""
        return _as_text if dialect.name == "sqlite" else _in_utc

    def result_processor(
        self,
        dialect: Dialect,
        _coltype: object,
    ) -> Callable[[Any], datetime | None]:
        """From the database: aware, UTC."""
        return _from_text if dialect.name == "sqlite" else _in_utc


class Spans(TypeDecorator[tuple[tuple[datetime, datetime], ...]]):
    """A short tuple of (begin, end), as JSON text of UTC times. Naive times raise."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """To the database."""
        if value is None:
            return None
        return json.dumps(
            [[_utc(begin).isoformat(), _utc(end).isoformat()] for begin, end in value]
        )

    def process_result_value(
        self,
        value: str | None,
        _dialect: Dialect,
    ) -> tuple[tuple[datetime, datetime], ...]:
        """From the database: aware, UTC."""
        return tuple(
            (datetime.fromisoformat(begin), datetime.fromisoformat(end))
            for begin, end in json.loads(value or "[]")
        )


class Words(TypeDecorator[tuple[str, ...]]):
    """A short tuple of strings, as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """To the database."""
        if value is None:
            return None
        return json.dumps([clean(text) for text in value], ensure_ascii=False) if value else "[]"

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...]:
        """From the database."""
        return tuple(json.loads(value)) if value and value != "[]" else ()


def _cleaned(value: str | None) -> str | None:
    return None if value is None else clean(value)


def _keyed(value: str | None) -> str | None:
    return None if value is None else key_of(value)


def _as_text(value: datetime | None) -> str | None:
    return None if value is None else _utc(value).isoformat(" ", "microseconds")[:26]


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else _utc(value)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be stored: {moment}")
    return moment.astimezone(UTC)
