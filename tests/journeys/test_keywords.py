"""Every keyword of spec 3, told three times, by mail; see ``keyword_stories.py``."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from processor.commands.beside import BESIDE
from processor.commands.registry import COMMANDS
from tests.journeys.desk import Story
from tests.journeys.field_stories import FIELDS
from tests.journeys.keyword_stories import KEYWORDS, Three
from tests.journeys.people import Person
from tests.journeys.test_changes import changes
from tests.journeys.test_problems import problems

OF_FIELDS = "set_"  # commands that set a field of the record


def test_every_keyword_has_its_three_stories() -> None:
    """A new one without them fails here; so does a story of a keyword that is gone."""
    there = COMMANDS.keys() | BESIDE
    fields = {name for name in there if name.startswith(OF_FIELDS)}
    assert KEYWORDS.keys() == there - fields
    assert {f"{OF_FIELDS}{name}" for name in FIELDS} == fields
    anybody = {name for name, three in KEYWORDS.items() if not three.wrong}
    assert anybody == {"forms", "help"}, "only what tells nothing of an incident is for anybody"


def test_every_keyword_of_the_grammar_is_a_command(desk: Story) -> None:
    """What the configuration reserves does something."""
    assert desk.settings.commands.synonyms.keys() <= COMMANDS.keys() | BESIDE


def person_of(desk: Story, name: str) -> Person:
    if name == "director":
        return desk.person("信息总监", "it.director@example.com")
    if name == "stranger":
        return desk.person("陌生人", "mallory@evil.example")
    found = getattr(desk, name)
    assert isinstance(found, Person)
    return found


def written(desk: Story, text: str) -> str:
    """With the numbers that the story has come to."""
    for mark, numbers in (
        ("{n}", desk.numbers[:1]),
        ("{m}", desk.numbers[1:2]),
        ("{p}", [one.number for one in problems(desk)[:1]]),
        ("{c}", [one.number for one in changes(desk)[:1]]),
    ):
        if mark in text:
            text = text.replace(mark, numbers[0])
    return text


def _said(desk: Story, three: Three, who: str, text: str) -> Person:
    """A mail of ``who``, on the incident or, where it names another record, without."""
    person, words = person_of(desk, who), written(desk, text)
    if any(mark in text for mark in ("{p}", "{c}")):
        person.asks(words)
    else:
        person.says(words)
    return person


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_by_the_wrong_one_malformed_and_by_the_right_one(
    desk_with: Callable[..., Story], keyword: str
) -> None:
    """The wrong one and the slip change nothing and are answered to their author alone; the same
    order of the right one is carried out."""
    three = KEYWORDS[keyword]
    desk = desk_with(box=three.box)
    three.scene(desk)
    assert not three.holds(desk)
    if three.wrong:
        _refused_to_the_wrong_one(desk, three)
    slip = _said(desk, three, three.right, three.slip)
    told = desk.refuses(slip, three.told)
    assert "#" in told, "the way on is shown"
    assert not three.holds(desk)
    _said(desk, three, three.right, three.says)
    assert desk.turn() == ["commanded"], three.says
    assert three.holds(desk)


def _refused_to_the_wrong_one(desk: Story, three: Three) -> None:
    before = [desk.fingerprint(n) for n in range(1, len(desk.numbers) + 1)]
    wrong = _said(desk, three, three.wrong, three.says)
    desk.turn()
    kinds = {kind for letters in desk.letters.values() for kind in letters}
    assert wrong.news in (["command-refused"], ["not-proven"], ["opened"]), wrong.news
    after = [desk.fingerprint(n) for n in range(1, len(before) + 1)]
    assert after == before, kinds
    assert not three.holds(desk)


def test_fields_by_the_wrong_one_malformed_and_by_the_right_one(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(limits={"replies_per_thread_hour": 999, "replies_per_sender_hour": 999})
    desk.taken()
    for name, one in FIELDS.items():
        wrong = person_of(desk, one.wrong)
        before = desk.fingerprint()
        wrong.says(f"#{one.title}: {one.value}")
        desk.turn()
        assert desk.fingerprint() == before, name
        assert wrong.news in (["command-refused"], ["not-proven"], ["opened"]), name
        right = person_of(desk, one.right)
        right.says(f"#{one.title}: {one.slip}")
        desk.refuses(right, one.slip or one.told or one.title)
        assert str(getattr(desk.incident(), one.attribute)) != str(one.kept), name
        right.says(f"#{one.title}: {one.value}")
        assert desk.turn() == ["commanded"], name
        assert str(getattr(desk.incident(), one.attribute)) == str(one.kept), name
