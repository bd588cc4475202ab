"""Thanks as people write them, and what only looks like thanks (configured words)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.services.gratitude import only_thanks
from tests.journeys.desk import _shipped

PHRASES = _shipped("zh").commands.thanks

HERE = Path(__file__).parent / "words"
THANKS = (HERE / "thanks.txt").read_text("utf-8").splitlines()
NEWS = (HERE / "news.txt").read_text("utf-8").splitlines()


def test_the_tables_are_long_enough() -> None:
    assert len(THANKS) >= 100
    assert len(NEWS) >= 90


@pytest.mark.parametrize("text", THANKS)
def test_only_thanks(text: str) -> None:
    assert only_thanks(text, PHRASES)


@pytest.mark.parametrize("text", NEWS)
def test_more_than_thanks(text: str) -> None:
    assert not only_thanks(text, PHRASES)


_LATIN = tuple(one for one in PHRASES if one.isascii() and one[0].isalnum())
_HAN = tuple(one for one in PHRASES if not one.isascii() and one[0].isalnum())
_GAPS = st.sampled_from([" ", "，", "！ ", ", ", ". ", "\n", "~ "])


@given(st.lists(st.tuples(st.sampled_from([*_LATIN, *_HAN]), _GAPS), min_size=1, max_size=8))
def test_any_thanks_in_any_order_are_thanks(said: list[tuple[str, str]]) -> None:
    assert only_thanks("".join(word + gap for word, gap in said), PHRASES)


@given(
    st.sampled_from([*_LATIN, *_HAN]),
    st.sampled_from(["还是不行", "又坏了", "still broken", "E-13", "302", "没", "不", "not"]),
    st.booleans(),
)
def test_news_beside_thanks_are_news(thanks: str, news: str, first: bool) -> None:
    said = f"{news} {thanks}" if first else f"{thanks} {news}"
    assert not only_thanks(said, PHRASES)


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    only_thanks(text, PHRASES)


def test_a_long_one_costs_little_and_says_something() -> None:
    assert only_thanks("谢谢" * 200, PHRASES)
    assert not only_thanks("谢" * 399 + "x", PHRASES)
    assert not only_thanks("谢谢" * 100_000, PHRASES)


def test_words_are_configuration() -> None:
    assert only_thanks("merci beaucoup", ("merci", "beaucoup"))
    assert not only_thanks("谢谢", ("merci",))
    assert not only_thanks("谢谢", ())
