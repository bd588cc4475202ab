"""What the table of moves (spec 1.3) does not allow is refused by mail, and nothing changes.

Every status is set up in the store and every keyword that moves is tried from there by everybody
who could have a right to it. Moves that are allowed are told in the stories of their keywords.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from processor.commands.registry import COMMANDS
from processor.domain.incident import Status
from processor.domain.lifecycle import MOVES, moves_from
from processor.settings.words import catalogue
from tests.journeys.desk import SOLUTION, Story

# keyword of the table → what one writes for it
WRITTEN = {
    "assign": "#分派 @王强",
    "accept": "#接单",
    "wait_user": "#待用户 错误码是什么？",
    "reject": "#不受理 不在范围",
    "cancel": "#撤销 不需要了",
    "resolve": SOLUTION,
    "return": "#退回 派错了",
    "resume": "#恢复",
    "confirm": "#确认",
    "reopen": "#未解决 还是不行",
    "approve": "#审核",
    "send_back": "#驳回 再看看",
}
# by way of the desk, each move on the way as the table has it
BY_WAY = {(Status.ASSIGNED, "reject")}
# what the reporter says after the end is passed on instead of moving anything
PASSED_ON = {(Status.REJECTED, "reopen"), (Status.PENDING_REVIEW, "reopen")}
WORDS = catalogue("zh")


def _set_up(desk: Story, status: Status) -> None:
    desk.taken()
    with desk.app.store.begin() as work:
        incident = work.incidents.get(desk.numbers[0])
        assert incident is not None
        incident.status = status
        if status in (Status.NEW, Status.REJECTED, Status.CANCELLED):
            incident.assignee, incident.group = "", "service-desk"
        if status is Status.CLOSED:
            incident.closed_at = desk.clock()
        work.incidents.save(incident, desk.zhao.address, desk.clock(), "test")


TARGETS = {
    move.keyword: {one.target for one in MOVES if one.keyword == move.keyword} for move in MOVES
}
BEGIN = {"accept", "return"}  # other keywords lead to the same status from elsewhere


def _tried(status: Status) -> list[str]:
    """Keywords that lead nowhere from there: to no status that the table lets one go to."""
    moves = moves_from(status)
    there = {move.target for move in moves}
    named = {move.keyword for move in moves}
    return [
        keyword
        for keyword in WRITTEN
        if keyword not in named
        and (not TARGETS[keyword] & there or keyword in BEGIN)
        and (status, keyword) not in BY_WAY | PASSED_ON
        and (status, keyword) != (Status.IN_PROGRESS, "return")
    ]


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.MERGED])
def test_moves_that_the_table_does_not_know_are_refused(
    desk_with: Callable[..., Story], status: Status
) -> None:
    desk = desk_with(limits={"replies_per_thread_hour": 999, "replies_per_sender_hour": 999})
    _set_up(desk, status)
    for keyword in _tried(status):
        for who in (desk.li, desk.wang, desk.zhao, desk.chen):
            before = desk.fingerprint()
            who.says(WRITTEN[keyword])
            assert desk.turn() == ["rejected"], (keyword, who)
            assert who.news == ["command-refused"], (keyword, who)
            assert desk.fingerprint() == before, (keyword, who)


@pytest.mark.parametrize("status", [Status.NEW, Status.IN_PROGRESS, Status.RESOLVED, Status.CLOSED])
def test_a_refusal_names_status_moves_and_keywords(desk: Story, status: Status) -> None:
    """“A mail that names the status, the moves that are allowed and the keyword for each.”"""
    _set_up(desk, status)
    desk.chen.says("#审核")
    answer = desk.refuses(desk.chen, WORDS.say(f"status.{status}"))
    for move in moves_from(status):
        if move.keyword not in COMMANDS:
            continue
        assert WORDS.say(f"status.{move.target}") in answer, move
        written = desk.settings.commands.synonyms[move.keyword]["zh"][0]
        assert f"#{written}" in answer, move


def test_every_move_of_the_table_has_its_keyword() -> None:
    names = set(catalogue("en").under("mail.do"))
    assert {move.keyword for move in MOVES} & COMMANDS.keys() <= names
