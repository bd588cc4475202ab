"""What is wrong in a row of a table that goes into the configuration, in words."""

from __future__ import annotations

from processor.domain.wording import Words
from processor.services.columns import RowFault


def told(fault: RowFault, family: str, words: Words) -> str:
    """One line: row, column, what is wrong. ``family`` is where the sentences stand in the
    catalogue: ``people_import``, ``calendar_import``."""
    params = {
        name: " / ".join(value) if isinstance(value, tuple) else value
        for name, value in fault.params.items()
    }
    problem = words.say(f"{family}.fault.{fault.code}", **params)
    if not fault.row:
        return problem
    column = words.say(f"{family}.column.{fault.column}")
    return words.say(f"{family}.line", row=fault.row, column=column, problem=problem)
