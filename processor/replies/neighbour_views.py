"""From a problem or a change to the table, the quotes and the words of a letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from processor.domain import events_neighbours as n
from processor.domain.change import Change
from processor.domain.incident import JournalEntry
from processor.domain.neighbours import Neighbour
from processor.domain.problem import Problem
from processor.replies.insight import Insight, shortened
from processor.replies.letters import Letter
from processor.replies.moments import Moments
from processor.replies.telling import Telling
from processor.replies.view import Fact, IncidentView, MailView, Row, Step

# People's own texts that a letter shows, by attribute of the record; "text" is the event's.
_QUOTES: dict[str, tuple[str, ...]] = {
    "problem-new": ("symptom", "root_cause", "workaround"),
    "problem-assigned": ("text", "symptom", "root_cause", "workaround"),
    "problem-known": ("root_cause", "workaround"),
    "problem-solved": ("root_cause", "workaround", "solution"),
    "problem-returned": ("reason",),
    "problem-closed": ("root_cause", "workaround", "solution"),
    "problem-near": ("root_cause", "workaround", "symptom"),
    "problem-overdue": ("root_cause", "workaround", "symptom"),
    "change-ask": ("what", "why", "back_out"),
    "change-raised": ("what",),
    "change-remind": ("what", "why", "back_out"),
    "change-decided": ("decision", "what"),
    "change-ended": ("outcome", "what"),
    "neighbour-updated": ("text",),
}
_WHOLE: dict[str, tuple[str, ...]] = {
    Problem.kind: ("symptom", "root_cause", "workaround", "solution"),
    Change.kind: ("what", "why", "back_out", "decision", "outcome"),
}
_LISTED = 10  # linked incidents that a letter names
_STEPS = 12


class Likeness:
    """Draws problems and changes for one reader."""

    def __init__(self, telling: Telling, insight: Insight, moments: Moments) -> None:
        self._telling = telling
        self._insight = insight
        self._moments = moments

    def of(self, view: MailView, record: Neighbour, letter: Letter) -> MailView:
        """``view`` with the record in the place where letters show an incident."""
        event = letter.event
        wanted = _QUOTES.get(letter.kind, ())
        facts = self._problem(record) if isinstance(record, Problem) else self._change(record)
        if isinstance(event, n.NeighbourAsked):
            wanted = _WHOLE[record.kind]
            incidents = event.portfolio.incidents
            steps = (
                tuple(self._steps(event.portfolio.journal)) if letter.audience == "staff" else ()
            )
            facts += self._linked(incidents, event.portfolio.changes)
            view = replace(view, steps=steps)
        elif isinstance(event, n.ChangeEvent):
            view = replace(view, extra=view.extra | self._expected(event))
        elif isinstance(event, n.ProblemEvent) and isinstance(record, Problem):
            facts += self._linked(event.incidents, ())
            due = self._moments.say(record.target_at) if record.target_at else ""
            view = replace(view, extra=view.extra | {"due": due})
        return replace(
            view,
            matter=record.kind,
            incident=self._likeness(record),
            facts=facts,
            quotes=self._quotes(record, wanted, view.text or str(getattr(event, "reason", ""))),
            extra=view.extra | {"outcome": record.status.value},
        )

    def _expected(self, event: n.ChangeEvent) -> dict[str, str]:
        """By when the change should be decided on, or its result be told; "" where nobody said."""
        due = getattr(event, "due_at", None) or getattr(event, "until", None)
        late = isinstance(event, n.ChangeReminded) and event.overdue
        return {"due": self._moments.say(due) if due else "", "overdue": "yes" if late else ""}

    def rows(self, problems: Iterable[Problem]) -> tuple[Row, ...]:
        """Problems as lines of a list, with the target time where there is one."""
        return tuple(self._row(one) for one in problems)

    def _row(self, problem: Problem) -> Row:
        words, due = self._telling.words, problem.target_at
        late = due is not None and due < self._insight.now
        said = words.say("mail.due_by", due=self._moments.say(due)) if due else ""
        return Row(
            number=problem.number,
            subject=self._insight.subject(problem.title),
            status=words.say(f"problem.status.{problem.status}"),
            priority=f"P{problem.priority}",
            who=self._telling.person(problem.assignee) or words.say("problem.nobody"),
            due=said,
            late=late,
        )

    def _likeness(self, record: Neighbour) -> IncidentView:
        words = self._telling.words
        if isinstance(record, Problem):
            priority, grade = self._insight.priority(record.priority), record.priority
            assignee, solution, symptom = record.assignee, record.solution, record.symptom
        else:
            priority = words.say("change.risk_is", risk=words.say(f"change.risk.{record.risk}"))
            grade, assignee, solution, symptom = 0, record.raised_by, record.outcome, record.what
        return IncidentView(
            number=record.number,
            subject=self._insight.subject(record.title),
            status=words.say(f"{record.kind}.status.{record.status}"),
            status_code=record.status.value,
            priority=priority,
            grade=grade,
            symptom=shortened(symptom),
            question="",
            solution=shortened(solution),
            cause="",
            action="",
            reporter=self._telling.person(getattr(record, "raised_by", "")),
            assignee=self._telling.person(assignee),
            group="",
            confirmation="",
            score=0,
            remark="",
            open=record.open,
        )

    def _problem(self, problem: Problem) -> list[Fact]:
        words, telling = self._telling.words, self._telling
        rows = {
            "problem": problem.number,
            "subject": self._insight.subject(problem.title),
            "status": words.say(f"problem.status.{problem.status}"),
            "priority": self._insight.priority(problem.priority),
            "problem_source": words.say(f"problem.source.{problem.source}"),
            "category": telling.category(problem.category),
            "ci": problem.ci,
            "assignee": telling.person(problem.assignee),
            "closure_code": telling.closure(problem.closure_code),
        }
        facts = self._insight.table(rows)
        return facts + self._due("problem_target", problem.target_at, problem.open)

    def _change(self, change: Change) -> list[Fact]:
        words, telling = self._telling.words, self._telling
        about = words.say("mail.comma").join(n for n in (change.incident, change.problem) if n)
        rows = {
            "change": change.number,
            "subject": self._insight.subject(change.title),
            "status": words.say(f"change.status.{change.status}"),
            "risk": words.say(f"change.risk.{change.risk}"),
            "window": shortened(change.window, 300),
            "raised_by": telling.person(change.raised_by),
            "about": about,
            "approved_by": words.say("mail.comma").join(map(telling.person, change.approvals)),
            "needed": str(change.needed) if change.needed > 1 else "",
        }
        return self._insight.table(rows)

    def _due(self, name: str, due: datetime | None, running: bool) -> list[Fact]:
        if due is None:
            return []
        late = running and due < self._insight.now
        label = self._telling.words.say(f"mail.fact.{name}")
        return [Fact(label, self._moments.say(due), "late" if late else "")]

    def _linked(self, incidents: Sequence[object], changes: Sequence[Change]) -> list[Fact]:
        words = self._telling.words
        numbers = [str(getattr(one, "number", "")) for one in incidents]
        shown = words.say("mail.comma").join(numbers[:_LISTED])
        if len(numbers) > _LISTED:
            shown = words.say("mail.and_more", listed=shown, count=len(numbers))
        rows = {"linked": shown, "changes": words.say("mail.comma").join(c.number for c in changes)}
        return self._insight.table(rows)

    def _quotes(self, record: Neighbour, wanted: Sequence[str], said: str) -> tuple[Fact, ...]:
        texts = (
            (name, said if name in ("text", "reason") else shortened(getattr(record, name)))
            for name in wanted
        )
        alone = tuple(wanted) in (("text",), ("reason",))
        say = self._telling.words.say
        return tuple(Fact("" if alone else say(f"mail.said.{n}"), t) for n, t in texts if t)

    def _steps(self, journal: Sequence[JournalEntry]) -> Iterable[Step]:
        """The latest steps that people wrote, newest first."""
        told = [entry for entry in journal if entry.text]
        for entry in sorted(told, key=lambda one: one.at, reverse=True)[:_STEPS]:
            yield Step(
                at=self._moments.say(entry.at),
                who=self._telling.person(entry.actor),
                text=shortened(entry.text, 600),
            )
