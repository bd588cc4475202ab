"""Mails written elsewhere are the mails that would be written here."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from processor.bootstrap.wiring import composer_of
from processor.daemon import scribe as room
from processor.daemon.scribe import Scribe
from processor.domain.outgoing import Outgoing
from processor.domain.wording import Words
from processor.replies.addressing import Enclosure
from processor.replies.compose import Composer
from processor.replies.dictation import Dictation
from processor.replies.render import TemplateFault
from processor.replies.samples import Sample
from processor.settings.settings import Settings
from tests.daemon.children import MORTAL, SILENT
from tests.journeys.homes import MORNING, settings_of

ScribeMaker = Callable[..., Scribe]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_of(tmp_path_factory.mktemp("scribe") / "home")


@pytest.fixture(scope="module")
def composer(settings: Settings) -> Composer:
    return composer_of(settings)


@pytest.fixture(scope="module")
def words(settings: Settings) -> Words:
    return settings.words["zh"]


@pytest.fixture
def scribe(composer: Composer) -> Iterator[ScribeMaker]:
    made: list[Scribe] = []

    def make(child: str | None = None, writer: Composer | None = None, **options: Any) -> Scribe:
        if child is not None:
            options |= {"child": (sys.executable, "-c", child)}
        made.append(Scribe(writer or composer, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


def told(words: Words) -> list[Dictation]:
    letters = Sample(words, MORNING).letters()
    return [Dictation(one, MORNING, "mail:1", place) for place, one in enumerate(letters)]


def here(composer: Composer, dictations: Sequence[Dictation]) -> list[Outgoing]:
    return [written() for written in composer.take(dictations)]


def ready(made: Scribe) -> Scribe:
    """A scribe whose process has the composer."""
    made.hire()
    made._line._end.poll(30)
    return made


def test_the_bytes_are_the_same(scribe: ScribeMaker, composer: Composer, words: Words) -> None:
    made, dictations = ready(scribe()), told(words)
    handfuls = [dictations[start : start + 3] for start in range(0, len(dictations), 3)]
    written = [one for handful in handfuls for one in made.take(handful)]
    assert made.pid not in (None, os.getpid())
    assert [one() for one in written] == here(composer, dictations)


def test_mails_that_nobody_collects_do_not_mix_with_the_next(
    scribe: ScribeMaker, composer: Composer, words: Words
) -> None:
    made, dictations = ready(scribe()), told(words)
    made.take(dictations[:3])
    (last,) = made.take(dictations[3:4])
    assert [last()] == here(composer, dictations[3:4])


def test_a_small_desk_has_no_process(scribe: ScribeMaker, composer: Composer, words: Words) -> None:
    made, dictations = scribe(), told(words)[:3]
    assert [one() for one in made.take(dictations)] == here(composer, dictations)
    assert made.pid is None


def test_until_it_is_ready_all_is_written_here(
    scribe: ScribeMaker, composer: Composer, words: Words
) -> None:
    made, dictations = scribe(SILENT), told(words)[:3]
    made.hire()
    assert [one() for one in made.take(dictations)] == here(composer, dictations)


@pytest.mark.parametrize("collected", [False, True])
def test_a_process_that_dies_takes_no_mail_with_it(
    scribe: ScribeMaker, composer: Composer, words: Words, collected: bool
) -> None:
    made, dictations = ready(scribe()), told(words)
    first = made.take(dictations[:2])
    if collected:
        assert [one() for one in first] == here(composer, dictations[:2])
    assert made.pid is not None
    os.kill(made.pid, signal.SIGKILL)
    rest = made.take(dictations[2:])
    assert [one() for one in (*first, *rest)] == here(composer, dictations)
    again = made.take(dictations)
    assert [one() for one in again] == here(composer, dictations)


def test_it_is_hired_again_a_few_times_and_no_more(
    scribe: ScribeMaker, composer: Composer, words: Words
) -> None:
    made, dictations = scribe(MORTAL), told(words)[:2]
    pids = set()
    for _ in range(room.TRIES + 2):
        made.hire()
        if made.pid is not None:
            ready(made)
            pids.add(made.pid)
        assert [one() for one in made.take(dictations)] == here(composer, dictations)
    assert len(pids) == room.TRIES


def test_a_large_letter_is_written_here(
    scribe: ScribeMaker, composer: Composer, words: Words
) -> None:
    made, (first, *_) = ready(scribe()), told(words)
    picture = Enclosure("a.png", "image/png", os.urandom(room.LARGEST))
    large = Dictation(
        type(first.letter)(**{**_fields(first.letter), "attachments": (picture,)}),
        MORNING,
        "mail:1",
        0,
    )
    assert [one() for one in made.take([large])] == here(composer, [large])
    assert not made._sheets


def test_more_than_the_line_holds_is_collected_first(
    scribe: ScribeMaker, composer: Composer, words: Words
) -> None:
    made, dictations = ready(scribe()), told(words)
    written = [one for _ in range(40) for one in made.take(dictations[:4])]
    assert [one() for one in written] == here(composer, dictations[:4]) * 40


def test_what_is_wrong_with_a_template_is_said_here(
    scribe: ScribeMaker, settings: Settings, words: Words, tmp_path: Path
) -> None:
    folder = tmp_path / "mail" / "zh"
    folder.mkdir(parents=True)
    (folder / "opened.txt").write_text("{{ mail.nonsense }}", encoding="utf-8")
    recipe = composer_of(settings)._recipe
    wrong = Composer(**{**recipe.keywords, "templates": (tmp_path, *settings.templates)})
    made, dictations = ready(scribe(writer=wrong)), told(words)
    opened = next(one for one in dictations if one.letter.kind == "opened")
    (written,) = made.take([opened])
    with pytest.raises(TemplateFault, match="nonsense"):
        written()


def _fields(letter: Any) -> dict[str, Any]:
    return {one.name: getattr(letter, one.name) for one in fields(letter)}
