"""Buttons write the right mail."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from processor.domain.wording import Words
from processor.replies.action_links import Action, ActionLinks, Answering

from .conftest import SYNONYMS

TO = Answering("desk+inc-20261123-0001-abc@example.com", "[INC-20261123-0001]")


def opened(action: Action) -> tuple[str, str, str]:
    """What a mail client makes of the link: recipient, subject, body."""
    parts = urlsplit(action.href)
    assert parts.scheme == "mailto"
    assert "+" not in action.href
    assert action.href.isascii()
    fields = parse_qs(parts.query, strict_parsing=True)
    return unquote(parts.path), fields["subject"][0], fields["body"][0]


@pytest.fixture
def links(words: dict[str, Words]) -> ActionLinks:
    return ActionLinks(words["zh"], SYNONYMS)


def test_confirm(links: ActionLinks) -> None:
    action = links.action(TO, "confirm", main=True)
    assert action.label == "确认已解决"
    assert action.main
    assert opened(action) == (
        "desk+inc-20261123-0001-abc@example.com",
        "[INC-20261123-0001] 确认",
        "#确认\r\n",
    )
    assert "%0D%0A" in action.href


def test_the_first_synonym_of_the_language_is_taken(words: dict[str, Words]) -> None:
    assert ActionLinks(words["zh"], SYNONYMS).keyword("accept") == "#接单"
    assert ActionLinks(words["en"], SYNONYMS).keyword("accept") == "#accept"
    only_english = {"accept": {"en": ("take",)}, "help": {"zh": (), "en": ("help",)}}
    assert ActionLinks(words["zh"], only_english).keyword("accept") == "#take"
    assert ActionLinks(words["zh"], {}).keyword("send_back") == "#send back"


def test_places_to_fill_in(links: ActionLinks) -> None:
    _, _, body = opened(links.action(TO, "resolve"))
    assert body.split("\r\n")[:2] == ["#解决 ", "原因："]
    assert "措施：\r\n方案：" in body


def test_where_the_address_proves_nothing_the_body_does(links: ActionLinks) -> None:
    plain = Answering("desk@example.com", TO.tag, "凭据: INC-20261123-0001/abc")
    assert (
        opened(links.action(plain, "confirm"))[2]
        == "#确认\r\n\r\n-- \r\n凭据: INC-20261123-0001/abc"
    )


def test_ratings_confirm_in_the_same_mail(links: ActionLinks) -> None:
    five = links.ratings(TO, confirming=True)[4]
    assert opened(five)[2] == "#确认\r\n#评分 5\r\n"
    assert five.order == "#确认\n#评分 5"
    assert [opened(one)[2] for one in links.ratings(TO, confirming=False)] == [
        f"#评分 {score}\r\n" for score in range(1, 6)
    ]


def test_a_command_without_words_of_its_own_still_has_a_button(links: ActionLinks) -> None:
    action = links.action(TO, "dance")
    assert (action.label, action.hint) == ("dance", "")
    assert opened(action)[2] == "#dance\r\n"


def test_keywords_are_known_back(links: ActionLinks) -> None:
    assert links.command("#接受") == "accept"
    assert links.command(" ＃Accept ") == "accept"
    assert links.command("queue") == "queue"
    assert links.command("接弹") == "接弹"
