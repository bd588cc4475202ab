"""What was promised to whom, written down by hand after spec 1.5 and the contracts of the cast."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.quarter.days import Hours, Minutes, works_in_berlin

USER = frozenset({"pending_user"})
GENERAL = {  # priority → minutes of response and resolution; P1 counts day and night
    1: (15, 240),
    2: (30, 480),
    3: (120, 1440),
    4: (240, 2400),
}
CONTRACT = {1: (10, 120), 2: (20, 360), 3: (60, 960), 4: (240, 2400)}  # all day and night
REQUESTS = {1: (15, 240), 2: (30, 480), 3: (120, 2400), 4: (480, 4800)}
SCHOOL = {1: (15, 4320), 2: (60, 2400), 3: (240, 4800), 4: (240, 4800)}
VENDOR = {1: 60, 2: 240, 3: 480, 4: 960}  # working minutes in which a vendor owes an answer


@dataclass(frozen=True, slots=True)
class Terms:
    """``response`` and ``resolution`` in minutes of ``hours``; the resolution clock stands still in
    the statuses ``stands``."""

    response: int
    resolution: int
    hours: Hours
    stands: frozenset[str]


class Agreed:
    """Who was promised what, by the domain of the reporter's address."""

    def __init__(self, weeks: int) -> None:
        self.office = Minutes(weeks)
        self._always = Hours(weeks, lambda _minute: True)
        self._berlin = Hours(weeks, works_in_berlin)

    def terms(self, reporter: str, number: str, priority: int) -> Terms:
        """Of an incident of that number, reporter and priority."""
        domain = reporter.rpartition("@")[2]
        usual = self._always if priority == 1 else self.office
        if number.startswith("CMP-"):
            return Terms(*SCHOOL[priority], usual, USER)
        if domain == "customer1.example":
            return Terms(*CONTRACT[priority], self._always, USER | {"pending_vendor"})
        if domain == "customer2.example":
            return Terms(*GENERAL[priority], self._berlin, USER | {"pending_change"})
        if domain == "customer3.example" and number.startswith("REQ-"):
            return Terms(*REQUESTS[priority], usual, USER)
        return Terms(*GENERAL[priority], usual, USER)
