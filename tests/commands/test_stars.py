"""Scores without a keyword."""

from __future__ import annotations

import pytest

from processor.commands.stars import read_stars


@pytest.mark.parametrize(
    ("text", "score", "comment"),
    [
        ("★★★★★", "5", ""),
        ("⭐⭐⭐ 还行", "3", "还行"),
        ("★★☆☆☆，太慢\n等了三天", "2", "太慢\n等了三天"),
        ("⭐️⭐️⭐️⭐️ great job", "4", "great job"),
        ("5星", "5", ""),
        ("4 星 不错", "4", "不错"),
        ("５分！", "5", ""),
        ("3 stars, a bit slow", "3", "a bit slow"),
        ("4/5", "4", ""),
        ("1 star", "1", ""),
    ],
)
def test_stars_are_a_score(text: str, score: str, comment: str) -> None:
    found = read_stars(text, "评分")
    assert found is not None
    order, said = found
    assert (order.name, order.value, said) == ("rate", score, comment)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5分钟后又坏了",
        "4/5 of the users still cannot log in",
        "4/5, so most of us",
        "6星",
        "★★★★★★",
        "15分",
        "5 points to add:",
        "3 starts and it fails",
        "谢谢 ★★★★★",
        "5星级酒店的网络也断了",
    ],
)
def test_other_words_are_none(text: str) -> None:
    assert read_stars(text, "评分") is None
