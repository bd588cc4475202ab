"""Who did the work: groups and engineers. A reader from outside the desk gets neither."""

from __future__ import annotations

from reports.figures.selection import Dimension
from reports.press.inquiry import Chapter, Inquiry

GROUPS = (
    "received",
    "resolved",
    "open_at_end",
    "resolution_within",
    "resolution_median",
    "reopen_rate",
)
ENGINEERS = (
    "handled",
    "handled_success",
    "handled_within",
    "handled_first_time",
    "resolution_median",
)
_MOST = 40  # names in a table


def teams(inquiry: Inquiry) -> Chapter:
    """A row a group and a row an engineer, each with what rests on few as a fraction."""
    if not inquiry.team:
        return Chapter(prose={"engineers": []}, tables={"groups": [], "engineers": []})
    people = inquiry.lines(Dimension.ENGINEER, ENGINEERS, "handled")
    worked = [row for row in people if row["handled"] != "0"]
    prose = [inquiry.say("engineers")] if worked else []
    prose += inquiry.more(_MOST, len(worked))
    return Chapter(
        prose={"engineers": prose},
        tables={
            "groups": inquiry.lines(Dimension.GROUP, GROUPS, "received")[:_MOST],
            "engineers": worked[:_MOST],
        },
    )
