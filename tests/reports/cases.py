"""Grave incidents for the tests of reports: a core switch that fails, an accident, bullying."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from ruamel.yaml import YAML

from processor.domain.duty import Duty, DutyState
from processor.domain.emergency import Emergency, EmergencyState, Receipt
from processor.domain.incident import (
    Clock,
    ClockKind,
    Dossier,
    Incident,
    IncidentType,
    JournalEntry,
    Link,
    Status,
    Tick,
)
from processor.domain.problem import Problem, ProblemSource, ProblemStatus
from processor.domain.profile import Profile
from processor.settings.loader import load
from reports.case.case import Case, Related
from reports.documents.investigation_report import investigation_report
from reports.documents.major_report import major_report
from reports.incident.vocabulary import Titles
from reports.letterhead import Letterhead
from tests.reports import dossiers
from tests.reports.printed import SHANGHAI
from tests.settings.homes import new_home

START = datetime(2026, 10, 13, 1, 5, tzinfo=UTC)  # 09:05 in Shanghai, a Tuesday
NOW = START + timedelta(days=1, hours=3)
CHEN, LIU, ZHAO = "chen.jing@desk.example", "liu.yang@desk.example", "zhao.lei@desk.example"
LI, GENERAL = "li.na@huaxin.example", "general@desk.example"
PEOPLE = {
    "zh": {CHEN: "陈静", LIU: "刘洋", ZHAO: "赵磊", LI: "李娜", GENERAL: "周总"},
    "en": {
        CHEN: "Chen Jing",
        LIU: "Liu Yang",
        ZHAO: "Zhao Lei",
        LI: "Li Na",
        GENERAL: "Zhou Jian",
    },
}
TEXTS: dict[str, dict[str, dict[str, str]]] = YAML(typ="safe").load(
    Path(__file__).with_name("cases.yaml")
)
MAJOR = TEXTS["major"]


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def titles(language: str) -> Titles:
    zh = language == "zh"
    return Titles(
        {
            "network": "网络与基础设施" if zh else "Network",
            "network/lan": "局域网" if zh else "LAN",
        },
        {"network": MAJOR[language]["group"]},
        {"solved": "已解决" if zh else "Solved"},
    )


def head(language: str, **more: Any) -> Letterhead:
    said: dict[str, Any] = {"titles": titles(language), **more}
    return Letterhead(
        words=dossiers.words(language),
        organisation="远山信息" if language == "zh" else "Yuanshan Information",
        zone=SHANGHAI,
        now=NOW,
        **said,
    )


def major_case(language: str = "zh") -> Case:
    """The core switch: declared by the manager after seven minutes, over after two hours."""
    text, number = MAJOR[language], "INC-20261013-0001"

    def change(when: float, who: str, name: str, old: str | None, new: str) -> JournalEntry:
        return JournalEntry(at(when), who, "field", "mail:1", name, old, new)

    def step(when: float, who: str, kind: str, said: str, via: str = "mail:1") -> JournalEntry:
        return JournalEntry(at(when), who, kind, via, text=said)

    incident = Incident(
        number=number,
        type=IncidentType.INCIDENT,
        status=Status.CLOSED,
        reported_at=START,
        occurred_at=at(-5),
        subject=text["subject"],
        symptom=text["symptom"],
        reporter_address=LI,
        reporter_name=PEOPLE[language][LI],
        organisation="华信科技有限公司" if language == "zh" else "Huaxin Technology Ltd",
        category="network/lan",
        ci="core-sw-01",
        likely_impact=text["impact"],
        impact=1,
        urgency=1,
        priority=1,
        initial_priority=1,
        group="network",
        assignee=LIU,
        accepted_at=at(9),
        resolved_at=at(122),
        confirmed_at=at(130),
        closed_at=at(600),
        cause=text["cause"],
        action=text["action"],
        solution=text["solution"],
        solution_kind="permanent",
        closure_code="solved",
        major=True,
        commander=CHEN,
        wrong_dispatches=1,
        hierarchical_escalations=1,
    )
    journal = (
        JournalEntry(START, LI, "opened", "mail:1", "status", None, "new"),
        step(0, "postdesk", "rule", "category, group: network", "rule:network"),
        change(2, ZHAO, "group", "", "network"),
        change(2, ZHAO, "status", "new", "assigned"),
        step(2, "postdesk", "urgent_asked", "", "rule:priority"),
        step(7, CHEN, "emergency", text["reason"]),
        change(7, CHEN, "commander", "", CHEN),
        step(7, "postdesk", "duty", f"1. {text['notice']}"),
        step(7, "postdesk", "duty", f"2. {text['report']}"),
        change(9, LIU, "status", "assigned", "in_progress"),
        change(9, LIU, "assignee", "", LIU),
        step(37, "postdesk", "emergency_round", "1", "clock"),
        step(55, CHEN, "broadcast", text["first"]),
        step(60, LIU, "note", text["review"].splitlines()[0]),
        step(67, "postdesk", "receipts_missing", "", "clock"),
        step(115, CHEN, "broadcast", text["second"]),
        change(122, LIU, "status", "in_progress", "resolved"),
        step(122, "postdesk", "emergency_over", ""),
        step(125, CHEN, "duty_done", f"1. {text['notice']}"),
        change(130, LI, "status", "resolved", "pending_review"),
        step(400, CHEN, "note", text["review"]),
        change(600, CHEN, "status", "pending_review", "closed"),
    )
    return Case(
        dossier=Dossier(
            incident=incident,
            clocks=(
                Clock(ClockKind.RESPONSE, 15, "always", START, at(15), stopped_at=at(9)),
                Clock(ClockKind.RESOLUTION, 90, "always", START, at(90), stopped_at=at(122)),
            ),
            journal=journal,
            attachments=(
                dossiers.stored("panel.png", "image/png", dossiers.panel(), message_id="<1@x>"),
            ),
            links=(Link("duplicate", "INC-20261013-0002"), Link("problem", "PRB-20261013-0001")),
            people=dict(PEOPLE[language]),
        ),
        duties=(
            duty(number, 1, "notice", text["notice"], CHEN, 7, 127, done=125),
            duty(number, 2, "report", text["report"], CHEN, 7, 7 + 24 * 60, done=1400),
            duty(number, 3, "measure", text["m1"], LIU, 410, 3000, done=1500, remark=text["done"]),
            duty(number, 4, "measure", text["m2"], ZHAO, 410, 1200),
        ),
        emergency=Emergency(
            number,
            EmergencyState.OVER,
            asked_at=at(2),
            declared_at=at(7),
            declared_by=CHEN,
            reason=text["reason"],
            said=text["second"],
            told=3,
            over_at=at(122),
        ),
        receipts=(
            Receipt(number, CHEN, at(7), PEOPLE[language][CHEN], acked_at=at(7)),
            Receipt(number, GENERAL, at(7), PEOPLE[language][GENERAL], acked_at=at(31)),
            Receipt(number, ZHAO, at(7), PEOPLE[language][ZHAO]),
        ),
        related=(
            Related("INC-20261013-0002", "duplicate", text["related"], Status.MERGED, LI, at(3)),
        ),
        problems=(
            Problem(
                "PRB-20261013-0001",
                ProblemStatus.KNOWN_ERROR,
                at(7),
                text["problem"],
                ProblemSource.MAJOR,
                root_cause=text["why"],
            ),
        ),
    )


def duty(
    number: str,
    ordinal: int,
    kind: str,
    text: str,
    owner: str,
    opened: float,
    due: float,
    *,
    done: float | None = None,
    remark: str = "",
) -> Duty:
    return Duty(
        number,
        kind,
        text,
        at(due),
        at(opened),
        ordinal,
        owner,
        state=DutyState.OPEN if done is None else DutyState.DONE,
        done_at=None if done is None else at(done),
        done_by="" if done is None else owner,
        remark=remark,
    )


@lru_cache
def profile(name: str) -> Profile:
    """A shipped process."""
    return load(new_home(Path(mkdtemp(prefix="postdesk-case-")))).profiles[name]


_NO_FIELDS = frozenset({"subject", "symptom", "d1", "d2", "tick"})


def investigated(name: str, language: str = "zh") -> Case:
    """An accident (``safety``), bullying (``campus``) or water in a server room (``abnormal``),
    with all fields filled in."""
    text, process = TEXTS[name][language], profile(name)
    number = f"{process.prefix}-20261013-0001"
    incident = Incident(
        number=number,
        type=IncidentType.INCIDENT,
        status=Status.PENDING_REVIEW,
        reported_at=START,
        occurred_at=at(-3),
        subject=text["subject"],
        symptom=text["symptom"],
        reporter_address=LI,
        reporter_name=PEOPLE[language][LI],
        profile=name,
        priority=1,
        initial_priority=1,
        assignee=LIU,
        group=process.group,
        confidential=process.discretion is not None,
        resolved_at=at(700),
    )
    own = tuple((key, value) for key, value in text.items() if key not in _NO_FIELDS)
    return Case(
        dossier=Dossier(
            incident=incident,
            journal=(
                JournalEntry(START, LI, "opened", "mail:1", "status", None, "new"),
                JournalEntry(at(20), LIU, "field", "mail:2", "status", "new", "in_progress"),
                JournalEntry(at(60), LIU, "duty_done", "mail:3", text=f"1. {text['d1']}"),
                JournalEntry(at(700), LIU, "field", "mail:4", "status", "in_progress", "resolved"),
            ),
            attachments=(
                dossiers.stored("scene.png", "image/png", dossiers.panel(), message_id="<1@x>"),
                dossiers.stored("check.xlsx", "application/vnd.ms-excel", b"x" * 4_213),
            ),
            people=dict(PEOPLE[language]),
            own=own,
            ticked=(Tick(process.checklist[0].name, at(650), CHEN, text["tick"]),),
        ),
        duties=(
            duty(number, 1, "authorities", text["d1"], CHEN, 0, 1440, done=60),
            duty(number, 2, "report", text["d2"], LIU, 0, 10_080),
        ),
    )


def print_major(language: str = "zh", case: Case | None = None, **more: Any) -> bytes:
    """The major incident report by the shipped template."""
    template = dossiers.template(language, "major.docx")
    settings: dict[str, Any] = {"open_blob": dossiers.blobs().__getitem__, **more}
    return major_report(case or major_case(language), head(language), template, **settings)


def print_investigation(
    language: str = "zh", name: str = "safety", case: Case | None = None, **more: Any
) -> bytes:
    """The investigation report by the shipped template."""
    template = dossiers.template(language, "investigation.docx")
    settings: dict[str, Any] = {"open_blob": dossiers.blobs().__getitem__, **more}
    process = profile(name)
    named = Titles(
        {code: title[language] for code, title in process.categories.items()},
        {process.group: "调查组" if language == "zh" else "Investigation group"},
        fields={one.name: one.titles[language] for one in process.fields},
    )
    said = head(language, titles=named)
    shown = case or investigated(name, language)
    return investigation_report(shown, process, said, template, **settings)


def empty(case: Case) -> Case:
    """The same incident of which nobody wrote anything."""
    bare = Incident(
        number=case.dossier.incident.number,
        type=IncidentType.INCIDENT,
        status=Status.NEW,
        reported_at=START,
        subject="",
        symptom="",
        reporter_address=LI,
        profile=case.dossier.incident.profile,
    )
    return replace(Case(Dossier(incident=bare)))
