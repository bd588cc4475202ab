"""`backup` and `restore`: a home in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from processor.cli.frame import USER_FAULT, Frame, Stop, emit, say, sentence, words


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("backup", help=sentence("help.backup"))(backup)
    app.command("restore", help=sentence("help.restore"))(restore)


AsJson = Annotated[bool, typer.Option("--json", help=sentence("help.json"))]


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    as_json: AsJson = False,
) -> None:
    """Database, configuration, templates, keys and attachments, while the daemon works."""
    from processor.bootstrap.backup import backup as keep

    frame: Frame = context.obj
    settings = frame.settings()
    try:
        kept = keep(settings, file, frame.clock(settings)())
    except OSError as fault:
        raise Stop(USER_FAULT, f"{fault.filename or file}: {fault.strerror}") from fault
    if as_json:
        emit({"file": str(file), "rows": kept.rows, "files": kept.files, "bytes": kept.size})
        return
    megabytes = f"{kept.size / 1024**2:.1f}"
    say(sentence("backup.made", file=file, rows=kept.records, files=kept.files, size=megabytes))


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    database: Annotated[
        str, typer.Option(metavar="URL", help=sentence("help.restore_database"))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Make the home out of a backup; refuses one that is there already."""
    from processor.bootstrap.backup import restore as bring_back
    from processor.cli.words import fault_lines
    from processor.settings.loader import ConfigFaults

    frame: Frame = context.obj
    try:
        kept = bring_back(file, frame.home, database)
    except OSError as fault:
        raise Stop(USER_FAULT, f"{fault.filename or file}: {fault.strerror}") from fault
    except ConfigFaults as faults:
        raise Stop(USER_FAULT, *fault_lines(faults, words())) from faults
    if as_json:
        emit({"home": str(frame.home), "rows": kept.rows, "files": kept.files})
        return
    say(sentence("backup.restored", home=frame.home, rows=kept.records, files=kept.files))
