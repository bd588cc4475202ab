"""From an incident and its clocks to the table, the rows and the words of a letter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from processor.domain.incident import Clock, Dossier, Incident
from processor.domain.wording import Words
from processor.replies.addressing import Audience
from processor.replies.moments import Moments
from processor.replies.telling import Telling
from processor.replies.view import Fact, IncidentView, Row, Step

_TAG = re.compile(r"[\[【]\s*[A-Z]{2,4}-\d{8}-\d{4,}\s*[\]】]", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f]")  # all but tab and line feed
_LONGEST_SUBJECT = 80
_LONGEST_TEXT = 8_000  # characters of one text: the whole of it is in the record
_STEPS = 12


class Insight:
    """What one reader may know of incidents, at one moment (aware)."""

    def __init__(
        self, words: Words, moments: Moments, telling: Telling, audience: Audience, now: datetime
    ) -> None:
        self._words = words
        self._moments = moments
        self._telling = telling
        self._staff = audience is Audience.STAFF
        self._now = now

    def incident(self, incident: Incident) -> IncidentView:
        """The incident; causes and measures are for the team."""
        say = self._telling
        return IncidentView(
            number=incident.number,
            subject=self.subject(incident.subject),
            status=say.word("status", incident.status),
            status_code=incident.status.value,
            priority=self.priority(incident.priority),
            grade=incident.priority,
            symptom=shortened(incident.symptom),
            question=shortened(incident.question),
            solution=shortened(incident.solution),
            cause=shortened(incident.cause) if self._staff else "",
            action=shortened(incident.action) if self._staff else "",
            reporter=incident.reporter_name or incident.reporter_address,
            assignee=say.person(incident.assignee),
            group=say.group(incident.group),
            confirmation=incident.confirmation,
            score=incident.satisfaction or 0,
            remark=shortened(incident.satisfaction_comment) if self._staff else "",
            open=incident.open,
        )

    def facts(self, incident: Incident, clocks: Sequence[Clock], *, whole: bool) -> list[Fact]:
        """The table: number, subject, state, priority, target times; for the team and ``whole``
        also where it comes from."""
        say = self._telling
        rows = {
            "number": incident.number,
            "subject": self.subject(incident.subject),
            "status": say.word("status", incident.status),
            "priority": self.priority(incident.priority),
        }
        if self._staff and whole:
            rows["category"] = say.category(incident.category)
            rows["reporter"] = incident.reporter_name or incident.reporter_address
            rows["contact"] = _contact(incident)
            rows["place"] = " · ".join(p for p in (incident.department, incident.site) if p)
            rows["reported"] = self._moments.say(incident.reported_at)
        rows["group"] = say.group(incident.group)
        rows["assignee"] = say.person(incident.assignee)
        return [*self.table(rows), *(self.target(clock) for clock in clocks)]

    def table(self, rows: Mapping[str, str]) -> list[Fact]:
        """Those of ``rows`` that say something, labelled ``mail.fact.<name>``."""
        return [
            Fact(self._words.say(f"mail.fact.{name}"), text) for name, text in rows.items() if text
        ]

    def target(self, clock: Clock) -> Fact:
        """One target: when it is due and, once that is known, whether it was met."""
        state = ""
        if clock.met is not None:
            state = "met" if clock.met else "missed"
        elif clock.paused_since is not None:
            state = "paused"
        elif clock.due_at < self._now:
            state = "passed"
        due = self._moments.say(clock.due_at)
        said = self._words.say(f"mail.target.{state}", due=due) if state else due
        tone = {"missed": "late", "passed": "late", "met": "quiet", "paused": "quiet"}
        return Fact(self._telling.clock(clock.kind), said, tone.get(state, ""))

    def row(self, incident: Incident, clocks: Sequence[Clock]) -> Row:
        """The incident as one line of a list, with what is due first."""
        waiting = [clock for clock in clocks if clock.stopped_at is None]
        first = min(waiting, key=lambda clock: clock.due_at, default=None)
        target = self.target(first) if first else Fact("", "")
        return Row(
            number=incident.number,
            subject=self.subject(incident.subject),
            status=self._telling.word("status", incident.status),
            priority=f"P{incident.priority}",
            who=self._telling.person(incident.assignee) or self._telling.group(incident.group),
            due=f"{target.label} {target.value}".strip(),
            late=target.tone == "late",
        )

    def steps(self, dossier: Dossier) -> list[Step]:
        """The latest mails of the incident, newest first; internal ones for the team alone."""
        mails = [mail for mail in dossier.mails if mail.text and (self._staff or not mail.internal)]
        return [
            Step(
                at=self._moments.say(mail.at),
                who=dossier.people.get(mail.sender) or self._telling.person(mail.sender),
                text=shortened(mail.text, 600),
            )
            for mail in sorted(mails, key=lambda mail: mail.at, reverse=True)[:_STEPS]
        ]

    def quarantined(self, reason: str) -> str:
        """Why a message was kept apart: ``code:detail`` in words; another reason as it is."""
        code, _, detail = reason.partition(":")
        key = f"quarantine.{code}"
        return self._words.say(key, detail=detail) if self._words.has(key) else reason

    @property
    def now(self) -> datetime:
        """The moment that all is told of."""
        return self._now

    @property
    def staff(self) -> bool:
        """Whether the reader is of the team."""
        return self._staff

    def priority(self, grade: int) -> str:
        """Such as ``P2 高``."""
        return self._telling.word("priority", grade)

    def subject(self, subject: str) -> str:
        """One line, without tags of its own, of a length that leaves room for ours."""
        line = " ".join(_TAG.sub(" ", subject).split())
        return shortened(line, _LONGEST_SUBJECT) or self._words.say("mail.no_subject")


def shortened(text: str, longest: int = _LONGEST_TEXT) -> str:
    """At most ``longest`` characters, the cut marked; control characters taken out."""
    kept = _CONTROLS.sub("", text.strip())
    return kept if len(kept) <= longest else f"{kept[: longest - 1].rstrip()}…"


def _contact(incident: Incident) -> str:
    known = (incident.reporter_phone, incident.reporter_address)
    return " · ".join(part for part in known if part)
