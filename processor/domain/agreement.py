"""What was agreed with some customers, or for some kinds of incidents, beside what holds for all
(seed 6.7, spec 1.5: targets differ per organisation, contract, category and type).

The most specific agreement that fits an incident wins, setting by setting: a contract goes before
an organisation, that before a category, the deeper category before the one above it, and all of
them before a type. What the winner leaves open, the next less specific one says, in the end what
holds for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from processor.domain.incident import Incident, Status
from processor.domain.sla import SlaPolicy, Target


@dataclass(frozen=True, slots=True)
class Promise:
    """What an agreement says of one priority. Minutes; 0 and "" leave it open."""

    response_minutes: int = 0
    resolution_minutes: int = 0
    calendar: str = ""

    def over(self, target: Target, calendar: str) -> Target:
        """``target`` with what this says. ``calendar`` ("" for none) is that of the agreement,
        unless the promise has its own."""
        return Target(
            self.response_minutes or target.response_minutes,
            self.resolution_minutes or target.resolution_minutes,
            self.calendar or calendar or target.calendar,
        )


@dataclass(frozen=True, slots=True)
class Agreement:
    """For incidents of this ``organisation``, ``contract``, ``category`` (a path; those below it
    count too) and ``type``; "" means any. ``pauses`` None leaves the pausing statuses open."""

    organisation: str = ""
    contract: str = ""
    category: str = ""
    type: str = ""
    calendar: str = ""
    promises: Mapping[int, Promise] = field(default_factory=dict)  # by priority
    pauses: frozenset[Status] | None = None

    def fits(self, incident: Incident) -> bool:
        """Whether everything that it asks for is so."""
        return (
            _same(self.organisation, incident.organisation)
            and _same(self.contract, incident.contract)
            and (not self.category or f"{incident.category}/".startswith(f"{self.category}/"))
            and _same(self.type, incident.type)
        )

    @property
    def weight(self) -> tuple[bool, bool, int, bool]:
        """The heavier of two that fit the same incident is the more specific one. No two weigh
        the same there unless they ask for the same."""
        depth = self.category.count("/") + 1 if self.category else 0
        return bool(self.contract), bool(self.organisation), depth, bool(self.type)

    def over(self, terms: SlaPolicy) -> SlaPolicy:
        """``terms`` with what this agreement says."""
        nothing = Promise()
        targets = {
            priority: self.promises.get(priority, nothing).over(target, self.calendar)
            for priority, target in terms.targets.items()
        }
        pauses = terms.pauses if self.pauses is None else self.pauses
        return replace(terms, targets=targets, pauses=pauses)


def _same(wanted: str, found: str) -> bool:
    return not wanted or wanted.strip().casefold() == found.strip().casefold()


def terms_for(general: SlaPolicy, agreements: Iterable[Agreement], incident: Incident) -> SlaPolicy:
    """What was agreed for ``incident``: ``general`` itself where no agreement fits."""
    terms = general
    for agreement in sorted((a for a in agreements if a.fits(incident)), key=lambda a: a.weight):
        terms = agreement.over(terms)
    return terms
