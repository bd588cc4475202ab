"""Letters of escalation: who gets them, and what they say beside the record (seed 5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from processor.domain import events as e
from processor.domain import events_escalation as x
from processor.domain.people import Directory, Role
from processor.replies import audience
from processor.replies.addressing import Addressed, Audience, Route
from processor.replies.addressing import handlers as _handlers
from processor.replies.moments import Moments
from processor.replies.telling import Telling
from processor.replies.view import MailView


def _target(event: e.TargetNear, directory: Directory) -> Iterator[Addressed]:
    kind = "target-near" if event.share < 100 else "target-passed"
    yield Addressed(kind, audience.at(event.tell, directory), Audience.STAFF, asks=True)


def _escalated(event: x.Escalated, directory: Directory) -> Iterator[Addressed]:
    yield _handlers("escalated", event, directory)


def _raised(event: x.Raised, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("raised", audience.at(event.tell, directory), Audience.STAFF, asks=True)


def _recalled(event: x.Recalled, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("recalled", audience.at((event.engineer,), directory), Audience.STAFF)
    if Role.DESK not in event.actor.roles:
        yield Addressed("requeued", audience.desk(directory), Audience.STAFF)


def _too_often(_: x.DispatchedTooOften, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("redispatched", audience.managers(directory), Audience.STAFF, asks=True)


ROUTES: dict[type[e.Event], Route] = {
    e.TargetNear: _target,
    x.Escalated: _escalated,
    x.Raised: _raised,
    x.Recalled: _recalled,
    x.DispatchedTooOften: _too_often,
}

KINDS: tuple[str, ...] = (
    "target-near", "target-passed", "escalated", "raised", "recalled", "requeued", "redispatched",
)  # fmt: skip

WHOLE = frozenset(KINDS) - {"recalled"}
"""Letters that show the whole table of the incident."""

QUOTES: dict[str, tuple[str, ...]] = {
    "target-near": ("symptom",),
    "target-passed": ("symptom",),
    "escalated": ("text", "symptom"),
    "raised": ("text", "symptom"),
    "recalled": ("text",),
    "requeued": ("text", "symptom"),
    "redispatched": ("symptom",),
}
"""People's own texts that they show; see :mod:`processor.replies.portrait`."""

# By whose turn it is; what the table of statuses does not let the reader do is left out.
_BY_POST: dict[str, tuple[str, ...]] = {
    "assignee": ("accept", "resolve", "wait_user", "escalate", "raise"),
    "lead": ("assign", "accept", "raise", "status"),
    "desk": ("assign", "recall", "status"),
    "manager": ("recall", "raise", "status"),
}
_OTHERS = ("status",)
_BY_KIND: dict[str, tuple[str, ...]] = {
    "escalated": ("accept", "return"),
    "recalled": (),
    "requeued": ("assign",),
    "redispatched": ("recall", "status"),
}


def offered(kind: str, event: e.Event) -> tuple[str, ...] | None:
    """Names of the commands that a letter offers, most likely first; None for other letters."""
    if isinstance(event, e.TargetNear | x.Raised):
        return _BY_POST.get(event.post, _OTHERS)
    return _BY_KIND.get(kind)


def with_turn(view: MailView, event: e.Event, telling: Telling, moments: Moments) -> MailView:
    """``view`` and what a letter of escalation says: which step, whose turn, what is asked."""
    match event:
        case e.TargetNear():
            extra = {
                "clock": event.kind.value,
                "name": telling.clock(event.kind),
                "due": moments.say(event.clock.due_at),
                "turn": _turn(event, telling),
                "ask": _ask(event.kind.value, event.post, telling),
                "next": _next(event, telling, moments),
            }
            return replace(view, share=event.share, extra=extra)
        case x.Raised():
            ask = _ask("resolution", event.post, telling)
            return replace(view, extra={"post": telling.word("post", event.post), "ask": ask})
        case x.Recalled():
            extra = {
                "engineer": telling.person(event.engineer),
                "group": telling.group(event.group),
            }
            return replace(view, extra=extra)
        case x.DispatchedTooOften():
            return replace(view, extra={"count": str(event.incident.dispatches)})
        case _:
            return view


def _turn(event: e.TargetNear, telling: Telling) -> str:
    post, meant = telling.word("post", event.post), telling.word("post", event.meant)
    key = "yours" if event.post == event.meant else "instead"
    return telling.words.say(f"mail.turn.{key}", post=post, meant=meant)


def _ask(clock: str, post: str, telling: Telling) -> str:
    key = f"mail.ask.{clock}_{post}"
    return telling.words.say(key if telling.words.has(key) else f"mail.ask.{clock}_other")


def _next(event: e.TargetNear, telling: Telling, moments: Moments) -> str:
    if event.following_at is None:
        return ""
    post, at = telling.word("post", event.following), moments.say(event.following_at)
    return telling.words.say(f"mail.turn.next_{event.kind.value}", post=post, at=at)
