"""An event, seen by one reader: the view that the templates of its letter are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from processor.domain import events as e
from processor.domain.incident import Clock, Incident, Status
from processor.domain.people import Directory
from processor.domain.wording import Words
from processor.replies.action_links import Action, ActionLinks, Desk
from processor.replies.insight import Insight, shortened
from processor.replies.letters import Audience, Letter
from processor.replies.moments import Moments
from processor.replies.telling import Telling
from processor.replies.view import Fact, MailView

# The buttons of a letter, most likely first; that one is filled with the accent colour. What is
# not here gets those of BY_STATUS. The services decide what is allowed: a button is an offer.
BUTTONS: dict[str, tuple[str, ...]] = {
    "opened": ("status", "cancel"),
    "accepted": (),
    "desk-new": ("assign", "accept", "priority"),
    "assigned": ("accept", "return"),
    "reply": (),
    "question": (),
    "resolved-ask": ("confirm", "reopen"),
    "review-ask": ("approve", "send_back"),
    "returned": ("assign", "reply"),
    "cancelled": (),
    "forgery-warning": (),
    "status": (),
    "queue": (),
    "report": (),
    "quarantine-notice": (),
    "burst-digest": ("status",),
}
BY_STATUS: dict[Audience, dict[Status, tuple[str, ...]]] = {
    Audience.REPORTER: {
        Status.RESOLVED: ("confirm", "reopen"),
        Status.CLOSED: ("reopen",),
    },
    Audience.STAFF: {
        Status.NEW: ("assign", "accept"),
        Status.ASSIGNED: ("accept", "return"),
        Status.IN_PROGRESS: ("resolve", "reply", "wait_user"),
        Status.PENDING_USER: ("resume", "reply", "resolve"),
        Status.PENDING_VENDOR: ("resume", "resolve"),
        Status.PENDING_CHANGE: ("resume", "resolve"),
    },
    Audience.OTHER: {},
}
# People's own texts that a letter shows, by attribute of the incident; "text" is the event's.
# The first letter does not give a reporter his text back: whoever forges a sender could else
# have the desk mail out what he likes.
QUOTES: dict[str, tuple[str, ...]] = {
    "desk-new": ("symptom",),
    "assigned": ("text", "symptom"),
    "updated": ("text",),
    "reply": ("text",),
    "question": ("text",),
    "resolved-ask": ("solution",),
    "review-ask": ("text", "solution", "cause", "action"),
    "reopened": ("text",),
    "sent-back": ("text",),
    "returned": ("text", "symptom"),
    "closed": ("solution",),
    "cancelled": ("text",),
    "target-near": ("symptom",),
    "target-passed": ("symptom",),
    "status": ("question", "solution"),
}
ALERTS = frozenset({"target-passed", "forgery-warning", "delivery-failed", "quarantine-notice"})
LISTED = frozenset({"help", "command-refused", "command-done"})
_FEW = 3  # buttons that still fit beside each other


class Portrait:
    """Draws views in one language for letters that leave at ``now`` (aware)."""

    def __init__(
        self,
        *,
        words: Words,
        links: ActionLinks,
        desk: Desk,
        directory: Directory,
        categories: Mapping[str, Mapping[str, str]],
        zone: str,
        now: datetime,
    ) -> None:
        self._words = words
        self._links = links
        self._desk = desk
        self._directory = directory
        self._categories = categories
        self._zone = zone
        self._now = now

    def view(
        self,
        letter: Letter,
        clocks: Sequence[Clock],
        *,
        organisation: str,
        desk_name: str,
        desk_address: str,
        key_line: str,
    ) -> MailView:
        """What the letter's templates see."""
        reader, event, incident = letter.recipient, letter.event, letter.incident
        moments = Moments(self._words, reader.zone, self._zone, self._now)
        telling = Telling(
            self._words, moments, self._directory, self._links.keyword, self._categories
        )
        insight = Insight(self._words, moments, telling, letter.audience, self._now)
        shown = _clocks(event) or tuple(clocks)
        actions = self._actions(letter)
        said = _text(event)
        view = MailView(
            kind=letter.kind,
            language=self._words.language,
            audience=letter.audience.value,
            name=_greeted(reader.name),
            organisation=organisation,
            desk=desk_name,
            desk_address=desk_address,
            key_line=key_line,
            by=_greeted(event.actor.name) or event.actor.address,
            alert=letter.kind in ALERTS,
            timed=bool(shown),
            listed=letter.kind in LISTED and len(actions) > _FEW,
            text=said,
            quotes=self._quotes(letter, said, incident),
            incident=insight.incident(incident) if incident else None,
            facts=insight.facts(incident, shown) if incident else (),
            actions=actions,
            ratings=self._ratings(letter, incident),
            files=tuple(enclosure.name for enclosure in letter.attachments),
        )
        return _particular(view, event, telling, insight, moments)

    def _quotes(self, letter: Letter, said: str, incident: Incident | None) -> tuple[Fact, ...]:
        wanted = QUOTES.get(letter.kind, ())
        if letter.kind == "status" and incident and incident.status is not Status.PENDING_USER:
            wanted = ("solution",)
        texts = (
            (name, said if name == "text" else shortened(str(getattr(incident, name, ""))))
            for name in wanted
        )
        own = len(wanted) == 1 and wanted[0] == "text"  # the sentence before it names its author
        return tuple(
            Fact("" if own else self._words.say(f"mail.said.{name}"), text)
            for name, text in texts
            if text
        )

    def _actions(self, letter: Letter) -> tuple[Action, ...]:
        event = letter.event
        if isinstance(event, e.CommandsRefused | e.CommandsDone) and event.allowed:
            names = event.allowed
        elif isinstance(event, e.HelpAsked):
            names = event.commands
        elif letter.kind == "not-proven" and isinstance(event, e.CommandUnproven):
            names = tuple(self._links.command(keyword) for keyword in event.commands)
        else:
            names = self._offered(letter)
        return tuple(
            self._links.action(self._desk, name, main=place == 0)
            for place, name in enumerate(dict.fromkeys(names))
        )

    def _offered(self, letter: Letter) -> tuple[str, ...]:
        if letter.audience is Audience.OTHER and letter.kind != "burst-digest":
            return ()
        fixed = BUTTONS.get(letter.kind)
        # "reopened" and "cancelled" go to the team and to the reporter alike.
        if fixed is not None:
            return fixed
        incident = letter.incident
        return BY_STATUS[letter.audience].get(incident.status, ()) if incident else ()

    def _ratings(self, letter: Letter, incident: Incident | None) -> tuple[Action, ...]:
        if letter.audience is not Audience.REPORTER or incident is None:
            return ()
        if letter.kind == "resolved-ask":
            return self._links.ratings(self._desk, confirming=True)
        rated = incident.satisfaction is not None
        solved = incident.status in (Status.PENDING_REVIEW, Status.CLOSED)
        if letter.kind in ("closed", "command-done") and solved and not rated:
            return self._links.ratings(self._desk, confirming=False)
        return ()


def _particular(
    view: MailView, event: e.Event, telling: Telling, insight: Insight, moments: Moments
) -> MailView:
    """What only some kinds show."""
    match event:
        case e.CommandsDone():
            said = tuple(telling.sentence("done", d.code, d.params) for d in event.done)
            return replace(view, sentences=said)
        case e.CommandsRefused():
            said = (telling.sentence("refusal", event.code, event.params),)
            nearest = f"#{event.suggestion.lstrip('#')}" if event.suggestion else ""
            keyword = shortened(" ".join(event.keyword.split()), 60)
            return replace(view, sentences=said, keyword=keyword, suggestion=nearest)
        case e.CommandUnproven():
            asked = telling.word("keyword", [f"“{keyword}”" for keyword in event.commands])
            return replace(view, text="", extra={"commands": shortened(asked, 200)})
        case e.StatusAsked(dossier=dossier) if dossier is not None:
            facts = insight.facts(dossier.incident, dossier.clocks)
            return replace(view, facts=facts, steps=insight.steps(dossier))
        case e.StatusAsked():
            return replace(view, rows=tuple(insight.row(i, c) for i, c in event.incidents))
        case e.QueueAsked():
            rows = tuple(insight.row(i, c) for i, c in event.incidents)
            return replace(view, rows=rows, extra={"group": telling.group(event.group)})
        case e.TargetNear():
            clock = telling.word("clock", event.kind.value)
            due = moments.say(event.clock.due_at)
            extra = {"clock": event.kind.value, "due": due, "name": clock}
            return replace(view, share=event.share, extra=extra)
        case e.StrangerWrote():
            extra = {"stranger": shortened(event.stranger, 200), "opened": event.opened}
            return replace(view, extra=extra)
        case e.DeliveryFailed():
            extra = {
                "address": shortened(event.address, 200),
                "status": shortened(event.status, 200),
            }
            return replace(view, extra=extra)
        case e.MessageQuarantined():
            subject = insight.subject(event.subject)
            rows = {
                "sender": shortened(event.sender, 200),
                "subject": subject,
                "mailbox": event.mailbox,
                "reason": shortened(event.reason, 400),
            }
            facts = insight.table(rows)
            return replace(view, facts=facts, extra={"id": str(event.spool_id), "subject": subject})
        case e.Opened():
            return replace(view, extra={"follows": event.follows})
        case e.ReportAsked():
            return replace(view, extra={"title": insight.subject(event.title)})
        case e.BurstHeld():
            return replace(view, numbers=event.numbers)
        case _:
            return view


def _clocks(event: e.Event) -> tuple[Clock, ...]:
    if isinstance(event, e.TargetNear):
        return (event.clock,)
    found: tuple[Clock, ...] = getattr(event, "clocks", ())
    return found


def _text(event: e.Event) -> str:
    """What the actor wrote, whatever the event calls it."""
    said = ""
    for name in ("text", "question", "comment", "reason"):
        said = said or str(getattr(event, name, ""))
    return "" if isinstance(event, e.MessageQuarantined) else shortened(said)


def _greeted(name: str) -> str:
    """A name as a letter can say it: people put anything into a display name."""
    return shortened(" ".join(name.split()), 40)
