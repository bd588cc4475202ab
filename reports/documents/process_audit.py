"""The process audit 流程审核报告: where the process was not followed, record by record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from processor.domain.profile import Stage
from processor.domain.wording import Words
from processor.store.audits import Audits, Findings, Listed, StepCount
from processor.store.spans import Span
from processor.store.unit_of_work import UnitOfWork
from reports.documents.asking import letterhead
from reports.documents.registry import Printed, Request
from reports.incident.vocabulary import Wordbook
from reports.letterhead import Letterhead
from reports.periods import Period
from reports.word.plain_text import block, line
from reports.word.printing import WordTemplate

DOWNGRADES = ("grade_below_initial", "grade_reason_missing")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which fields an audit asks for: of what was recorded, and of what was closed; ``own`` maps
    profiles to fields of their own that should have been there when it was recorded."""

    recorded: tuple[str, ...]
    closed: tuple[str, ...]
    own: Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Audit:
    """All findings of one period."""

    unrecorded: Findings
    unclosed: Findings
    downgrades: Findings
    returned: Findings
    steps: tuple[StepCount, ...]
    breaches: Findings
    unreviewed: Findings
    silent: Findings
    closed: int


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A record that breaks the process, in words."""

    number: str
    subject: str
    when: str
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """How often a step was due and how often it was late, in words."""

    step: str
    due: str
    breached: str
    share: str
    good: bool
    bad: bool


def read_audit(audits: Audits, span: Span, asked: Asked, now: datetime, most: int) -> Audit:
    """Ask the store; ``now`` (aware) decides what is overdue. Of each finding ``most`` are listed,
    all are counted."""
    return Audit(
        unrecorded=audits.missing(span, asked.recorded, asked.own, most),
        unclosed=audits.missing(span, asked.closed, {}, most, closed=True),
        downgrades=audits.steps(span, "refused", most, DOWNGRADES),
        returned=audits.steps(span, "returned", most),
        steps=audits.kept(span, now),
        breaches=audits.breaches(span, now, most),
        unreviewed=audits.unreviewed(span, most),
        silent=audits.silent(span, most),
        closed=audits.closed(span),
    )


def process_audit(audit: Audit, period: Period, head: Letterhead, template: Path) -> bytes:
    """The Word document on the findings of ``period``. The same arguments give the same bytes.
    Raises TemplateFault, naming template, place and field."""
    words = Wordbook(head.people, head.words, head.moments, head.titles)
    named = period.name(head.words)
    subject = head.about(named)
    title = head.say("kind.audit")

    def rows(found: Findings, text: Callable[[Listed], str] = _said) -> list[FindingRow]:
        return _rows(found, words, text)

    def missing(one: Listed) -> str:
        names = (name.rpartition("/")[2] for name in one.fields)
        return words.say("separator").join(map(words.field_name, names))

    def waits(one: Listed) -> str:
        days = (head.now - one.at).days if one.at else 0
        return words.say("days", count=max(days, 0))

    fields: dict[str, object] = {
        **head.fields(),
        "subject": subject,
        "intro": list(_sentences(audit, named, head)),
        "unrecorded": rows(audit.unrecorded, missing),
        "unclosed": rows(audit.unclosed, missing),
        "downgrades": rows(audit.downgrades),
        "returned": rows(audit.returned),
        "steps": _steps(audit.steps, words),
        "breaches": rows(audit.breaches, lambda one: words.coded("clock", one.text)),
        "unreviewed": rows(audit.unreviewed, waits),
        "silent": rows(audit.silent),
        "more": {
            name: head.say("listed_first", listed=len(found.listed), count=found.count)
            for name, found in _by_name(audit).items()
            if found.count > len(found.listed)
        },
    }
    return WordTemplate(template).print(
        fields,
        title=f"{title} {subject}",
        subject=subject,
        author=line(head.organisation),
        now=head.now,
    )


def _said(one: Listed) -> str:
    return one.text


def _by_name(audit: Audit) -> dict[str, Findings]:
    return {
        "unrecorded": audit.unrecorded,
        "unclosed": audit.unclosed,
        "downgrades": audit.downgrades,
        "returned": audit.returned,
        "breaches": audit.breaches,
        "unreviewed": audit.unreviewed,
        "silent": audit.silent,
    }


def _sentences(audit: Audit, named: str, head: Letterhead) -> Iterator[str]:
    found = {name: one.count for name, one in _by_name(audit).items() if one.count}
    if not found:
        yield head.say("audit_intro.none", period=named)
        return
    yield head.say("audit_intro.some", period=named)
    for name, count in found.items():
        if name == "silent":
            share = f"{count / audit.closed:.0%}" if audit.closed else "—"
            yield head.say("audit_intro.silent", count=count, all=audit.closed, share=share)
        else:
            yield head.say(f"audit_intro.{name}", count=count)


def _rows(found: Findings, words: Wordbook, text: Callable[[Listed], str]) -> list[FindingRow]:
    return [
        FindingRow(
            number=line(one.number),
            subject=line(one.subject, 120) or words.empty,
            when=words.moments.day(one.at),
            who=words.person(one.actor) if one.actor else words.empty,
            text=line(block(text(one)), 300) or words.empty,
        )
        for one in found.listed
    ]


def _steps(steps: tuple[StepCount, ...], words: Wordbook) -> list[StepRow]:
    """Clocks by step; duties by what they are, those of the processes' own together."""
    named: dict[str, list[StepCount]] = {}
    for one in steps:
        named.setdefault(_step_name(one, words), []).append(one)
    rows = []
    for name, counts in named.items():
        due, breached = sum(one.due for one in counts), sum(one.breached for one in counts)
        rows.append(
            StepRow(
                step=name,
                due=str(due),
                breached=str(breached),
                share=f"{breached / due:.1%}" if due else words.empty,
                good=breached == 0,
                bad=breached > 0,
            )
        )
    return rows


def _step_name(one: StepCount, words: Wordbook) -> str:
    if one.step in ("response", "resolution"):
        name = words.coded("clock", one.step)
        of_line = words.coded("report.line", one.line)
        return words.say("step_of_line", step=name, line=of_line) if one.line else name
    known = words.words.has(f"report.duty_kind.{one.step}")
    return words.say(f"duty_kind.{one.step}" if known else "duty_kind.process")


def print_audit(work: UnitOfWork, words: Words, template: Path, request: Request) -> Printed:
    """See :data:`reports.documents.registry.Printer`."""
    if request.period is None:
        raise ValueError("a document of a period needs one")
    own = {
        name: [one.name for one in profile.required_by(Stage.RECORDING)]
        for name, profile in request.profiles.items()
    }
    asked = Asked(request.audited.recorded, request.audited.closed, own)
    audit = read_audit(work.audits, request.span(), asked, request.now, request.listed.audit)
    if not request.clearance.names:
        audit = _unnamed(audit, words.say("report.confidential"))
    titles = replace(request.titles, fields=_own_titles(request, words))
    head = letterhead(words, request, titles)
    name = head.file_name("audit", request.period.name(words))
    return Printed(name, process_audit(audit, request.period, head, template))


def _own_titles(request: Request, words: Words) -> dict[str, str]:
    return {
        field.name: field.titles[words.language]
        for profile in request.profiles.values()
        for field in profile.fields
    }


def _unnamed(audit: Audit, hidden: str) -> Audit:
    """The audit without what may name people of confidential records."""

    def over(found: Findings) -> Findings:
        listed = tuple(
            replace(one, subject=hidden, text="", actor="") if one.confidential else one
            for one in found.listed
        )
        return Findings(found.count, listed)

    return replace(
        audit,
        unrecorded=over(audit.unrecorded),
        unclosed=over(audit.unclosed),
        downgrades=over(audit.downgrades),
        returned=over(audit.returned),
        breaches=over(audit.breaches),
        unreviewed=over(audit.unreviewed),
        silent=over(audit.silent),
    )
