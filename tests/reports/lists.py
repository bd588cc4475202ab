"""Problems, changes and findings of an audit for the tests of reports."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from processor.domain.change import Change, ChangeStatus, Risk
from processor.domain.incident import JournalEntry
from processor.domain.problem import Problem, ProblemSource, ProblemStatus
from processor.store.audits import Findings, Listed, StepCount
from reports.documents.change_list import change_list
from reports.documents.problem_report import problem_report
from reports.documents.problem_review import problem_review
from reports.documents.process_audit import Audit, process_audit
from reports.neighbours.portfolio import ProblemFile
from reports.periods import Period, PeriodKind
from tests.reports import cases, dossiers
from tests.reports.cases import CHEN, LI, LIU, PEOPLE, START, ZHAO, at
from tests.reports.printed import SHANGHAI

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), PeriodKind.MONTH, SHANGHAI)
DAY = 24 * 60
_TEXTS: dict[str, dict[str, str]] = YAML(typ="safe").load(Path(__file__).with_name("lists.yaml"))


def problems(language: str = "zh") -> tuple[Problem, ...]:
    """A known error past its target, a new one of nobody, and one that was closed."""
    text = _TEXTS[language]
    return (
        Problem(
            "PRB-20260902-0001",
            ProblemStatus.KNOWN_ERROR,
            START - timedelta(days=41),
            text["title"],
            ProblemSource.TREND,
            priority=2,
            opener="postdesk",
            assignee=LIU,
            category="network/lan",
            ci="prn-07",
            symptom=text["symptom"],
            root_cause=text["cause"],
            workaround=text["workaround"],
            target_at=START - timedelta(days=3),
        ),
        Problem(
            "PRB-20261005-0001",
            ProblemStatus.NEW,
            START - timedelta(days=8),
            text["other"],
            ProblemSource.PERSON,
            opener=ZHAO,
            target_at=START + timedelta(days=20),
        ),
        Problem(
            "PRB-20260820-0001",
            ProblemStatus.CLOSED,
            START - timedelta(days=54),
            text["done"],
            ProblemSource.MAJOR,
            assignee=LIU,
            root_cause=text["done_cause"],
            solution=text["done_solution"],
            closed_at=START - timedelta(days=6),
        ),
    )


def changes(language: str = "zh") -> tuple[Change, ...]:
    """One carried out, one backed out, one that waits."""
    text = _TEXTS[language]

    def change(ordinal: int, status: ChangeStatus, title: str, risk: Risk, **more: Any) -> Change:
        said: dict[str, Any] = {
            "what": title,
            "why": text["cause"],
            "window": text["window"],
            "back_out": "—",
            **more,
        }
        number = f"CHG-202610{ordinal:02d}-0001"
        return Change(number, status, at(ordinal * DAY - 12 * DAY), LIU, title, risk=risk, **said)

    decided = {"decided_by": CHEN, "decided_at": START}
    return (
        change(
            8, ChangeStatus.DONE, text["what"], Risk.LOW, ended_at=at(2000),
            problem="PRB-20260902-0001", **decided,
        ),
        change(
            9, ChangeStatus.BACKED_OUT, text["failed"], Risk.HIGH, ended_at=at(900),
            outcome=text["outcome"], **decided,
        ),
        change(12, ChangeStatus.REQUESTED, text["asked"], Risk.MEDIUM),
    )  # fmt: skip


def problem_file(language: str = "zh") -> ProblemFile:
    problem = problems(language)[0]
    incident = cases.major_case(language).dossier.incident
    return ProblemFile(
        problem=problem,
        incidents=(incident,),
        changes=changes(language)[:1],
        journal=(
            JournalEntry(
                problem.opened_at, "postdesk", "opened", "rule:trend", "status", None, "new"
            ),
            _changed(-9000, 2, "status", "new", "investigating"),
            _changed(-9000, 2, "assignee", "", LIU),
            JournalEntry(at(-8000), LIU, "note", "mail:3", text=_TEXTS[language]["symptom"]),
            _changed(-7000, 4, "root_cause", "", problem.root_cause),
            _changed(-7000, 4, "status", "investigating", "known_error"),
            JournalEntry(at(-60), "postdesk", "linked", "mail:9", text=incident.number),
        ),
    )


def _changed(when: float, mail: int, name: str, old: str, new: str) -> JournalEntry:
    return JournalEntry(at(when), LIU, "field", f"mail:{mail}", name, old, new)


def audit(language: str = "zh") -> Audit:
    """Something of everything, and more than is listed of one."""
    text = _TEXTS[language]

    def one(ordinal: int, actor: str = "", said: str = "", fields: tuple[str, ...] = ()) -> Listed:
        number = f"INC-202610{ordinal:02d}-0001"
        return Listed(number, text["subject"], at(ordinal * 100), actor, said, fields)

    return Audit(
        unrecorded=Findings(2, (one(3, fields=("category", "ci")), one(4, fields=("symptom",)))),
        unclosed=Findings(1, (one(5, fields=("cause", "action", "solution_kind")),)),
        downgrades=Findings(1, (one(6, LIU, text["said"]),)),
        returned=Findings(1, (one(7, LIU, text["reason"]),)),
        steps=(
            StepCount("response", 0, 214, 12),
            StepCount("resolution", 1, 120, 4),
            StepCount("resolution", 2, 60, 0),
            StepCount("measure", 0, 3, 1),
            StepCount("authorities", 0, 2, 0),
            StepCount("feedback", 0, 2, 1),
        ),
        breaches=Findings(63, tuple(one(n, LIU, "resolution") for n in range(1, 51))),
        unreviewed=Findings(1, (one(9, LIU),)),
        silent=Findings(1, (one(11, LI),)),
        closed=198,
    )


_NONE = Findings(0, ())
NOTHING = Audit(_NONE, _NONE, _NONE, _NONE, (), _NONE, _NONE, _NONE, closed=0)
"""The audit of an empty period."""


def printed(kind: str, language: str = "zh", **more: Any) -> bytes:
    """A document of the kind by the shipped template; ``more`` in place of the story."""
    head = cases.head(language, people=PEOPLE[language])
    template = dossiers.template(language, f"{kind}.docx")
    match kind:
        case "problem":
            return problem_report(more.get("file", problem_file(language)), head, template)
        case "problems":
            counts = {"PRB-20260902-0001": 6}
            found = more.get("problems", problems(language))
            most = more.get("most", 30)
            return problem_review(found, counts, OCTOBER, head, template, most)
        case "changes":
            return change_list(more.get("changes", changes(language)), OCTOBER, head, template)
    return process_audit(more.get("audit", audit(language)), OCTOBER, head, template)
