"""Who is told when so much of a target has run: each step once, and caught up after a pause."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.domain.escalation import (
    DEFAULT_TIMETABLE,
    CatchUp,
    Step,
    catch_up,
    next_step,
    steps_due,
    steps_of,
    told_of,
)
from processor.domain.incident import Clock, ClockKind
from processor.domain.people import Directory, Group, Person, Role
from tests.domain.records import POLICY, clock, incident, local, response

P = replace(POLICY, timetable=DEFAULT_TIMETABLE)
TABLE = """
1: 50 lead, 75 manager, 100 it_director, 150 general_manager
2: 50 assignee, 75 lead, 100 manager, 150 it_director, 200 general_manager
3: 75 assignee, 100 lead, 150 manager, 200 it_director
4: 100 assignee, 150 lead, 200 manager
"""
SOLVE = ClockKind.RESOLUTION


def test_the_default_timetable_is_that_of_the_procedure() -> None:
    for line in TABLE.strip().splitlines():
        priority, _, cells = line.partition(": ")
        expected = tuple(
            Step(SOLVE, int(share), (post,)) for share, post in map(str.split, cells.split(", "))
        )
        assert steps_of(P, SOLVE, int(priority)) == expected
    assert set(DEFAULT_TIMETABLE) == {1, 2, 3, 4}


@pytest.mark.parametrize("priority", [1, 2, 3, 4])
def test_what_nobody_accepted_is_told_to_desk_and_lead(priority: int) -> None:
    assert steps_of(P, ClockKind.RESPONSE, priority) == (
        Step(ClockKind.RESPONSE, 100, ("desk", "lead")),
    )


def test_a_contract_without_a_timetable_has_no_steps() -> None:
    assert steps_of(POLICY, SOLVE, 1) == ()
    assert steps_of(replace(POLICY, unanswered={}), ClockKind.RESPONSE, 1) == ()


def test_steps_are_remembered_by_clock_share_and_whom_they_tell() -> None:
    assert Step(SOLVE, 75, ("lead",)).name == "resolution:75:lead"
    assert Step(ClockKind.RESPONSE, 100, ("desk", "lead")).name == "response:100:desk+lead"


def _names(steps: tuple[Step, ...]) -> list[str]:
    return [step.name for step in steps]


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("23 09:00", []),
        ("23 14:29", []),
        ("23 14:30", [50]),
        ("23 16:30", [50, 75]),
        ("24 09:00", [50, 75, 100]),
        ("25 09:00", [50, 75, 100, 150, 200]),
    ],
)
def test_steps_fall_due_at_their_share(at: str, due: list[int]) -> None:
    found = steps_due(P, clock(2), steps_of(P, SOLVE, 2), local(f"2026-11-{at}"), ())
    assert [step.share for step in found] == due


def test_a_step_is_taken_once() -> None:
    at, steps = local("2026-11-24 09:00"), steps_of(P, SOLVE, 2)
    found = steps_due(P, clock(2), steps, at, _names(steps[:2]))
    assert _names(found) == ["resolution:100:manager"]
    assert steps_due(P, clock(2), steps, at, _names(steps)) == ()


def test_steps_of_another_clock_do_not_count() -> None:
    at = local("2026-12-24 09:00")
    assert steps_due(P, response(2), steps_of(P, SOLVE, 2), at, ()) == ()
    assert next_step(P, response(2), steps_of(P, SOLVE, 2), ()) is None


def test_nothing_falls_due_while_the_clock_stands() -> None:
    at, steps, paused, stopped = local("2026-12-24 09:00"), steps_of(P, SOLVE, 2), *_standing()
    assert steps_due(P, paused, steps, at, ()) == ()
    assert steps_due(P, stopped, steps, at, ()) == ()
    assert next_step(P, paused, steps, ()) is None
    P.resume(paused, at)
    assert _names(steps_due(P, paused, steps, at, ())) == []
    assert _names(steps_due(P, paused, steps, local("2026-12-24 12:00"), ())) == [
        "resolution:50:assignee"
    ]


def _standing() -> tuple[Clock, Clock]:
    paused, stopped = clock(2), clock(2)
    P.pause(paused, local("2026-11-23 10:00"))
    P.stop(stopped, local("2026-11-23 10:00"))
    return paused, stopped


def test_the_next_step_is_the_first_not_taken() -> None:
    steps = steps_of(P, SOLVE, 2)
    assert next_step(P, clock(2), steps[::-1], ()) == (steps[0], local("2026-11-23 14:30"))
    assert next_step(P, clock(2), steps, {steps[0].name}) == (steps[1], local("2026-11-23 16:30"))
    assert next_step(P, clock(2), steps, _names(steps)) is None


def test_after_an_outage_the_latest_step_is_told_and_the_others_recorded() -> None:
    due = steps_due(P, clock(2), steps_of(P, SOLVE, 2), local("2026-11-24 09:00"), ())
    assert catch_up(due) == CatchUp(due[2], due[:2])
    assert catch_up(due[::-1]) == CatchUp(due[2], due[:2])
    assert catch_up(due[:1]) == CatchUp(due[0])
    assert catch_up(()) is None


@given(st.integers(1, 4), st.lists(st.integers(0, 6000), min_size=1).map(sorted))
def test_however_seldom_one_looks_each_step_is_taken_once(priority: int, looks: list[int]) -> None:
    """And together they are those that fell due by the last look."""
    it, steps = clock(priority), steps_of(P, SOLVE, priority)
    calendar = P.calendars[it.calendar]
    taken: list[str] = []
    for minutes in looks:
        now = calendar.add(it.started_at, minutes)
        found = catch_up(steps_due(P, it, steps, now, taken))
        if found:
            taken += _names((*found.skipped, found.latest))
    share = P.share_at(it, calendar.add(it.started_at, looks[-1]))
    assert taken == [step.name for step in steps if step.share <= share]


MANAGER = Person("m@desk.example", roles=frozenset({Role.MANAGER}))
LEAD = Person("l@desk.example", roles=frozenset({Role.LEAD}), leads=("network",))
CLERK = Person("d@desk.example", roles=frozenset({Role.DESK}))
POSTS = {"it_director": "it@house.example"}


def _house(lead: str = LEAD.address, box: str = "", people: tuple[Person, ...] = ()) -> Directory:
    groups = (
        Group("network", lead=lead),
        Group("desk", members=(CLERK.address,), address=box),
    )
    return Directory(people or (MANAGER, LEAD, CLERK), groups, "desk")


@pytest.mark.parametrize(
    ("told", "assignee", "expected"),
    [
        (("assignee",), "e@desk.example", ["e@desk.example"]),
        (("assignee",), "", ["l@desk.example"]),
        (("lead",), "", ["l@desk.example"]),
        (("manager",), "", ["m@desk.example"]),
        (("desk", "lead"), "", ["d@desk.example", "l@desk.example"]),
        (("assignee", "lead"), "", ["l@desk.example"]),
        (("it_director",), "", ["it@house.example"]),
        (("general_manager",), "", ["m@desk.example"]),
    ],
)
def test_places_and_posts_are_told(
    told: tuple[str, ...], assignee: str, expected: list[str]
) -> None:
    record = incident(group="network", assignee=assignee)
    assert list(told_of(Step(SOLVE, 100, told), record, _house(), POSTS)) == expected


def test_where_nobody_fills_a_place_the_next_above_is_told() -> None:
    step, record = Step(SOLVE, 100, ("lead",)), incident(group="network")
    assert told_of(step, record, _house(lead=""), POSTS) == ("m@desk.example",)
    assert told_of(step, record, _house("", people=(CLERK,)), {}) == ("d@desk.example",)
    assert told_of(step, incident(group="gone"), _house(), {}) == ("m@desk.example",)
    assert told_of(step, record, Directory((), (), "desk"), {}) == ()


def test_the_desks_shared_box_stands_for_its_people() -> None:
    step = Step(ClockKind.RESPONSE, 100, ("desk",))
    assert told_of(step, incident(), _house(box="desk@desk.example"), {}) == ("desk@desk.example",)
