"""Messages that wait together share a transaction, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from processor.bootstrap.opening import open_store
from processor.bootstrap.wiring import desk_of
from processor.domain.ruling import Facts, Verdict
from processor.intake.source import Arrival, Flaw
from processor.parsing.parse import ParseLimits
from processor.pipeline.backlog import BATCH, TOGETHER
from processor.pipeline.processing import process_pending
from processor.pipeline.state import Desk, Journey, Opened, when_asked
from processor.rules.engine import Engine
from tests.journeys.homes import MORNING, settings_of

POISON = "poison"


class Touchy(Engine):
    """Rules with a fault of ours that one subject brings out."""

    def judge(self, facts: Facts) -> Verdict:
        if POISON in facts.subject:
            raise ZeroDivisionError(facts.subject)
        return super().judge(facts)


class Trace(list[str]):
    """The checkpoints that were passed."""

    def ends(self) -> list[str]:
        return [name for name in self if name in ("settled", "committed")]


@pytest.fixture
def trace() -> Trace:
    return Trace()


@pytest.fixture
def desk(tmp_path: Path, trace: Trace) -> Iterator[Desk]:
    settings = settings_of(tmp_path / "home")
    store = open_store(settings)
    made = desk_of(settings, store, trace.append)
    yield replace(made, engine=Touchy(settings.rules))
    store.close()


def spool(desk: Desk, *subjects: str, flaw: Flaw | None = None) -> None:
    arrivals = []
    origin = next(iter(desk.mailboxes))
    for subject in subjects:
        mail = EmailMessage()
        mail["From"] = f"{subject}@customer.example"
        mail["To"] = "desk@example.com"
        mail["Subject"] = subject
        mail["Message-ID"] = f"<{subject}@customer.example>"
        mail.set_content(f"{subject}: the printer is on fire")
        raw = mail.as_bytes()
        arrivals.append(Arrival(origin, 1, subject, raw, MORNING, len(raw), flaw))
    with desk.store.begin() as work:
        work.spool.add_many(arrivals, MORNING)


def drain(desk: Desk) -> dict[str, str]:
    """Subject → disposition, in the order in which the journeys ended."""
    ended: list[Journey] = []
    process_pending(desk, lambda: MORNING, after=ended.append)
    return {one.message.subject: f"{one.disposition} {one.reason}" for one in ended}


def test_neighbours_are_committed_together(desk: Desk, trace: Trace) -> None:
    spool(desk, "one", "two", "three")
    assert list(drain(desk)) == ["one", "two", "three"]
    assert trace.ends() == ["settled"] * 3 + ["committed"] * 3


def test_no_more_than_a_few_hold_the_database_at_a_time(desk: Desk, trace: Trace) -> None:
    spool(desk, *(f"number{n}" for n in range(TOGETHER + 1)))
    drain(desk)
    few = ["settled"] * TOGETHER + ["committed"] * TOGETHER
    assert trace.ends() == [*few, "settled", "committed"]


def test_one_that_fails_takes_no_neighbour_with_it(desk: Desk) -> None:
    spool(desk, "one", POISON, "three")
    assert drain(desk) == {
        "one": "opened INC-20261123-0001",
        POISON: "quarantined fault:ZeroDivisionError",
        "three": "opened INC-20261123-0002",
    }
    with desk.store.read() as work:
        assert {one.number for one in work.incidents.search()} == {
            "INC-20261123-0001",
            "INC-20261123-0002",
        }
        assert [one.subject for one in work.spool.quarantined()] == [POISON]


def test_one_that_was_tried_before_goes_alone(desk: Desk, trace: Trace) -> None:
    spool(desk, "one", "two")
    with desk.store.begin() as work:
        work.spool.begin_attempts(entry.id for entry in work.spool.pending(2))
    drain(desk)
    assert trace.ends() == ["settled", "committed"] * 2


def test_one_that_could_not_be_taken_in_whole_parts_its_neighbours(
    desk: Desk, trace: Trace
) -> None:
    spool(desk, "one", "two")
    spool(desk, "flawed", flaw=Flaw.OVERSIZE)
    spool(desk, "three", "four")
    ended: list[Journey] = []
    process_pending(desk, lambda: MORNING, after=ended.append)
    assert [str(one.disposition) for one in ended] == [
        "opened", "opened", "quarantined", "opened", "opened",
    ]  # fmt: skip
    assert trace.ends() == (["settled"] * 2 + ["committed"] * 2) * 2


def test_duplicates_that_arrive_together_are_settled_once(desk: Desk) -> None:
    origin = next(iter(desk.mailboxes))
    spool(desk, "same")
    with desk.store.begin() as work:
        raw = work.spool.raw(work.spool.pending(1)[0].id)
        again = b"Received: from elsewhere\r\n" + raw
        work.spool.add_many([Arrival(origin, 1, "b", again, MORNING, len(again))], MORNING)
    ended: list[Journey] = []
    process_pending(desk, lambda: MORNING, after=ended.append)
    assert [str(one.disposition) for one in ended] == ["opened", "ignored"]
    assert ended[1].reason == "duplicate_of:1"


def test_told_to_stop_it_ends_between_two_groups(desk: Desk, trace: Trace) -> None:
    spool(desk, *(f"number{n}" for n in range(TOGETHER + 1)))
    done = process_pending(desk, lambda: MORNING, stop=lambda: "committed" in trace)
    assert done == TOGETHER


def test_the_next_batch_is_taken_while_this_one_is_settled(desk: Desk) -> None:
    subjects = [f"number{n:03}" for n in range(2 * BATCH + 20)]
    spool(desk, *subjects)
    understood: list[int] = []  # how many each batch had
    settled: list[int] = []  # how many were settled when it was taken
    ended: list[Journey] = []

    def understand(raws: Sequence[bytes], limits: ParseLimits) -> list[Opened]:
        understood.append(len(raws))
        settled.append(len(ended))
        return when_asked(raws, limits)

    process_pending(replace(desk, understand=understand), lambda: MORNING, after=ended.append)
    assert [one.message.subject for one in ended] == subjects
    assert understood[:3] == [BATCH, BATCH, 20]
    assert 0 < settled[1] < BATCH < settled[2] < 2 * BATCH
    with desk.store.read() as work:
        assert work.spool.pending(9) == []


def test_one_that_failed_before_waits_for_its_turn_behind_a_backlog(desk: Desk) -> None:
    spool(desk, "tried")
    with desk.store.begin() as work:
        work.spool.begin_attempts(entry.id for entry in work.spool.pending(1))
    spool(desk, *(f"number{n:03}" for n in range(BATCH + 5)))
    ends = drain(desk)
    assert list(ends)[-1] == "tried"
    assert len(ends) == BATCH + 6
