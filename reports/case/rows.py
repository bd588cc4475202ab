"""Lists of a case as rows: what is owed, who acknowledged, what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from processor.domain.duty import Duty, DutyState
from processor.domain.emergency import Receipt
from reports.case.case import Related
from reports.incident.vocabulary import Vocabulary
from reports.word.plain_text import block, line


@dataclass(frozen=True, slots=True)
class DutyRow:
    """``good`` and ``bad`` colour the state; neither while there is time."""

    ordinal: str
    text: str
    owner: str
    due: str
    state: str
    done: str
    remark: str
    good: bool
    bad: bool


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """Whom a major incident was told, and when he said that he knows."""

    who: str
    told: str
    acked: str
    after: str


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A record that hangs together with this one."""

    number: str
    relation: str
    subject: str
    status: str
    reporter: str
    reported: str


def duty_state(duty: Duty, now: datetime) -> str:
    """``in_time``, ``late``, ``dropped``, ``open`` or ``overdue``."""
    if duty.state is DutyState.DROPPED:
        return "dropped"
    if duty.state is DutyState.DONE:
        late = duty.done_at is not None and duty.done_at > duty.due_at
        return "late" if late else "in_time"
    return "overdue" if duty.overdue(now) else "open"


def duty_rows(duties: Iterable[Duty], vocabulary: Vocabulary, now: datetime) -> list[DutyRow]:
    """In the order in which they were given."""
    rows = []
    for duty in duties:
        state = duty_state(duty, now)
        rows.append(
            DutyRow(
                ordinal=str(duty.ordinal),
                text=block(duty.text),
                owner=vocabulary.person(duty.owner)
                if duty.owner
                else vocabulary.coded("role", "manager"),
                due=vocabulary.moments.moment(duty.due_at),
                state=vocabulary.say(f"duty_state.{state}"),
                done=vocabulary.moments.moment(duty.done_at),
                remark=block(duty.remark) or vocabulary.empty,
                good=state == "in_time",
                bad=state in ("late", "overdue"),
            )
        )
    return rows


def receipt_rows(receipts: Iterable[Receipt], vocabulary: Vocabulary) -> list[ReceiptRow]:
    """Everybody on the roster, and how long each took."""
    moments = vocabulary.moments
    return [
        ReceiptRow(
            who=line(one.name) or vocabulary.person(one.address),
            told=moments.moment(one.told_at),
            acked=moments.moment(one.acked_at) if one.acked_at else vocabulary.say("not_acked"),
            after=moments.between(one.told_at, one.acked_at) if one.acked_at else vocabulary.empty,
        )
        for one in receipts
    ]


def related_rows(related: Iterable[Related], vocabulary: Vocabulary) -> list[RelatedRow]:
    """What was merged under it and what it is linked with."""
    return [
        RelatedRow(
            number=line(one.number),
            relation=vocabulary.coded("report.link", one.relation),
            subject=line(one.subject, 120) or vocabulary.empty,
            status=vocabulary.coded("status", one.status),
            reporter=vocabulary.person(one.reporter),
            reported=vocabulary.moments.moment(one.reported_at),
        )
        for one in related
    ]
