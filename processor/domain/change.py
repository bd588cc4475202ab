"""The request for change (变更请求, RFC; seed 4.3.3, spec 1.8): what is wanted, who decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from processor.domain.duty import Reminders
from processor.domain.people import Person, Role


class ChangeStatus(StrEnum):
    """变更状态: 待审批, 已批准, 已拒绝, 已实施, 失败, 已回退, 已撤回."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    DONE = "done"
    FAILED = "failed"
    BACKED_OUT = "backed_out"
    WITHDRAWN = "withdrawn"


OUTCOMES = frozenset({ChangeStatus.DONE, ChangeStatus.FAILED, ChangeStatus.BACKED_OUT})
OPEN_CHANGES = frozenset({ChangeStatus.REQUESTED, ChangeStatus.APPROVED})


class Risk(StrEnum):
    """风险等级."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(slots=True)
class Change:
    """One record. Times are aware. ``approvers`` are the addresses that were asked, ``needed`` how
    many of them must approve, ``approvals`` those that did. ``incident`` and ``problem`` are the
    numbers of what waits for it, "" where nothing does. ``window`` is told in its author's words.
    """

    kind: ClassVar[str] = "change"

    number: str
    status: ChangeStatus
    raised_at: datetime
    raised_by: str
    title: str
    what: str
    why: str
    risk: Risk
    window: str
    back_out: str
    incident: str = ""
    problem: str = ""
    needed: int = 1
    approvers: tuple[str, ...] = ()
    approvals: tuple[str, ...] = ()
    decision: str = ""  # the reason, or the approver's remark
    decided_by: str = ""
    decided_at: datetime | None = None
    outcome: str = ""  # what came of it, in words
    ended_at: datetime | None = None
    language: str = "zh"
    mailbox: str = ""  # letters about it leave from there

    @property
    def open(self) -> bool:
        """Still to be decided on or carried out."""
        return self.status in OPEN_CHANGES

    def concerns(self, address: str) -> bool:
        """Whether somebody outside the team is a party: who asked for it, who is to decide."""
        return bool(address) and address in (self.raised_by, *self.approvers)


def is_approver(change: Change, person: Person) -> bool:
    """Whether the person was asked to decide."""
    return bool({person.address, *person.aliases} & set(change.approvers))


@dataclass(frozen=True, slots=True)
class Approval:
    """Who decides on changes of one risk: people of ``roles`` and ``addresses``, ``needed`` of
    them."""

    roles: tuple[Role, ...] = (Role.APPROVER,)
    addresses: tuple[str, ...] = ()
    needed: int = 1


@dataclass(frozen=True, slots=True)
class ChangePolicy:
    """``approvals`` by risk; ``tell_affected``: the incident's reporter and those who are kept
    informed are told the window of an approved change. It should be decided on within
    ``decide_days`` working days, its result be told within ``result_days`` more (0: whenever);
    ``reminders`` are of both."""

    approvals: Mapping[Risk, Approval] = field(default_factory=dict)
    tell_affected: bool = True
    decide_days: int = 0
    result_days: int = 0
    reminders: Reminders = field(default_factory=Reminders)

    def days_of(self, status: ChangeStatus) -> int:
        """Working days that a change may stay in that status; 0 for ever."""
        days = {ChangeStatus.REQUESTED: self.decide_days, ChangeStatus.APPROVED: self.result_days}
        return days.get(status, 0)

    def approval(self, risk: Risk) -> Approval:
        """Who decides at this risk."""
        return self.approvals.get(risk, Approval())
