"""`ci import`, `knowledge import`: configuration items and knowledge from files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from processor.cli.frame import SOME_FAILED, USER_FAULT, Frame, Stop, emit, say, sentence, words

if TYPE_CHECKING:
    from processor.pipeline.state import Desk
    from processor.services.columns import Imported

    Import = Callable[[Desk, Path, datetime, bool], Imported]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    ci = typer.Typer(no_args_is_help=True, help=sentence("help.ci"))
    ci.callback()(lambda: None)  # so that the only command keeps its name
    ci.command("import", help=sentence("help.ci_import"))(ci_import)
    app.add_typer(ci, name="ci")
    calendar = typer.Typer(no_args_is_help=True, help=sentence("help.calendar"))
    calendar.callback()(lambda: None)
    calendar.command("import", help=sentence("help.calendar_import"))(calendar_import)
    app.add_typer(calendar, name="calendar")
    app.command("migrate", help=sentence("help.migrate"))(migrate)
    knowledge = typer.Typer(no_args_is_help=True, help=sentence("help.knowledge"))
    knowledge.callback()(lambda: None)
    knowledge.command("import", help=sentence("help.knowledge_import"))(knowledge_import)
    app.add_typer(knowledge, name="knowledge")


Files = Annotated[list[Path], typer.Argument(metavar="FILE…")]
Dry = Annotated[bool, typer.Option("--dry-run", help=sentence("help.dry_run"))]
AsJson = Annotated[bool, typer.Option("--json", help=sentence("help.json"))]


def ci_import(
    context: typer.Context, files: Files, dry_run: Dry = False, as_json: AsJson = False
) -> None:
    """Configuration items from CSV or XLSX; the same file again changes nothing."""
    from processor.bootstrap.importing import import_items

    def take(desk: Desk, path: Path, at: datetime, dry: bool) -> Imported:
        return import_items(desk, path, at, dry=dry)

    _import(context, files, "item", take, dry=dry_run, as_json=as_json)


def knowledge_import(
    context: typer.Context, files: Files, dry_run: Dry = False, as_json: AsJson = False
) -> None:
    """Articles from Markdown (also all of a folder), CSV or XLSX; the same file again changes
    nothing."""
    from processor.bootstrap.importing import import_knowledge

    def take(desk: Desk, path: Path, at: datetime, dry: bool) -> Imported:
        return import_knowledge(desk, path, at, dry=dry)

    listed = [
        one for path in files for one in (sorted(path.glob("*.md")) if path.is_dir() else (path,))
    ]
    _import(context, listed, "article", take, dry=dry_run, as_json=as_json)


def calendar_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    calendar: Annotated[
        str, typer.Option(metavar="NAME", help=sentence("help.calendar_name"))
    ] = "",
    dry_run: Dry = False,
    as_json: AsJson = False,
) -> None:
    """Days off and make-up working days; the same file again changes nothing."""
    from processor.bootstrap.calendar_import import import_calendar
    from processor.cli.words import fault_lines
    from processor.settings.loader import ConfigFaults

    frame: Frame = context.obj
    try:
        done = import_calendar(frame.settings(), file, calendar, dry=dry_run)
    except ConfigFaults as faults:
        raise Stop(USER_FAULT, *fault_lines(faults, words())) from faults
    reported(file, done, "calendar_import", dry=dry_run, as_json=as_json)


def reported(file: Path, done: Imported, family: str, *, dry: bool, as_json: bool) -> None:
    """Say what came of a table for the configuration, and end with what was wrong in it."""
    from processor.bootstrap.row_faults import told

    counts = {"added": done.added, "changed": done.changed, "same": done.same}
    lines = [f"{file}: {told(fault, family, words())}" for fault in done.faults]
    if as_json:
        emit({"file": str(file), **counts, "dry_run": dry, "faults": lines})
    else:
        key = "association.would_import" if dry else "association.imported"
        say(f"{file}: {words().say(key, **counts)}")
    if lines:
        raise Stop(SOME_FAILED if sum(counts.values()) else USER_FAULT, *lines)


def migrate(
    context: typer.Context, files: Files, dry_run: Dry = False, as_json: AsJson = False
) -> None:
    """Old mails become closed records, oldest first; the same files again change nothing."""
    from processor.bootstrap.migrating import migrate as take

    frame: Frame = context.obj
    app = frame.app()
    try:
        done = take(app, files, dry=dry_run)
    except OSError as fault:
        raise Stop(USER_FAULT, f"{fault.filename}: {fault.strerror}") from fault
    counts = {
        "opened": done.counts["opened"],
        "updated": done.counts["updated"],
        "ignored": done.counts["ignored"],
        "seen": done.counts["seen_before"],
    }
    if as_json:
        emit({**counts, "dry_run": dry_run, "records": [] if dry_run else done.records})
    else:
        say(sentence("migrate.dry" if dry_run else "migrate.done", **counts))


def _import(
    context: typer.Context,
    files: Sequence[Path],
    family: str,
    take: Import,
    *,
    dry: bool,
    as_json: bool,
) -> None:
    """Take in each file and say what came of it; rows with faults are named and left out."""
    from processor.bootstrap.importing import told

    frame: Frame = context.obj
    app = frame.app()
    complaints: list[str] = []
    useful = 0
    reports = []
    for path in files:
        done = take(app.desk, path, app.clock(), dry)
        counts = {"added": done.added, "changed": done.changed, "same": done.same}
        useful += sum(counts.values())
        lines = [f"{path}: {told(fault, family, words())}" for fault in done.faults]
        complaints += lines
        reports.append({"file": str(path), **counts, "dry_run": dry, "faults": lines})
        if not as_json:
            key = "association.would_import" if dry else "association.imported"
            say(f"{path}: {words().say(key, **counts)}")
    if as_json:
        emit(reports)
    if complaints:
        raise Stop(SOME_FAILED if useful else USER_FAULT, *complaints)
