"""A desk for each story, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.desk import Story
from tests.servers.postgresql import PostgreSql, quick_folder


@pytest.fixture
def story_folder() -> Iterator[Path]:
    """Where homes lie: in memory where there is enough, since a story waits for the disk a hundred
    times and proves nothing by it (``test_crash.py`` does)."""
    folder = Path(tempfile.mkdtemp(prefix="postdesk-story-", dir=quick_folder()))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def new_database(
    engine_name: str, request: pytest.FixtureRequest
) -> Iterator[Callable[[], str | None]]:
    """Gives the URL of another empty database of the engine that this run is about; None for the
    home's own SQLite file."""
    if engine_name == "sqlite":
        yield lambda: None
        return
    server: PostgreSql = request.getfixturevalue("postgresql")
    template: str = request.getfixturevalue("migrated_postgresql")
    with ExitStack() as lent:
        yield lambda: lent.enter_context(server.lent(template))


@pytest.fixture
def desk_with(
    story_folder: Path, new_database: Callable[[], str | None]
) -> Iterator[Callable[..., Story]]:
    """Makes desks with other settings (see :class:`Story`), on either database."""
    with ExitStack() as open_desks:
        made = 0

        def make(**options: Any) -> Story:
            nonlocal made
            made += 1
            story = Story(story_folder / f"desk-{made}", **{"database": new_database(), **options})
            return open_desks.enter_context(story)

        yield make


@pytest.fixture
def desk(desk_with: Callable[..., Story]) -> Story:
    """A desk as it is shipped, at nine on a Monday morning, on either database."""
    return desk_with()


@pytest.fixture
def plain_desk_with(story_folder: Path) -> Iterator[Callable[..., Story]]:
    """Makes desks on SQLite alone: for tables of many cases that differ in nothing but words."""
    with ExitStack() as open_desks:
        yield lambda **options: open_desks.enter_context(Story(story_folder / "desk", **options))


@pytest.fixture
def plain_desk(plain_desk_with: Callable[..., Story]) -> Story:
    """A desk as it is shipped, on SQLite alone."""
    return plain_desk_with()
