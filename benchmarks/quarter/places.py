"""Who fills which place, and who stands above whom (spec 1.6)."""

from __future__ import annotations

from benchmarks.quarter.believed import Believed
from benchmarks.quarter.cast import DIRECTOR, GENERAL, Cast

LADDER = ("assignee", "lead", "manager", "it_director", "general_manager")


class Places:
    """The ladder of each incident."""

    def __init__(self, people: Cast) -> None:
        self._people = people

    def filled_by(self, place: int, one: Believed) -> str:
        """The address of who stands on that rung; "" for nobody."""
        lead = self._people.lead(one.group)
        return (
            one.assignee,
            lead.address if lead else "",
            self._people.manager.address,
            DIRECTOR.address,
            GENERAL.address,
        )[place]

    def told(self, name: str, one: Believed) -> tuple[int, str]:
        """Rung and address of who is told in the place of that name: who fills it, else the next
        above."""
        place = LADDER.index(name)
        while not self.filled_by(place, one):
            place += 1
        return place, self.filled_by(place, one)

    def above(self, one: Believed, who: str) -> tuple[int, str]:
        """Who hears of it when ``who`` asks for escalation: the next above the highest that was
        told so far, and above himself; the top once more where nobody is above."""
        own = [place for place in range(len(LADDER)) if self.filled_by(place, one) == who]
        place = max((one.told_place, *own)) if own or one.told_place >= 0 else 0
        higher = [rung for rung in range(place + 1, len(LADDER)) if self.filled_by(rung, one)]
        rung = higher[0] if higher else len(LADDER) - 1
        return rung, self.filled_by(rung, one)
