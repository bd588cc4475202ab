"""What a play leaves to be judged: people's deeds, the desk's letters, how far each life came."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.quarter.acts import Life
from benchmarks.quarter.agreed import Agreed
from benchmarks.quarter.cast import Cast, Somebody
from benchmarks.quarter.days import Minutes
from benchmarks.quarter.desk import Letter


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that people did and the desk took, at ``minute``. ``to`` is the group, the parent
    or the status where there is one."""

    minute: int
    number: str
    what: str
    by: str
    to: str = ""


@dataclass(slots=True)
class Course:
    """How far a life has come. ``busy`` is the engineer who has it."""

    life: Life
    number: str = ""
    group: str = ""
    priority: int = 0
    next_act: int = 0
    busy: Somebody | None = None
    waited: int = 0


@dataclass(slots=True)
class Played:
    """All that can be judged."""

    people: Cast
    agreed: Agreed
    ticks: list[int] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    letters: list[tuple[int, Letter]] = field(default_factory=list)
    opened: dict[str, Course] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    mails: int = 0

    @property
    def minutes(self) -> Minutes:
        """The working time of the desk."""
        return self.agreed.office
