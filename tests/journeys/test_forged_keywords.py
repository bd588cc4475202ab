"""Every keyword that there is, forged in every way that spec 2.5 and 7 name: nothing happens, where
the genuine order of the same person is carried out (``test_keywords.py``).

A keyword that is new is here by itself, for the table is that of its three stories.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from processor.demo.story import DESK
from processor.domain import tokens
from tests.journeys.desk import Story
from tests.journeys.keyword_stories import KEYWORDS
from tests.journeys.people import CHECKED_BY, Person
from tests.journeys.test_keywords import person_of, written

EVIL = "mallory@evil.example"


def _subject(desk: Story) -> str:
    return f"关于 [{desk.numbers[0]}]"


def _signed(desk: Story, whose: str, days_ago: int = 0) -> str:
    """The address that answers of that person go to, as it was given to him so long ago."""
    number = desk.numbers[0]
    at = desk.clock() - timedelta(days=days_ago)
    token = tokens.issue(desk.settings.secret, number, whose, at)
    local, _, domain = DESK.partition("@")
    return f"{local}+{number.lower()}-{token}@{domain}"


def _verdict(of: str, result: str) -> tuple[str, str]:
    return ("Authentication-Results", f"{CHECKED_BY}; dkim={result} header.d={of}")


def _forged_from_with_a_stolen_number(desk: Story, who: Person, text: str) -> None:
    who.writes(_subject(desk), text)


def _quoted(desk: Story, who: Person, text: str) -> None:
    """Genuine, but the order stands in what he quotes."""
    quote = "\n".join(f"> {line}" for line in text.splitlines())
    who.says(f"收到，谢谢\n\n在 2026年11月20日，某人 <{EVIL}> 写道：\n{quote}")


def _forwarded_token(desk: Story, who: Person, text: str) -> None:
    """Somebody got his letter and answers it under his own name."""
    desk.person("Mallory", EVIL).writes(
        _subject(desk),
        text,
        to=_signed(desk, who.address),
        headers=[_verdict("evil.example", "pass")],
    )


def _anothers_token(desk: Story, who: Person, text: str) -> None:
    who.writes(_subject(desk), text, to=_signed(desk, EVIL))


def _expired_token(desk: Story, who: Person, text: str) -> None:
    who.writes(_subject(desk), text, to=_signed(desk, who.address, days_ago=120))


def _seal_broken(desk: Story, who: Person, text: str) -> None:
    domain = who.address.rpartition("@")[2]
    who.writes(_subject(desk), text, headers=[_verdict(domain, "fail")])


def _verdict_of_the_forgers_own(desk: Story, who: Person, text: str) -> None:
    domain = who.address.rpartition("@")[2]
    fake = ("Authentication-Results", f"mx.evil.example; dkim=pass header.d={domain}")
    below = _verdict(domain, "pass")
    who.writes(_subject(desk), text, headers=[_verdict(domain, "fail"), fake, below])


FORGERIES: tuple[Callable[[Story, Person, str], None], ...] = (
    _forged_from_with_a_stolen_number,
    _anothers_token,
    _expired_token,
    _seal_broken,
    _verdict_of_the_forgers_own,
    _forwarded_token,
    _quoted,
)
IN_HIS_NAME = FORGERIES[:5]


def _forgeable() -> list[str]:
    """What answers only, to whom the mail names, asks for no proof: ``test_forgeries.py`` shows
    that nobody learns anything by it."""
    asks = {"status", "find", "mine", "overdue", "lists", "queue", "forms", "help"}
    return [keyword for keyword in KEYWORDS if keyword not in asks]


def test_only_what_answers_asks_for_no_proof(plain_desk: Story) -> None:
    """The configuration as shipped agrees with this table."""
    risks = plain_desk.settings.commands.risk
    free = {name for name in KEYWORDS if risks.get(name, "high") == "none"}
    assert free == KEYWORDS.keys() - set(_forgeable())


@pytest.mark.parametrize("keyword", _forgeable())
def test_forged_it_does_nothing(plain_desk_with: Callable[..., Story], keyword: str) -> None:
    three = KEYWORDS[keyword]
    desk = plain_desk_with(
        box=three.box, limits={"replies_per_thread_hour": 999, "replies_per_sender_hour": 999}
    )
    three.scene(desk)
    who = person_of(desk, three.right)
    text = written(desk, three.says)
    for forge in FORGERIES:
        before = desk.fingerprint()
        forge(desk, who, text)
        (disposition,) = desk.turn()
        assert not three.holds(desk), forge.__name__
        assert desk.fingerprint() == before, forge.__name__
        assert disposition != "commanded", forge.__name__
        if forge in IN_HIS_NAME:
            assert disposition == "held", forge.__name__
            assert who.news == ["not-proven"], forge.__name__
        else:
            assert "not-proven" not in who.news, forge.__name__
