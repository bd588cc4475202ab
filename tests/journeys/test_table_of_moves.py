"""The table of moves (spec 1.3) by mail: what it allows is done for whom it names, and for nobody
else; what it does not allow is refused, and nothing changes.

Every status is set up in the store. Every move of the table is made from there by each who may and
tried by each who may not; every keyword that leads nowhere from there is tried by everybody.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from processor.commands.registry import COMMANDS
from processor.domain.incident import Status
from processor.domain.lifecycle import MOVES, moves_from
from processor.domain.people import Role
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
    "duplicate": "#重复 {other}",
    "vendor": "#转厂商 示例厂商 请远程检查",
    "change": "#变更 更换进纸轮；旧的磨损；低；周六 20:00–21:00；装回旧的",
    "escalate": "#升级 网络组 已重启",
    "recall": "#召回 先去看交换机",
}
# by way of the desk, each move on the way as the table has it
BY_WAY = {(Status.ASSIGNED, "reject")}
# what the reporter says after the end is passed on instead of moving anything
PASSED_ON = {(Status.REJECTED, "reopen"), (Status.PENDING_REVIEW, "reopen")}
# so is a second request to the vendor that is waited for
PASSED_ON |= {(Status.PENDING_VENDOR, "vendor")}
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


# ---- what the table allows ----------------------------------------------------------------------

WHO = {
    Role.DESK: "zhao",
    Role.ASSIGNEE: "wang",
    Role.REPORTER: "li",
    Role.MANAGER: "chen",
    Role.LEAD: "zhou",
}
TOLD_ELSEWHERE = {
    Role.SYSTEM: "by rules, clocks and changes: test_silence.py, test_changes.py, test_scope.py",
    Role.VENDOR: "by the vendor's mail: test_third_line.py",
}
# The row speaks of who may dispatch. Spec 3 says of each keyword who gives it: to begin work
# is for him or the group that was given it, to return it for whom it was given to; the desk itself
# assigns it anew.
NOT_HIS = {(Status.ASSIGNED, "accept", Role.DESK), (Status.ASSIGNED, "return", Role.DESK)}
# Some make the same move in words of their own.
OTHERWISE = {
    (Status.IN_PROGRESS, "recall", Role.ASSIGNEE): "#退回 派错了",
    (Status.PENDING_USER, "resume", Role.REPORTER): "错误码是 E52",
}
NOBODY = "sun"  # the administrator has no part in any move


def _put(desk: Story, status: Status, role: Role) -> None:
    """The incident is in that state, with the group that the role leads or works in."""
    with desk.app.store.begin() as work:
        incident = work.incidents.get(desk.numbers[0])
        assert incident is not None
        led = role is Role.LEAD
        incident.status, incident.parent = status, ""
        incident.group, incident.line = ("network", 2) if led else ("hardware", 1)
        incident.assignee = "" if led else desk.wang.address
        if status in (Status.NEW, Status.REJECTED, Status.CANCELLED):
            incident.assignee, incident.group = "", "service-desk"
        incident.solution, incident.confirmation = "", ""
        incident.closed_at = desk.clock() if status is Status.CLOSED else None
        work.incidents.save(incident, desk.zhao.address, desk.clock(), "test")


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.MERGED])
def test_moves_of_the_table_are_made_by_whom_it_names_and_by_nobody_else(
    desk_with: Callable[..., Story], status: Status
) -> None:
    desk = desk_with(limits={"replies_per_thread_hour": 999, "replies_per_sender_hour": 999})
    desk.taken()
    desk.john.writes("Printer in finance", "The printer on the third floor jams.")
    desk.turn()
    for move in moves_from(status):
        text = WRITTEN[move.keyword].replace("{other}", desk.numbers[1])
        named = {one for one in WHO if one in move.by}
        assert named or move.by <= TOLD_ELSEWHERE.keys(), move
        unowned = status in (Status.NEW, Status.REJECTED, Status.CANCELLED)
        if unowned and Role.ASSIGNEE in named:  # the desk has what nobody has
            named = named - {Role.ASSIGNEE} | {Role.DESK}
        for other in {*(WHO[role] for role in WHO if role not in named), NOBODY} - {"zhou"}:
            _put(desk, status, Role.ASSIGNEE)
            before = desk.fingerprint()
            person = getattr(desk, other)
            person.says(text)
            assert desk.turn() in (["rejected"], ["commanded"]), (move, other)
            assert desk.incident().status is status, (move, other)
            if person.news == ["command-refused"]:
                assert desk.fingerprint() == before, (move, other)
        for role in sorted(named):
            _put(desk, status, role)
            who = getattr(desk, WHO[role])
            who.says(OTHERWISE.get((status, move.keyword, role), text))
            if (status, move.keyword, role) in NOT_HIS:
                desk.refuses(who)
                continue
            assert desk.turn() in (["commanded"], ["updated"]), (move, role)
            assert desk.incident().status is move.target, (move, role)
