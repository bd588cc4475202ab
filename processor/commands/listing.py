"""Keywords about lists and rounds: mine, overdue, lists, hold, callback (spec 1.6 end, 3)."""

from __future__ import annotations

import re
import unicodedata

from processor.commands.errand import Command, Errand, Outcome, done
from processor.commands.keywords import Folded
from processor.commands.values import read_rating
from processor.domain.errors import NotFound, Refusal
from processor.domain.incident import Status
from processor.domain.numbering import find_numbers
from processor.domain.people import STAFF_ROLES, Role
from processor.services import calling, listing

_MARKS = " \t\r\n,，;；:：、。.-—|"
_RESULTS = {
    "not_reached": (
        "未接通", "没接通", "未接", "没有接通", "无人接听", "没人接", "打不通", "联系不上",
        "not reached", "unreached", "no answer", "nobody answered", "unreachable",
    ),
    "reached": (
        "已接通", "接通", "已联系", "联系上", "已回访", "reached", "answered", "called",
    ),
}  # fmt: skip
_CALLED = tuple((word, result) for result, words in _RESULTS.items() for word in words)
_SCORE_WORD = re.compile(r"^(?:满意度|评分|satisfaction|score|rating)\s*[:：]?\s*", re.IGNORECASE)
_WEEKLY = ("周", "每周", "本周", "周报", "week", "weekly", "callback", "callbacks", "回访")
_DAILY = ("", "日", "每日", "今日", "今天", "日报", "day", "daily", "today")


def _mine(errand: Errand) -> Outcome:
    return Outcome(None, listing.mine(errand.work, errand.actor.person, errand.at))


def _overdue(errand: Errand) -> Outcome:
    group = ""
    if errand.order.value:
        found = errand.policy.directory.group_named(errand.order.value)
        if found is None:
            groups = tuple(errand.policy.directory.groups)
            raise Refusal("unknown_group", name=errand.order.value, groups=groups)
        group = found.name
    return Outcome(None, listing.overdue(errand.work, errand.actor.person, errand.at, group))


def _lists(errand: Errand) -> Outcome:
    wanted = unicodedata.normalize("NFKC", errand.order.value).casefold().strip(_MARKS)
    asker = errand.actor.person
    if wanted in _WEEKLY:
        return Outcome(None, listing.weekly(errand.work, asker, errand.at))
    if wanted not in _DAILY:
        raise Refusal("unknown_list", name=errand.order.value)
    return Outcome(None, listing.daily(errand.work, asker, errand.at))


def _hold(errand: Errand) -> Outcome:
    """暂缓通报: of the incidents that are named, of that of the mail, or of all."""
    named = dict.fromkeys(find_numbers(errand.order.value, errand.policy.numbers))
    if errand.incident is not None:
        named = dict.fromkeys((errand.incident.number, *named))
    incidents = []
    for number in named:
        incident = errand.work.incidents.get(number, lock=True)
        if incident is None:
            raise NotFound(number)
        incidents.append(incident)
    events = listing.hold(errand.work, errand.policy, incidents, errand.actor, errand.at)
    return done(errand, "hold" if incidents else "hold_all", events, numbers=tuple(named))


def _callback(errand: Errand) -> Outcome:
    result, score, text = _read_call(errand.value)
    if not result:
        raise Refusal("call_unreadable", value=errand.order.value)
    events = calling.called(
        errand.work,
        errand.policy,
        errand.on,
        errand.actor,
        errand.at,
        result=result,
        score=score,
        text=text,
    )
    return done(errand, "callback", events, number=errand.on.number)


def _read_call(value: str) -> tuple[str, int | None, str]:
    """``接通 5 很满意``, ``not reached, on leave``: what came of it, the score, the words."""
    plain = value.strip(_MARKS)
    folded = Folded.of(plain)
    for word, result in _CALLED:
        if folded.text.startswith(word):
            rest = plain[folded.origin[len(word)] :].strip(_MARKS)
            rest = _SCORE_WORD.sub("", rest, count=1)
            rating = read_rating(rest) if result == "reached" else None
            return (result, *rating) if rating else (result, None, rest)
    return "", None, value


_CLOSING = frozenset({Status.CLOSED})

COMMANDS = (
    Command("mine", _mine, STAFF_ROLES, alone=True),
    Command("overdue", _overdue, STAFF_ROLES, alone=True),
    Command("lists", _lists, frozenset({Role.MANAGER, Role.DESK}), alone=True),
    Command("hold", _hold, frozenset({Role.MANAGER}), alone=True),
    Command("callback", _callback, frozenset({Role.DESK}), _CLOSING),
)
