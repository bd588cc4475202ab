"""Text as mails really bring it: nothing that they say can stop the store."""

from __future__ import annotations

import random
from dataclasses import replace
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.domain.incident import MailRecord, StoredAttachment
from processor.domain.people import Person
from processor.store.database import Store
from processor.store.types import KEY_LENGTH, clean, key_of
from tests.store.records import (
    NOW,
    NUMBER,
    Arrival,
    add_incidents,
    arrivals,
    incident,
    later,
    outgoing,
    settle,
    take_in,
)

ODD = ("a\0b", "\ud83d", "\udc00打印机", "x" * 9000)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=600)


def noise(size: int, seed: int = 1) -> str:
    """Text that no compression makes short: PostgreSQL's index entries are compressed."""
    return "".join(random.Random(seed).choices(ascii_lowercase + "打印机卡纸", k=size))


@given(ANY_TEXT)
def test_clean_text_can_be_stored_and_says_the_same(text: str) -> None:
    kept = clean(text)
    kept.encode()
    assert "\0" not in kept
    assert clean(kept) == kept
    told = "".join(sign for sign in text if sign != "\0" and not 0xD800 <= ord(sign) < 0xE000)
    if len(told) == len(text):
        assert kept == text


def test_halves_that_belong_together_become_one_sign() -> None:
    assert clean("\ud83d\ude00!") == "😀!"
    assert clean("a\ud83d") == "a\ufffd"


@given(ANY_TEXT, ANY_TEXT)
def test_keys_are_bounded_and_tell_texts_apart(one: str, two: str) -> None:
    assert len(key_of(one)) <= KEY_LENGTH
    assert key_of(key_of(one)) == key_of(one)
    assert (key_of(one) == key_of(two)) == (clean(one) == clean(two))


@pytest.mark.parametrize("odd", ODD, ids=["nul", "half", "other half", "long"])
def test_odd_text_is_stored_wherever_it_stands(store: Store, odd: str) -> None:
    add_incidents(
        store,
        incident(
            subject=odd,
            symptom=odd,
            reporter_address=odd,
            reporter_name=odd,
            group=odd,
            assignee=odd,
            category=odd,
            language=odd,
            parent=odd,
            watchers=(odd,),
        ),
    )
    (entry,) = take_in(store, Arrival(b"x", uid=odd, origin=odd))
    settle(
        store,
        entry.id,
        odd,
        reason=odd,
        incident_number=odd,
        steps=[odd],
        message_id=odd,
        digest=odd,
        sender=odd,
        subject=odd,
    )
    with store.begin() as work:
        one = work.incidents.get(NUMBER)
        assert one is not None
        one.solution, one.watchers = odd, (odd, odd)
        work.incidents.save(one, odd, NOW, odd)
        mail = MailRecord(NOW, "in", odd, odd, (odd,), odd, odd, odd)
        work.mails.add(NUMBER, mail)
        work.attachments.add(NUMBER, StoredAttachment(odd, odd, 1, "ab" * 32, message_id=odd))
        work.links.add(NUMBER, odd, odd)
        work.timers.put(NUMBER, odd, {odd: NOW})
        work.people.seen(Person(odd, odd, language=odd, organisation=odd), NOW)
        work.counters.hit(odd, NOW, later(hours=1) - NOW)
        work.jobs.ran(odd, NOW)
        assert work.numbers.next(odd) == 1
        assert work.outbox.queue(
            outgoing(
                key=odd,
                message_id=odd,
                event=odd,
                number=odd,
                mailbox=odd,
                envelope_from=odd,
                recipients=(odd,),
                subject=odd,
            ),
            NOW,
        )
        (claimed,) = work.outbox.claim(NOW, 1, 60, odd)
        work.outbox.retry(claimed.id, odd, NOW, recipients=(odd,))
        assert work.incidents.search(reporter=odd, group=odd, assignee=odd, text=odd)
    with store.read() as work:
        dossier = work.incidents.dossier(NUMBER)
        assert dossier.incident.solution == clean(odd)
        assert dossier.incident.watchers == (clean(odd),) * 2
        assert dossier.mails[0].text == clean(odd)
        assert [found[0] for found in work.mails.incident_of([odd])] == [odd]
        assert work.spool.known(odd, 7, [odd, "other"]) == {odd}
        assert work.people.get(odd) is not None
        assert work.jobs.last(odd) == NOW


def test_message_ids_of_any_length_are_found_again(store: Store) -> None:
    add_incidents(store, incident())
    one, two, short = noise(9000), noise(8999) + "!", "a@x"
    mail = MailRecord(NOW, "in", "", "li@customer.example", (), "", "")
    first, second = (entry.id for entry in take_in(store, *arrivals(2)))
    with store.begin() as work:
        work.mails.add_many([(NUMBER, replace(mail, message_id=each)) for each in (one, short)])
    settle(store, first, message_id=one, digest="print")
    with store.read() as work:
        found = work.mails.incident_of([short, two, one, one])
        assert [message_id for message_id, *_ in found] == [short, one]
        assert work.spool.same_message(one, "print", second) == [first]
        assert work.spool.same_message(two, "print", second) == []


def test_addresses_of_any_length_are_told_apart(store: Store) -> None:
    one, two = noise(5000) + "@x", noise(5000) + "@y"
    add_incidents(store, incident(reporter_address=one))
    with store.begin() as work:
        work.people.seen(Person(one, "One"), NOW)
        work.people.seen(Person(two, "Two"), NOW)
        found = work.people.get(one)
        assert found is not None
        assert found.name == "One"
        assert len(work.incidents.search(reporter=one)) == 1
        assert work.incidents.search(reporter=two) == []


def test_an_effort_of_more_minutes_than_the_world_has(store: Store) -> None:
    add_incidents(store, incident(effort_minutes=10**12))
    with store.read() as work:
        found = work.incidents.get(NUMBER)
    assert found is not None
    assert found.effort_minutes == 10**12
