"""An event, seen by one reader: the view that the templates of its letter are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from processor.domain import events as e
from processor.domain.incident import Clock, Incident, Status
from processor.domain.people import Directory, Role
from processor.domain.profile import Profile
from processor.domain.wording import Words
from processor.replies import escalation_letters, offers
from processor.replies.action_links import ActionLinks, Answering
from processor.replies.insight import Insight, shortened
from processor.replies.letters import Letter
from processor.replies.listing import AnsweringOf, with_row_actions
from processor.replies.moments import Moments
from processor.replies.neighbour_views import Likeness
from processor.replies.own_view import OwnView
from processor.replies.particulars import with_particulars
from processor.replies.telling import Telling
from processor.replies.view import Fact, MailView

# People's own texts that a letter shows, by attribute of the incident; "text" is the event's.
# The first letter does not give a reporter his text back: whoever forges a sender could else
# have the desk mail out what he likes (RFC 3834 4, 7).
QUOTES: dict[str, tuple[str, ...]] = {
    "desk-new": ("symptom",),
    "assigned": ("text", "symptom"),
    "updated": ("text",),
    "reply": ("text",),
    "question": ("text",),
    "resolved-ask": ("solution",),
    "confirm-reminder": ("solution",),
    "question-reminder": ("question",),
    "answer-missing": ("question",),
    "review-reminder": ("solution", "cause", "action"),
    "objection": ("text", "solution", "cause", "action"),
    "review-ask": ("text", "solution", "cause", "action"),
    "reopened": ("text",),
    "sent-back": ("text",),
    "returned": ("text", "symptom"),
    "closed": ("solution",),
    "cancelled": ("text",),
    "grade-notice": ("symptom",),
    "status": ("question", "solution"),
    "urgent-ask": ("symptom",),
    "urgent-unanswered": ("symptom",),
    "emergency-alarm": ("text", "symptom"),
    "emergency-command": ("text", "symptom"),
    "emergency-broadcast": ("text",),
    "emergency-over": ("text", "solution"),
    "vendor-ask": ("text", "symptom"),
    "vendor-remind": ("text",),
    "vendor-answered": ("text",),
    "merged": ("symptom",),
    "objected": ("text",),
    "rejected": ("text",),
    "out-of-scope": ("text", "symptom"),
    "appealed": ("text",),
    "watching": ("symptom",),
    **escalation_letters.QUOTES,
}
# Letters that somebody works from show the whole table; the others number, state and targets.
WHOLE = frozenset(
    {"desk-new", "assigned", "review-ask", "reopened", "sent-back", "returned", "status",
     "urgent-ask", "urgent-unanswered", "grade-notice", "out-of-scope", "appealed",
     *escalation_letters.WHOLE}
)  # fmt: skip
ALERTS = frozenset(
    {
        "grade-notice",
        "target-passed",
        "raised",
        "redispatched",
        "forgery-warning",
        "delivery-failed",
        "quarantine-notice",
        "duty-overdue",
        "urgent-ask",
        "urgent-unanswered",
        "emergency-alarm",
        "emergency-command",
        "emergency-ack-ask",
        "problem-overdue",
        "vendor-overdue",
    }
)
LISTED = frozenset({"help"})
_FEW = 3  # buttons that still fit beside each other


class Portrait:
    """Draws views in one language for letters that leave at ``now`` (aware)."""

    def __init__(
        self,
        *,
        words: Words,
        links: ActionLinks,
        answering: Answering,
        directory: Directory,
        categories: Mapping[str, Mapping[str, str]],
        closures: Mapping[str, Mapping[str, str]],
        zone: str,
        now: datetime,
        answering_of: AnsweringOf,
        profile: Profile | None = None,
    ) -> None:
        self._profile = profile or Profile()
        self._words = words
        self._links = links
        self._answering = answering
        self._directory = directory
        self._categories = categories
        self._closures = closures
        self._zone = zone
        self._now = now
        self._answering_of = answering_of

    def view(
        self,
        letter: Letter,
        clocks: Sequence[Clock],
        *,
        organisation: str,
        desk_name: str,
        desk_address: str,
        key_line: str,
        staff_text: str,
    ) -> MailView:
        """What the letter's templates see."""
        reader, event, incident = letter.recipient, letter.event, letter.incident
        record = letter.neighbour
        moments = Moments(self._words, reader.zone, self._zone, self._now)
        telling = Telling(
            self._words, moments, self._directory, self._links, self._categories, self._closures
        )
        insight = Insight(self._words, moments, telling, letter.audience, self._now)
        shown = _clocks(event) or tuple(clocks)
        own = OwnView(self._profile, self._words, self._links, self._answering)
        actions = own.with_items(letter, offers.actions(letter, self._links, self._answering))
        said = _said(event)
        view = MailView(
            kind=letter.kind,
            language=self._words.language,
            audience=letter.audience.value,
            name=_one_line(reader.name),
            organisation=organisation,
            desk=desk_name,
            desk_address=desk_address,
            key_line=key_line,
            staff_text=staff_text,
            by=_author(event, desk_name),
            alert=letter.kind in ALERTS,
            banner=self._words.say("mail.drill_banner") if incident and incident.drill else "",
            timed=bool(shown),
            listed=letter.kind in LISTED or len(actions) > _FEW,
            text=said,
            quotes=self._quotes(letter, said, incident),
            incident=insight.incident(incident) if incident else None,
            facts=(
                [
                    *insight.facts(incident, shown, whole=letter.kind in WHOLE),
                    *own.facts(letter, whole=letter.kind in WHOLE),
                ]
                if incident
                else ()
            ),
            actions=actions,
            ratings=offers.ratings(letter, self._links, self._answering),
            files=tuple(enclosure.name for enclosure in letter.attachments),
        )
        if record is not None:
            view = Likeness(telling, insight, moments).of(view, record, letter)
        view = with_particulars(view, event, telling, insight, moments)
        view = with_row_actions(view, letter, self._links, self._answering_of)
        return own.completed(view, letter)

    def _quotes(self, letter: Letter, said: str, incident: Incident | None) -> tuple[Fact, ...]:
        wanted = QUOTES.get(letter.kind, ())
        if letter.kind == "status" and incident and incident.status is not Status.PENDING_USER:
            wanted = ("solution",)
        texts = (
            (name, said if name == "text" else shortened(str(getattr(incident, name, ""))))
            for name in wanted
        )
        unlabelled = wanted == ("text",)  # the sentence before it says whose text it is
        return tuple(
            Fact("" if unlabelled else self._label(letter.kind, name), text)
            for name, text in texts
            if text
        )

    def _label(self, kind: str, name: str) -> str:
        own = f"mail.said.{kind}"  # what its actor wrote is called by what he did
        known = name == "text" and self._words.has(own)
        return self._words.say(own if known else f"mail.said.{name}")


def _clocks(event: e.Event) -> tuple[Clock, ...]:
    if isinstance(event, e.TargetNear):
        return (event.clock,)
    found: tuple[Clock, ...] = getattr(event, "clocks", ())
    return found


def _said(event: e.Event) -> str:
    """What the actor newly wrote, whatever the event calls it."""
    if isinstance(event, e.Resolved):
        return shortened(event.incident.solution)
    if isinstance(event, e.MessageQuarantined):
        return ""
    names = ("text", "question", "comment", "reason")
    return shortened(next((said for name in names if (said := getattr(event, name, ""))), ""))


def _author(event: e.Event, desk_name: str) -> str:
    """Who did it: rules and clocks act in the desk's name."""
    if Role.SYSTEM in event.actor.roles:
        return desk_name
    return _one_line(event.actor.name) or event.actor.address


def _one_line(name: str) -> str:
    """A name as a letter can say it: people put anything into a display name."""
    return shortened(" ".join(name.split()), 40)
