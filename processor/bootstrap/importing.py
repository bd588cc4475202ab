"""`ci import`, `knowledge import`: tables that people keep elsewhere come into the store."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from processor.domain.people import Actor, Proof
from processor.domain.wording import Words
from processor.parsing.sheets import SheetFault, read_sheet
from processor.pipeline.state import Desk
from processor.services import articles, items
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


def import_knowledge(desk: Desk, path: Path, at: datetime, *, dry: bool) -> Imported:
    """Take in articles at the time ``at`` (aware): one Markdown file, or a table."""
    columns = desk.policy.association.settings.knowledge.columns
    markdown = path.suffix.lower() in (".md", ".markdown")
    try:
        raw = path.read_bytes()
        row = articles.read_markdown(raw.decode("utf-8-sig"), columns) if markdown else None
        sheet = None if markdown else read_sheet(path.name, raw)
    except (OSError, SheetFault, UnicodeDecodeError) as fault:
        return _unreadable(fault)
    with desk.store.begin() as work:
        if row is not None:
            return articles.import_one(work, desk.policy, row, at, dry=dry)
        if sheet is None:
            raise AssertionError("it is one or the other")
        return articles.import_table(work, desk.policy, sheet, at, dry=dry)


def _unreadable(fault: OSError | SheetFault | UnicodeDecodeError) -> Imported:
    reason = str(fault)
    if isinstance(fault, SheetFault):
        reason = fault.reason
    elif isinstance(fault, OSError):
        reason = fault.strerror or reason
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
