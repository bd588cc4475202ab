"""What the reports of a grave incident are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processor.domain.duty import Duty
from processor.domain.emergency import Emergency, Receipt
from processor.domain.incident import Dossier, Status
from processor.domain.problem import Problem
from processor.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Related:
    """Another incident that belongs to it: what was merged under it, what is linked."""

    number: str
    relation: str
    subject: str
    status: Status
    reporter: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """All texts in it can be put under a veil at once: ``veil.over(case)``."""

    dossier: Dossier
    duties: tuple[Duty, ...] = ()
    emergency: Emergency | None = None
    receipts: tuple[Receipt, ...] = ()
    related: tuple[Related, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_case(work: UnitOfWork, number: str) -> Case:
    """The case of an incident. Raises LookupError when there is none of that number."""
    dossier = work.incidents.dossier(number)
    related = []
    for link in dossier.links:
        other = work.incidents.get(link.number, lock=False)
        if other is not None:
            related.append(
                Related(
                    other.number,
                    link.kind,
                    other.subject,
                    other.status,
                    other.reporter_address,
                    other.reported_at,
                )
            )
    problems = (
        work.problems.get(link.number, lock=False)
        for link in dossier.links
        if link.kind == Problem.kind
    )
    return Case(
        dossier=dossier,
        duties=work.duties.of(number),
        emergency=work.emergencies.of(number),
        receipts=work.emergencies.receipts(number),
        related=tuple(related),
        problems=tuple(one for one in problems if one is not None),
    )
