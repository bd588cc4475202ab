"""Which incidents a report is about, in words."""

from __future__ import annotations

from processor.domain.wording import Words
from reports.documents.registry import Request
from reports.figures.selection import Dimension
from reports.press.naming import Naming


def scope(words: Words, naming: Naming, request: Request) -> str:
    """What the filters choose and the reader may see; "" where that is everything."""
    filters, allowed = request.filters, request.clearance.contracts
    contracts = filters.contracts or tuple(sorted(allowed or ()))
    chosen = {**filters.values, Dimension.CONTRACT: contracts}
    comma = words.say("report.separator")
    said = [
        words.say(
            "document.scope_part",
            what=words.say(f"document.dimension.{dimension.value}"),
            names=comma.join(naming.key(dimension, value) for value in values),
        )
        for dimension, values in chosen.items()
        if values
    ]
    return words.say("document.scope_gap").join(said)
