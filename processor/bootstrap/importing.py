"""`ci import`, `knowledge import`: tables that people keep elsewhere come into the store."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from processor.domain.people import Actor, Proof
from processor.domain.wording import Words
from processor.parsing.sheets import SheetFault, read_sheet
from processor.pipeline.state import Desk
from processor.services import items
from processor.services.columns import Imported, RowFault
from processor.services.policy import system


def import_items(desk: Desk, path: Path, at: datetime, *, dry: bool) -> Imported:
    """Take in a table of configuration items at the time ``at`` (aware)."""
    try:
        sheet = read_sheet(path.name, path.read_bytes())
    except (OSError, SheetFault) as fault:
        return _unreadable(fault)
    actor = Actor(system(desk.policy.language), Proof.SHELL, f"import:{path.name}")
    with desk.store.begin() as work:
        return items.import_items(work, desk.policy, sheet, actor, at, dry=dry)


def _unreadable(fault: OSError | SheetFault) -> Imported:
    reason = fault.reason if isinstance(fault, SheetFault) else fault.strerror or str(fault)
    return Imported(faults=[RowFault(0, "", "unreadable", {"reason": reason})])


def told(fault: RowFault, family: str, words: Words) -> str:
    """One line: row, column, what is wrong. ``family`` is "item" or "article"."""
    params = {
        name: " / ".join(value) if isinstance(value, tuple) else value
        for name, value in fault.params.items()
    }
    problem = words.say(f"association.fault.{fault.code}", **params)
    if not fault.row:
        return words.say("association.fault.sheet", problem=problem)
    column = words.say(f"association.{family}.{fault.column}")
    return words.say("association.fault.line", row=fault.row, column=column, problem=problem)
