"""Small values: words, refusals, records, messages."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from processor.domain import events
from processor.domain.errors import Fault, NotFound, Refusal
from processor.domain.incident import OPEN_STATUSES, Status
from processor.domain.message import Address, Message
from processor.domain.people import Person
from processor.domain.wording import Words
from tests.domain.records import clock, incident, local

WORDS = Words("en", {"status.new": "new", "status.closed": "closed", "ask": "Hello {name}!"})


def test_words_fill_their_places() -> None:
    assert WORDS.language == "en"
    assert WORDS.say("status.new") == "new"
    assert WORDS.say("ask", name="李", more="unused") == "Hello 李!"


def test_a_hole_in_the_catalogue_is_met() -> None:
    with pytest.raises(KeyError):
        WORDS.say("status.gone")
    with pytest.raises(KeyError):
        WORDS.say("ask", other="x")


def test_words_are_listed() -> None:
    assert WORDS.under("status") == {"new": "new", "closed": "closed"}
    assert WORDS.under("stat") == {}
    assert WORDS.has("ask")
    assert not WORDS.has("status")
    assert WORDS.keys() == {"status.new", "status.closed", "ask"}


def test_a_catalogue_is_not_changed_from_outside() -> None:
    table = {"a": "b"}
    words = Words("zh", table)
    table["a"] = "c"
    assert words.say("a") == "b"


def test_a_refusal_says_its_code_and_what_fills_the_sentence() -> None:
    assert str(Refusal("not_open")) == "not_open"
    assert str(Refusal("not_open", number="X")) == "not_open {'number': 'X'}"
    missing = NotFound("INC-20261123-0001")
    assert (missing.code, missing.params) == ("not_found", {"number": "INC-20261123-0001"})
    assert isinstance(missing, Refusal)


def test_a_fault_says_its_reason() -> None:
    fault = Fault("disk full")
    assert fault.reason == str(fault) == "disk full"
    assert not isinstance(fault, Refusal)


@pytest.mark.parametrize("status", Status)
def test_an_incident_is_open_until_it_is_solved_or_put_away(status: Status) -> None:
    put_away = ["resolved", "pending_review", "closed", "rejected", "merged", "cancelled"]
    assert incident(status=status).open is (status not in put_away)
    assert (status in OPEN_STATUSES) is (status not in put_away)


def test_a_clock_is_met_until_due() -> None:
    it = clock()
    assert (it.running, it.met) == (True, None)
    it.stopped_at = it.due_at
    assert (it.running, it.met) == (False, True)
    it.due_at = local("2026-11-23 09:00")
    assert (it.running, it.met) == (False, False)


def test_a_message_knows_its_author_and_headers() -> None:
    li = Address("李", "li@customer.example")
    message = Message(
        sender=(li,), headers=(("subject", "a"), ("received", "1"), ("received", "2"))
    )
    assert message.author == li
    assert message.header("Subject") == "a"
    assert message.header_all("RECEIVED") == ("1", "2")
    assert (message.header("to"), message.header_all("to")) == ("", ())
    assert Message().author is None


def test_an_address_is_written_with_its_name() -> None:
    assert str(Address("李", "li@customer.example")) == "李 <li@customer.example>"
    assert str(Address("", "li@customer.example")) == "li@customer.example"


def test_what_happened_is_not_changed_afterwards() -> None:
    at, actor = local("2026-11-23 09:00"), Person("e@desk.example")
    accepted = events.Accepted(at=at, actor=actor, incident=incident())
    with pytest.raises(FrozenInstanceError):
        accepted.at = at  # type: ignore[misc]  # the mistake itself
    kinds: list[Any] = [kind for kind in vars(events).values() if isinstance(kind, type)]
    happened = [kind for kind in kinds if issubclass(kind, events.Event)]
    assert len(happened) > 20
    for kind in happened:
        with pytest.raises(TypeError, match="positional"):
            kind(at, actor)  # facts are named
