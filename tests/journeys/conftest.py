"""A desk for each story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.desk import Story


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Story]:
    """A desk as it is shipped, on SQLite, at nine on a Monday morning."""
    with Story(tmp_path / "desk") as story:
        yield story


@pytest.fixture
def desk_anywhere(tmp_path: Path, database_url: str) -> Iterator[Story]:
    """The same on SQLite and on PostgreSQL."""
    with Story(tmp_path / "desk", database=database_url) as story:
        yield story


@pytest.fixture
def desk_with(tmp_path: Path) -> Iterator[Callable[..., Story]]:
    """Makes desks with other settings: see :class:`Story`."""
    with ExitStack() as open_desks:
        made = 0

        def make(**options: Any) -> Story:
            nonlocal made
            made += 1
            return open_desks.enter_context(Story(tmp_path / f"desk-{made}", **options))

        yield make
