"""Proofs of receipt: only the one that was written to, on this incident, in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.domain import tokens
from tests.domain.records import local, utc

SECRET = b"k" * 32
NUMBER, LI = "INC-20261123-0001", "li@customer.example"
AT = utc("2026-11-23 09:00")
TOKEN = tokens.issue(SECRET, NUMBER, LI, AT)


def verify(token: str, **given: Any) -> bool:
    values: dict[str, Any] = {
        "secret": SECRET,
        "number": NUMBER,
        "recipient": LI,
        "now": AT,
        "valid_days": 30,
    }
    return tokens.verify(token=token, **{**values, **given})


def test_what_was_issued_is_known_again() -> None:
    assert verify(TOKEN)
    assert len(TOKEN) == tokens.LENGTH
    assert TOKEN.isalnum()
    assert TOKEN.lower() == TOKEN


def test_mail_programs_may_change_case_and_add_blanks() -> None:
    assert verify(f" {TOKEN.upper()}\r\n")
    assert verify(TOKEN, recipient=" Li@Customer.Example ", number=NUMBER.lower())


@pytest.mark.parametrize(
    "other",
    [
        {"secret": b"x" * 32},
        {"number": "INC-20261123-0002"},
        {"recipient": "wang@customer.example"},
        {"recipient": ""},
    ],
)
def test_it_proves_nothing_else(other: dict[str, Any]) -> None:
    assert not verify(TOKEN, **other)


def test_it_counts_for_so_many_days() -> None:
    assert verify(TOKEN, now=AT + timedelta(days=30))
    assert not verify(TOKEN, now=AT + timedelta(days=31))
    assert verify(TOKEN, now=AT, valid_days=0)


def test_a_clock_that_is_a_day_slow_does_not_matter_a_forged_date_does() -> None:
    assert verify(TOKEN, now=AT - timedelta(days=1))
    assert not verify(TOKEN, now=AT - timedelta(days=2))


def test_the_day_is_that_of_utc() -> None:
    assert tokens.issue(SECRET, NUMBER, LI, local("2026-11-24 07:59")) == TOKEN
    assert tokens.issue(SECRET, NUMBER, LI, local("2026-11-24 08:00")) != TOKEN


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a",
        "=",
        "aaaa",
        "a" * 12,
        TOKEN[:-1],
        TOKEN + "a",
        TOKEN[:-1] + "1",
        TOKEN[:-1] + "é",
        "a" * 20,
        "ſ" * 20,
    ],
)
def test_what_is_no_token_is_refused(token: str) -> None:
    assert not verify(token)


def test_letters_that_only_look_alike_in_upper_case_are_refused() -> None:
    """The long s becomes S in upper case."""
    with_s = next(
        token
        for day in range(400)
        if "s" in (token := tokens.issue(SECRET, NUMBER, LI, AT + timedelta(days=day)))
    )
    assert not verify(with_s.replace("s", "ſ"), now=AT + timedelta(days=399), valid_days=400)


@given(st.text(max_size=30))
def test_no_text_makes_it_fail(token: str) -> None:
    assert verify(token) is (token.strip().lower() == TOKEN and token.isascii())


@given(st.integers(0, 19), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_no_letter_can_be_changed(place: int, letter: str) -> None:
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    assert verify(changed) is (changed == TOKEN)
