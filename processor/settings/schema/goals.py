"""``goals`` of ``reports.yaml``: what was agreed, and what is worth a sentence in a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from processor.settings.schema.kinds import Model

Percent = Annotated[float, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=1)]
ShareName = Literal[
    "response_within", "resolution_within", "first_line_rate", "first_contact_rate",
    "reopen_rate", "knowledge_share", "wrong_dispatch_rate", "satisfaction_rate", "callback_rate",
]  # fmt: skip

_AGREED: Mapping[ShareName, float] = {"response_within": 95.0, "resolution_within": 90.0}


class GoalsEntry(Model):
    """Percents are of 100."""

    targets: dict[ShareName, Percent] = Field(default_factory=lambda: dict(_AGREED))
    """What a share is to reach, or not to exceed where less is better."""
    satisfaction: Annotated[float, Field(ge=1, le=5)] | None = None
    """What the mean rating is to reach."""
    change: Percent = 20.0
    """By how much a count or a time must differ from before to be told."""
    points: Percent = 3.0
    """By how many points a share must."""
    streak: Annotated[int, Field(ge=2, le=5)] = 3
    """How many periods a figure must rise, or fall, in a row."""
    concentration: Percent = 30.0
    """Which share of one category of all is told; of one item a third of it."""
    repeats: Count = 5
    """How often the same trouble of an item comes again until a problem is suggested."""
    repeat_days: Count = 30
    """Within how many days it counts as the same trouble again."""
    least: Count = 20
    """On how many incidents a sentence must rest."""
