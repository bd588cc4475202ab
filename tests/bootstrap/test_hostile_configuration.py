"""What a configuration, and mails read by it, must not be able to do (spec 7)."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from processor.bootstrap.replay_page import page_of
from processor.bootstrap.replaying import Difference, Filed, Replay, in_force
from processor.domain.habits import Habits
from processor.domain.ruling import Facts, RuleSpec, Test
from processor.parsing.limits import ParseLimits
from processor.parsing.parse import parse
from processor.rules.engine import Engine
from processor.rules.labelled import Labels
from processor.settings.loader import load
from processor.settings.words import LANGUAGES, catalogue
from processor.store.database import Store
from tests.settings.homes import new_home

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
SLOW = ("(x+x+)+y", "(a|aa)+$", "(.*)*,(.*)*;")
"""Patterns that a backtracking engine would never come back from."""


def test_no_pattern_of_an_administrator_holds_the_desk_up() -> None:
    text = "x" * 50_000 + "a" * 50_000 + "!"
    habits = Habits(subject_tags=SLOW, quote_heads=SLOW, signatures=SLOW)
    raw = f"Subject: {text[:900]}\n\n{text}\n".encode()
    assert parse(raw, ParseLimits(habits=habits)).text.strip() == text
    rules = [RuleSpec(one, Test("body", "pattern", (one,)), {"urgency": 1}) for one in SLOW]
    assert Engine(rules).judge(Facts(subject="x", body=text)).outcome == {}
    assert Labels({"site": ("地点",)}).told("：" * 50_000 + "\n" + "地点" * 50_000) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_writes_no_markup_into_the_page_of_a_replay(language: str, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=y>{{ 7*7 }}"
    one = Difference(
        evil, evil, evil, NOW,
        Filed({"category": evil, "tags": evil}, {"category": evil}), Filed({"tags": "a"}, {}),
    )  # fmt: skip
    page = page_of(Replay(1, (one,), evil, evil), load(new_home(tmp_path)), catalogue(language))
    assert "<script" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page, "what a mail says is no template"


def test_a_kept_configuration_is_written_nowhere_but_where_it_is_read(tmp_path: Path) -> None:
    settings = load(new_home(tmp_path))
    store = Store(f"sqlite:///{tmp_path / 'kept.db'}", blobs=tmp_path)
    store.upgrade()
    assert in_force(store, settings.home) is None
    with store.begin() as work:
        work.configurations.take(settings.version, settings.files, NOW)
        packed = zlib.compress(
            json.dumps({**settings.files, "config/../../evil.yaml": "a: 1"}).encode()
        )
        work.connection.exec_driver_sql("UPDATE configurations SET files = ?", (packed,))
    found = in_force(store, settings.home)
    store.close()
    assert found is not None
    assert found.version == settings.version
    assert not list(tmp_path.parent.rglob("evil.yaml"))
    assert not list(Path("/tmp").glob("evil.yaml"))
