"""What a figure is asked of: a period, filters, whose incidents may be seen, and by what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from reports.periods import Period


class Dimension(StrEnum):
    """What figures are grouped by. ``engineer`` is who solved what is solved, and who has what is
    not; the group is that which has it now. The time ones are parts of the period, in its zone."""

    ORGANISATION = "organisation"
    CONTRACT = "contract"
    CATEGORY = "category"  # the whole path
    CATEGORY_1 = "category1"  # its first level
    CATEGORY_2 = "category2"  # its first two
    CI = "ci"
    GROUP = "group"
    ENGINEER = "engineer"
    PRIORITY = "priority"
    SOURCE = "source"
    TYPE = "type"
    PROFILE = "profile"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    @property
    def of_time(self) -> bool:
        """A part of the period."""
        return self in (Dimension.DAY, Dimension.WEEK, Dimension.MONTH)


@dataclass(frozen=True, slots=True)
class Filters:
    """Values by field; an empty tuple: all. A category stands for those below it, too."""

    organisations: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    cis: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    engineers: tuple[str, ...] = ()
    priorities: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()

    @property
    def values(self) -> Mapping[Dimension, tuple[str, ...] | tuple[int, ...]]:
        """Dimension → what is left of it, in the order in which readers are told."""
        return {
            Dimension.CONTRACT: self.contracts,
            Dimension.ORGANISATION: self.organisations,
            Dimension.CATEGORY: self.categories,
            Dimension.CI: self.cis,
            Dimension.GROUP: self.groups,
            Dimension.ENGINEER: self.engineers,
            Dimension.PRIORITY: self.priorities,
            Dimension.SOURCE: self.sources,
            Dimension.TYPE: self.types,
            Dimension.PROFILE: self.profiles,
        }


@dataclass(frozen=True, slots=True)
class Clearance:
    """What a reader may see. ``contracts``: incidents of these alone, whatever is filtered for;
    None: all. ``names``: people of confidential records by name."""

    contracts: frozenset[str] | None = None
    names: bool = False

    @property
    def own(self) -> frozenset[str] | None:
        """The contracts by name: who has none is not entitled to what has none either."""
        return None if self.contracts is None else self.contracts - {""}


TEAM = Clearance()
"""The desk's own people, who are cleared for no names."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which incidents are looked at, and how they are told apart. ``now`` (aware) is the moment of
    the report: what is open or overdue is so then, where the period is not over."""

    period: Period
    now: datetime
    filters: Filters = field(default_factory=Filters)
    by: tuple[Dimension, ...] = ()
    clearance: Clearance = TEAM
    repeat_days: int = 30  # within how many days the same trouble of the same item comes again
